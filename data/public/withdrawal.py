"""Which documents that could not be made anew may not be shown any longer: too old, or naming whom nobody may name."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa

from data.public.schema import documents
from data.readmodel.reader import Reader
from data.readmodel.schema import nodes

log = logging.getLogger(__name__)

Reason = Literal["too_old", "not_public"]
# So long an old document is better than none.
OLDEST = timedelta(minutes=15)
# A name shorter than this stands in too many others to tell anything.
_SHORTEST_NAME = 4


@dataclass(frozen=True)
class Withdrawn:
    """A document without its text; ``failed_since`` is when it could last not be made anew for the first time."""

    name: str
    reason: Reason
    failed_since: datetime


def withdraw(connection: sa.Connection, reader: Reader, now: datetime, oldest: timedelta) -> int:
    """Take the text of documents away that failed ``oldest`` ago, or that name an organisation which is not public by
    now; returns how many."""
    c = documents.c
    behind = sa.and_(c.failed_since.is_not(None), c.withdrawn.is_(None))
    rows = connection.execute(sa.select(c.name, c.body, c.failed_since).where(behind)).all()
    hidden = hidden_names(reader) if rows else []
    found = 0
    for row in rows:
        reason = _reason(row.body, now - row.failed_since >= oldest, hidden)
        if reason is None:
            continue
        values = {"body": "", "digest": "", "withdrawn": reason}
        connection.execute(documents.update().where(c.name == row.name).values(values))
        log.error("public_document_withdrawn name=%s reason=%s since=%s", row.name, reason, row.failed_since)
        found += 1
    return found


def hidden_names(reader: Reader) -> list[str]:
    """Names that only organisations bear which are not public."""
    n = nodes.c
    rows = reader.connection.execute(sa.select(n.name, n.short_name, n.is_public)).all()
    public = {name for row in rows if row.is_public for name in row[:2]}
    hidden = {name for row in rows if not row.is_public for name in row[:2]}
    return sorted(name for name in hidden - public if len(name) >= _SHORTEST_NAME)


def _reason(body: str, is_too_old: bool, hidden: Iterable[str]) -> Reason | None:
    if any(name in body for name in hidden):
        return "not_public"
    return "too_old" if is_too_old else None

"""The audit: who did what, about whom, why and how it went. Rows are added and read; nothing changes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from data.accounts.schema import audit
from data.driver_errors import accounts_errors
from data.storable import storable
from data.viewer import Viewer

# What is written in the transaction of an act, so that neither stands without the other.
Witness = Callable[[sa.Connection], None]


@dataclass(frozen=True)
class Entry:
    """One line of the audit."""

    id: int
    at: datetime
    account_id: int | None
    login: str
    action: str
    page: str
    org_id: int | None
    subject: str
    reason: str
    address: str
    outcome: str


def record(
    engine: sa.Engine,
    at: datetime,
    viewer: Viewer | None,
    action: str,
    *,
    page: str = "",
    org_id: int | None = None,
    subject: str = "",
    reason: str = "",
    outcome: str = "ok",
    address: str = "",
    login: str = "",
) -> None:
    """Add one line; ``login`` names who acts where there is no viewer. Raises AccountsUnreachable.

    A caller that shows persons writes the line first: what cannot be noted is not shown. Texts longer than their
    column are cut.
    """
    write = witness(
        at, viewer, action, page=page, org_id=org_id, subject=subject, reason=reason, outcome=outcome,
        address=address, login=login,
    )  # fmt: skip
    with accounts_errors(engine), engine.begin() as connection:
        write(connection)


def witness(
    at: datetime,
    viewer: Viewer | None,
    action: str,
    *,
    page: str = "",
    org_id: int | None = None,
    subject: str = "",
    reason: str = "",
    outcome: str = "ok",
    address: str = "",
    login: str = "",
) -> Witness:
    """What adds this line as part of the act itself: a crash leaves both or none."""
    row = {
        "at": at,
        "account_id": viewer.account_id if viewer else None,
        "login": viewer.login if viewer else login,
        "action": action,
        "page": page,
        "org_id": org_id,
        "subject": subject,
        "reason": reason,
        "address": address,
        "outcome": outcome,
    }
    cut = {name: _cut(name, value) for name, value in row.items()}
    return lambda connection: _add(connection, cut)


def unwitnessed(connection: sa.Connection) -> None:
    """The witness of what nobody has to know."""


def _add(connection: sa.Connection, row: dict[str, object]) -> None:
    connection.execute(audit.insert(), row)


def _cut(column: str, value: object) -> object:
    kind = audit.c[column].type
    return storable(value)[: kind.length] if isinstance(value, str) and isinstance(kind, sa.String) else value


def newest(
    engine: sa.Engine,
    count: int,
    *,
    login: str | None = None,
    action: str | None = None,
    since: datetime | None = None,
) -> list[Entry]:
    """The newest lines, newest first, at most ``count``; of one login, of one action, from ``since`` on."""
    columns = [audit.c[name] for name in Entry.__dataclass_fields__]
    query = sa.select(*columns).order_by(audit.c.id.desc()).limit(count)
    if login is not None:
        query = query.where(audit.c.login == login)
    if action is not None:
        query = query.where(audit.c.action == action)
    if since is not None:
        query = query.where(audit.c.at >= since)
    with accounts_errors(engine), engine.connect() as connection:
        return [Entry(*row) for row in connection.execute(query)]

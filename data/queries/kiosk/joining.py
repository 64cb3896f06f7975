"""How one becomes a member: five stages, twenty-five steps with who acts and by when."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from data.readmodel.reader import Reader
from data.readmodel.schema import listings


@dataclass(frozen=True)
class Step:
    """One step; days are calendar days after the step ``anchor``: not before ``min_days``, not after ``max_days``."""

    number: int
    stage: int
    name: str
    actor: str
    anchor: int | None
    min_days: int | None
    max_days: int | None


@dataclass(frozen=True)
class Joining:
    """Steps in their order; empty where the list is not connected."""

    steps: tuple[Step, ...]


def load(reader: Reader) -> Joining:
    """The list of 25, whichever list the district keeps its files by."""
    entry = listings.c
    query = sa.select(entry.kind, entry.title).where(entry.listing == "step_rules").order_by(entry.position)
    return Joining(tuple(_step(kind, title) for kind, title in reader.connection.execute(query)))


def _step(kind: str, title: str) -> Step:
    number, stage, actor, anchor, least, most = kind.split("|")
    return Step(int(number), int(stage), title, actor, _number(anchor), _number(least), _number(most))


def _number(text: str) -> int | None:
    return int(text) if text else None

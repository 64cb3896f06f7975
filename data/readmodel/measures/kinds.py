"""What a measure is, and how the measures of one family of tables are written down."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["flow", "state", "mark", "current"]


class Measure(NamedTuple):
    """One additive number: identifier, Chinese name, unit and the table family it is counted from."""

    name: str
    zh: str
    unit: str
    kind: Kind
    family: str


def of(family: str, kind: Kind, *rows: tuple[str, str, str]) -> tuple[Measure, ...]:
    """Measures of one family and kind from (name, Chinese name, unit)."""
    return tuple(Measure(name, zh, unit, kind, family) for name, zh, unit in rows)

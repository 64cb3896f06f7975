"""Development of members: cases by stage and step, what came of the exams, who was admitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from data.queries.leadership.town_tallies import Cells, of_place, summed
from data.readmodel.scoped import Place, ScopedReader

TRAITS = ("age_35", "college", "frontline", "women")
# Stages whose entry is an exam.
GATES = (2, 3, 5)
STAGES = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Step:
    """Open cases that wait at one step of one list today; ``overdue_long`` (more than 30 days) are among the
    ``overdue``."""

    variant: int
    number: int
    stage: int
    name: str
    waiting: int
    soon: int
    overdue: int
    overdue_long: int


@dataclass(frozen=True)
class Stage:
    """Open cases in one stage today, and cases that came to it this calendar year."""

    number: int
    waiting: int
    reached: int


@dataclass(frozen=True)
class Gate:
    """The exam before a stage over the year to date: who sat it, who passed at the first attempt, who passed."""

    stage: int
    taken: int
    first: int
    passed: int


@dataclass(frozen=True)
class Admitted:
    """Admitted from January to the month, and how many of them have each trait."""

    total: int
    traits: Mapping[str, int]


def stages(reader: ScopedReader, place: Place) -> list[Stage]:
    """All five in order; none where the place has no distribution of its own."""
    found = of_place(reader, place, "development_funnel", "", "")
    if not found:
        return []
    return [
        Stage(n, *(round(summed(found, [f"{kind}|{n}"])) for kind in ("stage", "reached"))) for n in STAGES
    ]


def steps(reader: ScopedReader, place: Place) -> list[Step]:
    """Every step of every list that has cases, in the order of the list; none as with `stages`."""
    found = of_place(reader, place, "step_board", "", "")
    if not found:
        return []
    s = reader.step_names.c
    board = []
    for kind, name in reader.rows(sa.select(s.kind, s.title).order_by(s.position)):
        variant, number, stage = (int(part) for part in kind.split("|"))
        if any(key.startswith(f"{variant}|") for _, key in found):
            board.append(_step(found, variant, number, stage, name))
    return board


def _step(found: Cells, variant: int, number: int, stage: int, name: str) -> Step:
    def cases(*states: str) -> int:
        return round(summed(found, [f"{variant}|{number}|{state}" for state in states]))

    late = cases("overdue", "overdue_30")
    return Step(variant, number, stage, name, cases("waiting"), cases("soon"), late, cases("overdue_30"))


def gates(reader: ScopedReader, place: Place, month: str) -> list[Gate]:
    """From January of the year to the month; none where no exam was held."""
    found = of_place(reader, place, "exams", f"{month[:4]}-01", month)
    if not found:
        return []
    return [
        Gate(n, *(round(summed(found, [f"{part}|{n}"])) for part in ("taken", "first", "passed")))
        for n in GATES
    ]


def admitted(reader: ScopedReader, place: Place, month: str) -> Admitted | None:
    """Of the calendar year to the end of the month; None where the place has no distribution of its own."""
    found = of_place(reader, place, "development_admitted", f"{month[:4]}-01", month)
    if found is None:
        return None
    return Admitted(round(summed(found, ["all"])), {name: round(summed(found, [name])) for name in TRAITS})

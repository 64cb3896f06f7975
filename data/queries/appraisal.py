"""Democratic appraisal: how far its yearly rounds have come, how many took part, and the grades of the last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from data.clock import last_day, months_between
from data.queries.figures_of_month import Amount, Months, closed_month, district_months
from data.queries.small_cells import small_cells
from data.readmodel.reader import Reader
from data.readmodel.schema import branch_months, tallies
from data.scope import Scope

KINDS = ("life_meeting", "appraisal")
GRADES = ("excellent", "qualified", "basic", "unqualified")
# A round begins in October of its year and ends with the next February (R05, R06).
_BEGINS, _ENDS = 10, 2
_HELD = tuple(f"{kind}_{year}" for kind in KINDS for year in ("this_year", "last_year"))
_TURNOUT = tuple(f"{n}_{year}" for n in ("appraised", "appraisable") for year in ("this_year", "last_year"))
_DUTIES = tuple(f"{kind}_{part}" for kind in KINDS for part in ("done", "due"))


@dataclass(frozen=True)
class Progress:
    """Branches that held a meeting of the round, of those that have to."""

    held: float | None
    due: float | None

    @property
    def share(self) -> Amount:
        """Held ÷ due."""
        return Amount.ratio(self.held, self.due)


@dataclass(frozen=True)
class Round:
    """The round of one year, by kind of meeting; ``until`` is the day by which all must have met."""

    year: int
    until: date
    is_over: bool
    life_meeting: Progress
    appraisal: Progress


@dataclass(frozen=True)
class Grade:
    """One grade; ``count`` None is withheld: ``is_small`` for a cell of 1-4, else the one beside it."""

    name: str
    count: int | None
    is_small: bool = False


@dataclass(frozen=True)
class Grades:
    """``participation`` of the last round that is over: appraised ÷ to be appraised; no grades without a feed."""

    participation: Amount
    appraised: Amount
    grades: tuple[Grade, ...]


@dataclass(frozen=True)
class Appraisal:
    """The last round that is over and the running one (None from March to September); visitors: no grades."""

    last: Round
    running: Round | None
    grades: Grades | None


def load(reader: Reader, scope: Scope) -> Appraisal:
    """Sums of the district; visitors' screens read progress only, neither turnout nor a grade."""
    closed = closed_month(reader)
    year = int(closed[:4]) - (1 if int(closed[5:]) >= _ENDS else 2)
    names = (*_HELD, *_DUTIES, "eligible", *(_TURNOUT if scope.names_lights else ()))
    rows = district_months(reader, names, f"{year}-01")
    begun = reader.version.open_month >= f"{year + 1}-{_BEGINS:02d}"
    return Appraisal(
        _round(rows, year, is_over=True),
        _round(rows, year + 1, is_over=False) if begun else None,
        _grades(reader, rows, year) if scope.names_lights else None,
    )


def _round(rows: Months, year: int, *, is_over: bool) -> Round:
    life_meeting, appraisal = (_progress(rows, year, kind, is_over) for kind in KINDS)
    return Round(year, last_day(f"{year + 1}-{_ENDS:02d}"), is_over, life_meeting, appraisal)


def _progress(rows: Months, year: int, kind: str, is_over: bool) -> Progress:
    """Over: held and those booked as missed at the close of February; running: branches that are asked."""
    held = _of_round(rows, year, kind)
    if held is None:
        return Progress(None, None)
    if is_over:
        end = rows.get(f"{year + 1}-{_ENDS:02d}", {})
        done, due = end.get(f"{kind}_done"), end.get(f"{kind}_due")
        return Progress(held, None if done is None or due is None else held + due - done)
    # Founded after September they are not asked; those of September are evaluated from October on.
    asked = rows.get(f"{year}-{_BEGINS:02d}", {}).get("eligible")
    return Progress(held, None if asked is None else max(asked, held))


def _of_round(rows: Months, year: int, name: str) -> float | None:
    """What was counted for a year in it and, until the end of February, in the next.

    None where the months do not go back to its begin: of a part of a round only what was missed would be known.
    """
    if min(rows, default="9") > f"{year}-{_BEGINS:02d}":
        return None
    own = [rows.get(month, {}).get(f"{name}_this_year") for month in _months(year, 1, 12)]
    after = [rows.get(month, {}).get(f"{name}_last_year") for month in _months(year + 1, 1, _ENDS)]
    known = [value for value in (*own, *after) if value is not None]
    return sum(known) if known else None


def _months(year: int, first: int, last: int) -> list[str]:
    return months_between(f"{year}-{first:02d}", f"{year}-{last:02d}")


def _grades(reader: Reader, rows: Months, year: int) -> Grades:
    """Members of branches that did not meet were to be appraised too (rulings 11)."""
    appraised, there = (_of_round(rows, year, name) for name in ("appraised", "appraisable"))
    asked = None if there is None else there + _members_not_asked(reader, f"{year + 1}-{_ENDS:02d}")
    query = sa.select(tallies.c.key, tallies.c.value).where(
        tallies.c.tally == "appraisal_grades", tallies.c.town_id == 0, tallies.c.key.like(f"{year}|%")
    )
    counts = {key.partition("|")[2]: round(n) for key, n in reader.connection.execute(query)}
    return Grades(Amount.ratio(appraised, asked), Amount.of(appraised), _guarded(counts))


def _members_not_asked(reader: Reader, month: str) -> float:
    query = sa.select(sa.func.sum(branch_months.c.members)).where(
        branch_months.c.period_month == month,
        branch_months.c.appraisal_due > branch_months.c.appraisal_done,
    )
    return float(reader.connection.execute(query).scalar_one() or 0)


def _guarded(counts: dict[str, int]) -> tuple[Grade, ...]:
    """Cells of 1-4 withheld, and what would give them away."""
    if not counts:
        return ()
    all_four = {name: counts.get(name, 0) for name in GRADES}
    small, hidden = small_cells(all_four)
    return tuple(Grade(name, None if name in hidden else n, name in small) for name, n in all_four.items())

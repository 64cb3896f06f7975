"""How warnings run their course: how many reach each step, and how many days it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args

import sqlalchemy as sa

from data.clock import add_months, cutoff
from data.queries.leadership.warnings import within
from data.readmodel.scoped import Place, ScopedReader

Stage = Literal["raised", "pushed", "acknowledged", "rectified", "closed"]
STAGES: tuple[Stage, ...] = get_args(Stage)
FUNNEL_MONTHS, RATE_MONTHS = 12, 3


@dataclass(frozen=True)
class Reached:
    """Warnings by step. ``operational`` were raised by the operational system, in the order of `STAGES`; ``derived``
    follow from lights alone and are neither pushed nor acknowledged."""

    operational: tuple[int, ...]
    derived: tuple[int, ...]

    @property
    def raised(self) -> int:
        """All of them."""
        return self.operational[0] + self.derived[0]


@dataclass(frozen=True)
class Days:
    """Of the warnings raised in three months: how many, how many of them are closed, median days from raised to
    acknowledged, rectified and closed. None: none has got there."""

    raised: int
    closed: int
    to_acknowledge: float | None
    to_rectify: float | None
    to_close: float | None


def funnel(reader: ScopedReader, place: Place, month: str) -> Reached:
    """Warnings raised in the twelve months up to this one, false alarms left out: how many have by now reached a
    step, or a later one."""
    w = reader.org_warnings.c
    closed = w.state == "closed"
    rectified = sa.or_(closed, w.state == "rectified", w.rectified_at.is_not(None))
    known = w.warning_id > 0
    acknowledged = sa.and_(
        known, sa.or_(rectified, w.acknowledged_at.is_not(None), w.state.in_(("acknowledged", "rectifying")))
    )
    pushed = sa.and_(known, sa.or_(acknowledged, w.pushed_at.is_not(None), w.state == "pushed"))
    steps = (sa.true(), pushed, acknowledged, rectified, closed)
    counted = [sa.func.coalesce(sa.func.sum(sa.case((step, 1), else_=0)), 0) for step in steps]
    of_year = (*within(reader, place), w.state != "invalid", _raised(reader, month, FUNNEL_MONTHS))
    query = sa.select(known.label("known"), *counted).where(*of_year).group_by(known)
    rows = {bool(row[0]): tuple(int(value) for value in row[1:]) for row in reader.rows(query)}
    nothing = (0,) * len(STAGES)
    return Reached(rows.get(True, nothing), rows.get(False, nothing))


def days(reader: ScopedReader, place: Place, months: Sequence[str]) -> list[Days]:
    """Of each month: warnings raised in the three months up to it, false alarms left out."""
    w = reader.org_warnings.c
    # Days are all that is needed: a closing raises thousands at one moment, so few groups come back.
    dates = [
        sa.func.date(moment, type_=sa.Date)
        for moment in (w.raised_at, w.acknowledged_at, w.rectified_at, w.verified_at)
    ]
    spans = [_raised(reader, month, RATE_MONTHS) for month in months]
    query = sa.select(*dates, w.state, sa.func.count()).where(
        *within(reader, place), w.state != "invalid", sa.or_(*spans)
    )
    rows = reader.rows(query.group_by(*dates, w.state))
    return [_days([row for row in rows if _is_in(row[0], month)]) for month in months]


def _days(rows: Sequence[Any]) -> Days:
    closed = [row for row in rows if row[4] == "closed"]
    return Days(
        raised=sum(row[5] for row in rows),
        closed=sum(row[5] for row in closed),
        to_acknowledge=_median([(row[0], row[1], row[5]) for row in rows]),
        to_rectify=_median([(row[0], row[2], row[5]) for row in rows]),
        to_close=_median([(row[0], row[3], row[5]) for row in closed]),
    )


def _is_in(raised: date, month: str) -> bool:
    return since(month, RATE_MONTHS).date() <= raised < cutoff(month).date()


def since(month: str, months: int) -> datetime:
    """First instant of so many months that end with this one."""
    return cutoff(add_months(month, -months))


def _raised(reader: ScopedReader, month: str, months: int) -> sa.ColumnElement[bool]:
    raised = reader.org_warnings.c.raised_at
    return sa.and_(raised >= since(month, months), raised < cutoff(month))


def _median(spans: Sequence[tuple[date, date | None, int]]) -> float | None:
    """The median days of spans that each stand for several warnings; those without an end are left out."""
    ended = sorted(((end - begin).days, times) for begin, end, times in spans if end is not None)
    total = sum(times for _, times in ended)
    if not total:
        return None
    return (_at(ended, (total - 1) // 2) + _at(ended, total // 2)) / 2


def _at(ended: Sequence[tuple[int, int]], place: int) -> int:
    """The value at a place of the sorted list that the counts spell out."""
    for value, times in ended:
        if place < times:
            return value
        place -= times
    raise IndexError(place)

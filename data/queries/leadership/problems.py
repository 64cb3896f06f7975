"""The problem list of a closed quarter within a subtree, and what has become of each item since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from data.clock import add_months, cutoff, last_day
from data.queries.leadership.open_warnings import ENDED
from data.queries.report_problems import STRUCTURE
from data.readmodel.light import Light
from data.readmodel.results import indicator_column
from data.readmodel.scoped import BRANCH_TYPES, Place, ScopedReader

ROW_CAP = 10_000
# A light of a closing is raised when the month is published, about its fifth day.
_RAISED_WITHIN = timedelta(days=10)
_PLACE = tuple(Place.__dataclass_fields__)


@dataclass(frozen=True)
class Problem:
    """One item of one branch at the close of a quarter. ``closed_on`` is when its warning ended, ``due_on`` its limit.

    ``is_issued`` is false where no warning stands for it; it is then closed once the last closed month is without it.
    """

    place: Place
    superior: str
    indicator: str
    value: float | None
    light: Light
    is_issued: bool
    is_closed: bool
    closed_on: date | None
    due_on: date | None

    def is_late(self, today: date) -> bool:
        """Whether it is open beyond its limit."""
        return not self.is_closed and self.due_on is not None and self.due_on < today


def load(reader: ScopedReader, place: Place, indicators: Sequence[str], month: str) -> list[Problem]:
    """Items of a quarter whose last month is ``month``, in tree order; empty for a quarter without results.

    A breach of structure is listed from its yellow light on, any other indicator when it is red (indicators.md §8.3).
    """
    lives = _warnings(reader, place, month)
    listed = list(_listed(reader, place, indicators, month))
    unwarned = {one.indicator for one in listed if (one.place.org_id, one.indicator) not in lives}
    still = _still(reader, place, sorted(unwarned))
    found = []
    for one in listed:
        life, key = lives.get((one.place.org_id, one.indicator)), (one.place.org_id, one.indicator)
        found.append(
            Problem(
                one.place,
                one.superior,
                one.indicator,
                one.value,
                one.light,
                life is not None,
                key not in still if life is None else life.state in ENDED,
                _day(life.ended_at) if life is not None else None,
                life.rectify_due_on if life is not None else None,
            )
        )
    return found


class _Item(NamedTuple):
    place: Place
    superior: str
    indicator: str
    value: float | None
    light: Light


def _listed(reader: ScopedReader, place: Place, indicators: Sequence[str], month: str) -> Iterator[_Item]:
    """Each item of the list at the close of a month."""
    lines = [_from(indicator) for indicator in indicators]
    wide, many = len(_PLACE), len(indicators)
    for row in reader.rows(_query(reader, place, indicators, month)):
        one = Place(*row[:wide])
        lights, values = row[wide + 1 : wide + 1 + many], row[wide + 1 + many :]
        for indicator, line, light, value in zip(indicators, lines, lights, values, strict=True):
            if light is not None and light >= line:
                yield _Item(one, row[wide] or "", indicator, value, Light(int(light)))


def _still(reader: ScopedReader, place: Place, indicators: Sequence[str]) -> set[tuple[int, str]]:
    """(branch, indicator) that would be listed by the last closed month."""
    closed = add_months(reader.version.open_month, -1)
    return {(one.place.org_id, one.indicator) for one in _listed(reader, place, indicators, closed)}


def _query(reader: ScopedReader, place: Place, indicators: Sequence[str], month: str) -> sa.Select[Any]:
    names = [indicator_column(i, part) for part in ("light", "value") for i in indicators]
    results = reader.columns("branch_results", names)
    n, r, parent = reader.nodes.c, results.c, reader.nodes.alias("parent")
    joined = reader.nodes.join(results, r.org_id == n.org_id)
    joined = joined.outerjoin(parent, parent.c.org_id == n.parent_org_id)
    listed = [r[indicator_column(i, "light")] >= _from(i) for i in indicators]
    return (
        sa.select(*(n[name].label(f"place_{name}") for name in _PLACE))
        .add_columns(parent.c.short_name.label("superior"), *(r[name] for name in names))
        .select_from(joined)
        .where(n.position >= place.position, n.position < place.subtree_end, n.org_type.in_(BRANCH_TYPES))
        .where(r.period_month == month, sa.or_(*listed) if listed else sa.false())
        .where(sa.or_(n.dissolved_on.is_(None), n.dissolved_on > last_day(month)))
        .order_by(n.position)
        .limit(ROW_CAP)
    )


def _warnings(reader: ScopedReader, place: Place, month: str) -> dict[tuple[int, str], Any]:
    """The last warning by branch and indicator that was open at the close of the month."""
    n, w = reader.nodes.c, reader.org_warnings.c
    close = cutoff(month)
    ended = sa.func.coalesce(w.rectified_at, w.verified_at)
    query = (
        sa.select(w.org_id, w.indicator_id, w.state, ended.label("ended_at"), w.rectify_due_on)
        .where(w.raised_at <= close + _RAISED_WITHIN, sa.or_(ended.is_(None), ended >= close))
        .order_by(w.raised_at, w.warning_id)
    )
    if place.is_branch:
        query = query.where(w.org_id == place.org_id)
    elif place.org_id != reader.root.org_id:
        within = sa.and_(n.position >= place.position, n.position < place.subtree_end)
        query = query.where(w.org_id.in_(sa.select(n.org_id).where(within)))
    return {(row[0], row[1]): row for row in reader.rows(query)}


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _from(indicator: str) -> Light:
    return Light.YELLOW if indicator == STRUCTURE else Light.RED

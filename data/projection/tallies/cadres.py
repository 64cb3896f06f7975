"""Cadres of villages and communities, by the town of their division; only those with status active.

``cadres``, now, by town: ``count|<cadre_kind>``, ``age_sum|<cadre_kind>`` (completed years),
``age|<cadre_kind>|<band>`` (upper age of the bands of R40, 61 = open), ``education|<cadre_kind>|<level>`` (``unknown``
without one), ``reserve`` = with is_reserve, ``units`` = villages and communities.
``cadre_pyramid``, now, by town: ``<band>|<F or M>`` of all kinds.
``cadre_updates``, by last month of a quarter, by town: ``due`` = cadres, ``updated`` = all four parts updated within
the quarter or ten days after; the last quarter whose ten days have passed and the seven before.
``cadre_training``, by month, by town: ``<cadre_kind>`` = class hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

import sqlalchemy as sa

from data.clock import add_months, cutoff, first_day, month_of
from data.contract import cadre_quarterly_updates, cadre_trainings, cadres, divisions
from data.projection.families.membership import of_living_member
from data.projection.source import Source
from data.projection.tallies.kinds import NOW, Tally, TallyRow
from data.projection.tallies.members import age_band, age_on
from data.projection.tallies.places import by_division, division_towns

g, u, h, d = cadres.c, cadre_quarterly_updates.c, cadre_trainings.c, divisions.c

QUARTERS = 8
# Ten days after the quarter the update is still in time.
GRACE = timedelta(days=10)


def _active() -> sa.ColumnElement[bool]:
    return sa.and_(g.deleted_at.is_(None), g.status == "active", of_living_member(g.member_id))


def read_cadres(source: Source) -> Iterator[TallyRow]:
    """Ages as of today."""
    today, towns = source.calendar.now.date(), division_towns(source)
    rows: list[tuple[str, int | None, str, float]] = []
    columns = (g.division_id, g.cadre_kind, g.birthday, g.education, g.is_reserve)
    for row in source.rows(sa.select(*columns).where(_active())):
        kind, age = row.cadre_kind, age_on(today, row.birthday)
        values = {
            f"count|{kind}": 1.0,
            f"age_sum|{kind}": float(age),
            f"age|{kind}|{age_band(age)}": 1.0,
            f"education|{kind}|{row.education or 'unknown'}": 1.0,
        }
        if row.is_reserve:
            values["reserve"] = 1.0
        rows += [(NOW, row.division_id, key, value) for key, value in values.items()]
    units = sa.select(d.division_id).where(d.deleted_at.is_(None), d.kind.in_(("village", "community")))
    rows += [(NOW, row.division_id, "units", 1.0) for row in source.rows(units)]
    yield from by_division(towns, rows)


def read_pyramid(source: Source) -> Iterator[TallyRow]:
    """Ages as of today."""
    today, towns = source.calendar.now.date(), division_towns(source)
    found = source.rows(sa.select(g.division_id, g.birthday, g.gender).where(_active()))
    rows = (
        (NOW, row.division_id, f"{age_band(age_on(today, row.birthday))}|{row.gender}", 1.0) for row in found
    )
    yield from by_division(towns, rows)


def read_updates(source: Source) -> Iterator[TallyRow]:
    """A cadre without a row of the quarter has not updated; who was a cadre then is told by who is one today."""
    towns = division_towns(source)
    who = {
        row.cadre_id: row.division_id
        for row in source.rows(sa.select(g.cadre_id, g.division_id).where(_active()))
    }
    quarters = _quarters(source.calendar.now)
    whole = sa.and_(u.basic_updated, u.post_updated, u.training_updated, u.performance_updated)
    statement = sa.select(u.cadre_id, u.quarter, u.submitted_at).where(
        u.deleted_at.is_(None), u.quarter.in_(quarters), u.submitted_at.is_not(None), whole
    )
    rows: list[tuple[str, int | None, str, float]] = []
    for month in quarters.values():
        rows += [(month, division, "due", 1.0) for division in who.values()]
    for row in source.rows(statement):
        month = quarters[row.quarter]
        begin = datetime.combine(first_day(add_months(month, -2)), time())
        if row.cadre_id in who and begin <= row.submitted_at < cutoff(month) + GRACE:
            rows.append((month, who[row.cadre_id], "updated", 1.0))
    yield from by_division(towns, rows)


def _quarters(now: datetime) -> dict[str, str]:
    """The last quarters whose days of grace have passed: "YYYYQn" → their last month, newest first."""
    month = month_of((now - GRACE).date())
    last = add_months(month, -1 - (int(month[5:]) - 1) % 3)
    months = [add_months(last, -3 * back) for back in range(QUARTERS)]
    return {f"{m[:4]}Q{int(m[5:]) // 3}": m for m in months}


def read_training(source: Source) -> Iterator[TallyRow]:
    """Hours of those who are cadres today, in the projected months."""
    towns = division_towns(source)
    statement = (
        sa.select(g.division_id, g.cadre_kind, h.held_on, h.class_hours)
        .select_from(cadre_trainings.join(cadres, g.cadre_id == h.cadre_id))
        .where(
            _active(),
            h.deleted_at.is_(None),
            h.held_on >= first_day(source.calendar.months[0]),
            h.held_on <= source.calendar.now.date(),
        )
    )
    rows = (
        (month_of(row.held_on), row.division_id, row.cadre_kind, float(row.class_hours))
        for row in source.rows(statement)
    )
    yield from by_division(towns, rows)


TALLIES = (
    Tally("cadres", read_cadres, ("cadres", "members", "divisions")),
    Tally("cadre_pyramid", read_pyramid, ("cadres", "members", "divisions")),
    Tally("cadre_updates", read_updates, ("cadres", "cadre_quarterly_updates", "members", "divisions")),
    Tally("cadre_training", read_training, ("cadres", "cadre_trainings", "members", "divisions")),
)

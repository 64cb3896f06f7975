"""The counted rows behind a measure of activities, day by day of their start."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from data.projection.source import Block, Source
from data.projection.trace.fields import STARTED
from data.projection.trace.ladder import COUNTED, Ladder, fate
from data.projection.trace.tracing import ladders


def by_day(source: Source, measure: str, branches: Sequence[int], month: str) -> dict[date, float] | None:
    """Days with a row only; they add up to the measure. None where no row of the measure has a start."""
    found = ladders(source, Block(tuple(branches), (month,)), month, measure)
    if found is None or not all(_starts(ladder) for ladder in found):
        return None
    days: dict[date, float] = {}
    for ladder in found:
        for row in source.rows(_counted(ladder)):
            day = row.day if isinstance(row.day, date) else date.fromisoformat(row.day)
            days[day] = days.get(day, 0.0) + float(row.amount)
    return days


def _starts(ladder: Ladder) -> bool:
    return any(field.name == STARTED.name for field in ladder.fields)


def _counted(ladder: Ladder) -> sa.Select[Any]:
    day = sa.func.date(STARTED.value).label("day")
    amount = sa.func.sum(sa.cast(ladder.amount, sa.Double)).label("amount")
    counted = sa.and_(ladder.where, fate(ladder) == COUNTED)
    return sa.select(day, amount).select_from(ladder.rows).where(counted).group_by(day)

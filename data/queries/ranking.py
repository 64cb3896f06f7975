"""Ranking of the towns by their index at the last closed month, with honest movement."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from data.queries.figures_of_month import (
    Amount,
    amount_of,
    closed_month,
    district_months,
    month_before_in_year,
)
from data.queries.town_order import is_public_place, ranked_towns, shown_place
from data.readmodel.reader import Reader
from data.readmodel.schema import town_months, towns
from data.scope import Scope

# A district has at most a few dozen towns; more rows than this are not readable on any wall.
ROW_CAP = 40


@dataclass(frozen=True)
class RankedTown:
    """One row; ``place`` may be shared, ``place_before`` is None for a town that was not ranked a month earlier.

    ``score`` and ``score_before`` are rounded to 2 decimals, as they are ranked.
    """

    town_id: int
    name: str
    place: int
    place_before: int | None
    score: float
    score_before: float | None

    @property
    def change(self) -> float | None:
        """Change of the score against the month before."""
        return None if self.score_before is None else self.score - self.score_before

    @property
    def climbed(self) -> int | None:
        """Places gained (negative: lost); None for a town that was not ranked before."""
        return None if self.place_before is None else self.place_before - self.place


@dataclass(frozen=True)
class Ranking:
    """Rows in order of place; ``is_top_only``: the scope may not see the lower places.

    ``month_before`` is None in January: points of two years are not compared.
    """

    month: str
    month_before: str | None
    average: Amount
    rows: tuple[RankedTown, ...]
    is_top_only: bool


def load(reader: Reader, scope: Scope) -> Ranking:
    """All towns where lights may be named, else the upper half, at most ten, and nothing of the others is
    selected."""
    month = closed_month(reader)
    before = month_before_in_year(month)
    query = _query(month, before, top_only=not scope.names_lights)
    rows = tuple(
        RankedTown(
            row.town_id, row.name, row.place, row.place_before, float(row.score), _number(row.score_before)
        )
        for row in reader.connection.execute(query)
    )
    district = district_months(reader, ("index_points", "scored_members"), month)
    average = amount_of(district, month, "index_points", over="scored_members")
    return Ranking(month, before, average, rows, not scope.names_lights)


def _query(
    month: str, before: str | None, *, top_only: bool
) -> sa.Select[tuple[int, str, int, int, float, float]]:
    """Ties stand in the order of attendance, members and code, and share their place."""
    now = ranked_towns(month, for_visitors=top_only).alias("now")
    then = ranked_towns(before or "", for_visitors=top_only).alias("then")
    attendance = town_months.c.present / sa.func.nullif(town_months.c.required, 0)
    query = (
        sa.select(
            now.c.town_id,
            towns.c.name,
            now.c.place,
            shown_place(then, top_only=top_only).label("place_before"),
            now.c.index_score.label("score"),
            then.c.index_score.label("score_before"),
        )
        .join(towns, towns.c.town_id == now.c.town_id)
        .join(
            town_months,
            sa.and_(town_months.c.town_id == now.c.town_id, town_months.c.period_month == month),
        )
        .outerjoin(then, then.c.town_id == now.c.town_id)
        .order_by(
            now.c.place, sa.func.coalesce(attendance, -1).desc(), town_months.c.members.desc(), towns.c.code
        )
        .limit(ROW_CAP)
    )
    return query.where(is_public_place(now)) if top_only else query


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)

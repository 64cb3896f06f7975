"""Order of the towns by their index: pooled points per scored member at the last closed month."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from data.queries.small_cells import SMALLEST_SHOWN
from data.readmodel.schema import town_months

# Most towns a visitor may see ranked (no bottom ranks in reception mode).
PUBLIC_RANKS = 10


def is_public_place(ranked: sa.FromClause) -> sa.ColumnElement[bool]:
    """Whether visitors see a place: among the first ten and in the upper half, with all that share it.

    ``ranked`` has the columns last (how many stand as high or higher) and ranked (how many are ranked).
    """
    last: sa.ColumnElement[int] = ranked.c.last
    return sa.and_(last <= PUBLIC_RANKS, 2 * last <= ranked.c.ranked)


def shown_place(ranked: sa.FromClause, *, top_only: bool) -> sa.ColumnElement[int]:
    """A former place; one visitors do not see is none: the organisation counts as newly entered."""
    place: sa.ColumnElement[int] = ranked.c.place
    return sa.case((is_public_place(ranked), place)) if top_only else place


def places_by(
    score: sa.ColumnElement[Any], apart: sa.ColumnElement[Any] | None = None
) -> tuple[sa.ColumnElement[int], ...]:
    """Columns place (competition rank 1-2-2-4), last and ranked of a score, each kind apart."""
    return (
        sa.func.rank().over(partition_by=apart, order_by=score.desc()).label("place"),
        sa.func.count().over(partition_by=apart, order_by=score.desc()).label("last"),
        sa.func.count().over(partition_by=apart).label("ranked"),
    )


def ranked_towns(month: str, *, for_visitors: bool = False) -> sa.Subquery:
    """Subquery (town_id, index_score, place, last, ranked): rank of the index rounded to 2 decimals.

    Towns without a scored member are not ranked; for visitors none whose mean is that of one to four.
    """
    least = SMALLEST_SHOWN if for_visitors else 1
    pooled = town_months.c.index_points / sa.func.nullif(town_months.c.scored_members, 0)
    score = sa.func.round(sa.cast(pooled, sa.Numeric(12, 6)), 2)
    scored = (
        sa.select(town_months.c.town_id, score.label("index_score"))
        .where(town_months.c.period_month == month, town_months.c.scored_members >= least)
        .where(town_months.c.index_points.is_not(None))
        .subquery()
    )
    return sa.select(scored.c.town_id, scored.c.index_score, *places_by(scored.c.index_score)).subquery()

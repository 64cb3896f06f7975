"""Order of the towns by their index: pooled points per scored member at the last closed month."""

from __future__ import annotations

import sqlalchemy as sa

from data.readmodel.schema import town_months

# Towns a visitor may see ranked (panels.md §1: no bottom ranks in reception mode).
PUBLIC_RANKS = 10


def shown_place(place: sa.ColumnElement[int], *, top_only: bool) -> sa.ColumnElement[int]:
    """A former place; one below the top ten is not shown to visitors: the organisation counts as newly entered."""
    return sa.case((place <= PUBLIC_RANKS, place)) if top_only else place


def ranked_towns(month: str) -> sa.Subquery:
    """Subquery (town_id, index_score, place): competition rank 1-2-2-4 of the index rounded to 2 decimals.

    Towns without a scored member are not ranked.
    """
    pooled = town_months.c.index_points / sa.func.nullif(town_months.c.scored_members, 0)
    score = sa.func.round(sa.cast(pooled, sa.Numeric(12, 6)), 2)
    scored = (
        sa.select(town_months.c.town_id, score.label("index_score"))
        .where(town_months.c.period_month == month, town_months.c.scored_members > 0)
        .where(town_months.c.index_points.is_not(None))
        .subquery()
    )
    place = sa.func.rank().over(order_by=scored.c.index_score.desc()).label("place")
    return sa.select(scored.c.town_id, scored.c.index_score, place).subquery()

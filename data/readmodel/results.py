"""What is computed from measures: the columns of a branch's month and of their sums over a subtree."""

from __future__ import annotations

from data.indicators.sets import BRANCH_INDICATORS, COMMITTEE_INDICATORS, RADAR_AXES
from data.readmodel.light import Light

__all__ = [
    "AREA_COLUMNS",
    "AREA_PARTS",
    "BRANCH_COLUMNS",
    "BRANCH_INDICATORS",
    "COMMITTEE_INDICATORS",
    "COMMITTEE_MEASURES",
    "INDICATOR_PARTS",
    "RADAR_AXES",
    "Light",
    "indicator_column",
]

# Columns a branch's month gets: light 0-4 (`Light`), 支部诊疗分 0-100, axis scores 0-100, NULL where na.
BRANCH_COLUMNS: tuple[str, ...] = ("light", "score", *RADAR_AXES)
INDICATOR_PARTS: tuple[str, ...] = ("value", "score", "light")

# Red and yellow branches; sums and counts of the scores and of the values that are neither na nor nodata.
AREA_PARTS = ("red", "yellow", "score_sum", "score_count", "value_sum", "value_count")

# Columns a subtree's month gets: sums that stay additive. Means are sum ÷ count, made by the reader.
AREA_COLUMNS: tuple[str, ...] = (
    "red_branches",
    "yellow_branches",
    "green_branches",
    "grey_branches",
    "score_sum",
    "score_count",
    *(f"{axis}_{part}" for axis in RADAR_AXES for part in ("sum", "count")),
    *(f"{indicator}_{part}" for indicator in BRANCH_INDICATORS for part in AREA_PARTS),
)


# Measures of committees and general branches themselves, beside the sums of their branches; ``members`` is the sum of
# a general branch and NULL for every other committee.
COMMITTEE_MEASURES: tuple[str, ...] = (
    "active",
    "eligible",
    "established_day",
    "temporary",
    "members",
    "term_days",
    "has_secretary",
    "vacancy_days",
    "transfer_overdue",
    "transfer_due_soon",
)


def indicator_column(indicator: str, part: str) -> str:
    """Name of one indicator column of ``branch_results``: part is value, score or light."""
    return f"{indicator}_{part}"

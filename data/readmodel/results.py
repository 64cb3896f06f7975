"""What is computed from measures: the columns of a branch's month and of their sums over a subtree.

Light codes are ordered so that the worst light of a set is its maximum.
"""

from __future__ import annotations

from enum import IntEnum


class Light(IntEnum):
    """A light; ``NA`` (the rule does not apply) and ``NODATA`` (the feed is missing) are never green."""

    NA = 0
    NODATA = 1
    GREEN = 2
    YELLOW = 3
    RED = 4


BRANCH_INDICATORS: tuple[str, ...] = (
    "hs_b_member_assembly",
    "hs_b_committee_meeting",
    "hs_b_group_meeting",
    "hs_b_party_lecture",
    "hs_b_theme_party_day",
    "hs_b_life_gap",
    "hs_b_life_meeting",
    "hs_b_attendance_rate",
    "hs_b_appraisal",
    "hs_b_transfer",
    "hs_b_dues_collection",
    "hs_b_floating",
    "hs_b_term",
)

RADAR_AXES: tuple[str, ...] = ("jn_r_team", "jn_r_activity", "jn_r_venue", "jn_r_system", "jn_r_guarantee")

# Columns a branch's month gets: light 0-4 (`Light`), 支部诊疗分 0-100, axis scores 0-100, NULL where na.
BRANCH_COLUMNS: tuple[str, ...] = ("light", "score", *RADAR_AXES)
INDICATOR_PARTS: tuple[str, ...] = ("value", "score", "light")

# Columns a subtree's month gets: sums that stay additive. Means are sum ÷ count, made by the reader.
AREA_COLUMNS: tuple[str, ...] = (
    "red_branches",
    "yellow_branches",
    "green_branches",
    "grey_branches",
    "score_sum",
    "score_count",
    *(f"{axis}_{part}" for axis in RADAR_AXES for part in ("sum", "count")),
    *(
        f"{indicator}_{part}"
        for indicator in BRANCH_INDICATORS
        for part in ("red", "yellow", "score_sum", "score_count")
    ),
)


def indicator_column(indicator: str, part: str) -> str:
    """Name of one indicator column of ``branch_results``: part is value, score or light."""
    return f"{indicator}_{part}"

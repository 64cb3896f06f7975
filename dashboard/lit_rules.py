"""The indicators a screen about lights speaks of, in the order of the district's light system."""

from __future__ import annotations

from dashboard.profile import DistrictProfile
from data.indicators.rules import IndicatorRule
from data.indicators.sets import BY_ID

BOARD_SET = "jn_w"
BOARD_LINES = 15


def checked_rules(profile: DistrictProfile) -> dict[str, IndicatorRule]:
    """Rules of the light system that light a branch or weigh in its score; sums and mere counts are left out."""
    return {rule.id: rule for rule in profile.light_rules if _is_checked(rule)}


def _is_checked(rule: IndicatorRule) -> bool:
    entry = BY_ID[rule.id]
    return entry.level == "branch" and bool(entry.yellow or entry.red or rule.weight)


def board_rules(profile: DistrictProfile) -> dict[str, IndicatorRule]:
    """The 15 warnings where the district has them, else the light system."""
    if BOARD_SET not in profile.sets:
        return checked_rules(profile)
    return {rule.id: rule for rule in profile.rules[BOARD_SET] if rule.id.startswith(f"{BOARD_SET}")}

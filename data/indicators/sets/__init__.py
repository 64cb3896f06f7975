"""Every indicator the program knows, set by set in catalogue order."""

from __future__ import annotations

from collections.abc import Mapping

from data.indicators.entry import Indicator
from data.indicators.sets import (
    district_evaluation,
    district_register,
    district_work,
    haishu_life,
    haishu_member_deeds,
    haishu_member_life,
    haishu_support,
    haishu_work,
    huiji_nodes,
    huiji_platform,
    jiangning_radar,
    jiangning_warnings,
    kunshan_conduct,
    kunshan_school,
    wujin_branch,
    wujin_branch_life,
    wujin_member,
    wujin_totals,
)

_MODULES = (
    haishu_life,
    haishu_work,
    haishu_support,
    haishu_member_life,
    haishu_member_deeds,
    wujin_branch,
    wujin_branch_life,
    wujin_totals,
    wujin_member,
    jiangning_warnings,
    jiangning_radar,
    huiji_nodes,
    huiji_platform,
    kunshan_conduct,
    kunshan_school,
    district_register,
    district_work,
    district_evaluation,
)

INDICATORS: tuple[Indicator, ...] = tuple(entry for module in _MODULES for entry in module.INDICATORS)
BY_ID: Mapping[str, Indicator] = {entry.id: entry for entry in INDICATORS}
# 五个基本: axes are means of components and have columns of their own.
RADAR_AXES: tuple[str, ...] = tuple(entry.id for entry in INDICATORS if entry.id.startswith("jn_r_"))
BRANCH_INDICATORS: tuple[str, ...] = tuple(
    entry.id for entry in INDICATORS if entry.level == "branch" and entry.id not in RADAR_AXES
)
# Those that judge committees and general branches themselves, too.
COMMITTEE_INDICATORS: tuple[str, ...] = tuple(entry.id for entry in INDICATORS if entry.committees)

"""Kinds of organisation life and sectors as the time axis calls them."""

from __future__ import annotations

# Measure → word; the first is all of them.
KIND_WORDS = {
    "activities": "全部活动",
    "assemblies": "党员大会",
    "committee_meetings": "支委会",
    "group_meetings": "党小组会",
    "lectures": "党课",
    "theme_days": "主题党日",
    "study_sessions": "理论学习",
    "deliberations": "民主议事",
}
SECTOR_WORDS = {
    "village": "农村",
    "community": "社区",
    "government": "机关",
    "institution": "事业单位",
    "school": "学校",
    "hospital": "医院",
    "soe": "国企",
    "private_enterprise": "非公企业",
    "social_org": "社会组织",
    "park_building": "园区楼宇",
    "other": "其他",
}
AXIS, DAYS = "activities", "activity-days"
# What the addresses of both pages know: the kind, the sector, the year, the day.
KIND, SECTOR, YEAR, DAY = "kind", "sector", "year", "day"


def kind_words(activity_day: str) -> dict[str, str]:
    """With the district's own word for the fixed activity day."""
    return {**KIND_WORDS, "theme_days": activity_day}

"""Units of the catalogue in Chinese."""

from __future__ import annotations

UNITS = {
    "points": "分",
    "points (0-100)": "分（0-100）",
    "ratio": "比率",
    "0/1": "是否",
    "number": "数值",
    "grade": "等次",
    "rank": "名次",
    "stars": "星",
    "times": "次",
    "times/month": "次/月",
    "times/quarter": "次/季",
    "times/3 months": "次/3个月",
    "hours": "小时",
    "hours/person": "小时/人",
    "class hours": "学时",
    "days": "天",
    "months": "个月",
    "months unpaid": "个月未缴",
    "quarters": "季度",
    "years": "岁",
    "members": "人",
    "persons": "人",
    "persons per unit": "人/单位",
    "organizations": "个组织",
    "branches": "个支部",
    "villages": "个村",
    "communities": "个社区",
    "venues": "处",
    "items": "项",
    "issues": "项",
    "steps": "件",
    "transfers": "人次",
    "reports": "份",
    "records": "条",
    "posts": "条",
    "posts/quarter": "条/季",
    "views": "次",
    "comments": "条",
    "likes": "个",
    "activities": "场",
    "sign-ins": "人次",
    "lessons": "课",
    "CNY": "元",
}


def unit_words(unit: str) -> str:
    """人、比率 for "members, ratio"; a unit nobody knows as it is."""
    return "、".join(UNITS.get(part, part) for part in unit.split(", "))

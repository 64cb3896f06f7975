"""Codes in the words of visitors."""

from __future__ import annotations

VENUES = {
    "service_center": "党群服务中心",
    "activity_room": "党员活动室",
    "education_base": "党性教育基地",
    "open_life_base": "开放式组织生活基地",
    "rural_school": "乡村振兴学堂",
    "live_classroom": "实景课堂",
    "delegate_studio": "党代表工作室",
    "smart_center": "智慧党建中心",
}
ORGANISATIONS = {
    "district_committee": "党委",
    "working_committee": "党工委",
    "party_committee": "党委",
    "general_branch": "党总支",
    "branch": "党支部",
    "joint_branch": "联合党支部",
    "temporary_branch": "临时党支部",
}
RESOURCES = {"lecture": "特色党课", "video": "视频党课", "base": "教育基地", "book": "党建书籍"}
TOPICS = {
    "party_building": "党的建设",
    "current_affairs": "时事政策",
    "rule_of_law": "法治教育",
    "party_history": "党史党性",
    "discipline": "纪律作风",
    "skills": "业务技能",
    "rural": "乡村振兴",
}
ACTORS = {
    "applicant": "本人",
    "branch": "党支部",
    "contact": "培养联系人",
    "committee": "上级党委",
    "district": "{level}委组织部",
}
AGES = {
    "to_35": "35岁及以下",
    "36_45": "36—45岁",
    "46_55": "46—55岁",
    "56_60": "56—60岁",
    "from_61": "61岁及以上",
    "unknown": "未登记",
}
EDUCATION = {
    "postgraduate": "研究生",
    "bachelor": "大学本科",
    "junior_college": "大学专科",
    "secondary": "高中、中专",
    "junior_high": "初中",
    "primary_or_less": "小学及以下",
    "unknown": "未登记",
}
JOINED = {
    "before_1949": "建国前",
    "to_1978": "1949—1978年",
    "to_2012": "1978—2012年",
    "later": "2012年以后",
    "unknown": "未登记",
}
SECTORS = {
    "village": "农村",
    "community": "社区",
    "two_new": "两新组织",
    "government_institution": "机关事业",
    "soe": "国有企业",
    "school": "学校",
    "hospital": "医院",
    "other": "其他",
}
LIFE_GROUPS = {
    "meetings": "三会一课",
    "theme_day": "{activity_day}",
    "review": "党性分析",
    "study": "学习培训",
    "other": "服务与其他",
}
_YEARS = {365: "一年", 730: "两年"}
_DIGITS = "零一二三四五六七八九十"


def chinese_number(n: int) -> str:
    """A small count in characters: 六, 十二; digits from 100 up."""
    if n <= 10:
        return _DIGITS[n]
    if n < 20:
        return f"十{_DIGITS[n - 10]}"
    tens, ones = divmod(n, 10)
    return f"{_DIGITS[tens]}十{_DIGITS[ones] if ones else ''}" if n < 100 else str(n)


def time_rule(anchor: int | None, min_days: int | None, max_days: int | None) -> str:
    """A rule of time in words; "" without one."""
    if anchor is None or (min_days is None and max_days is None):
        return ""
    since = f"第{anchor}步之后"
    if min_days is None:
        return f"{since}{_span(max_days or 0)}内"
    if max_days is None:
        return f"{since}满{_span(min_days)}"
    if min_days in _YEARS:
        return f"{since}满{_YEARS[min_days]}，再{_span(max_days - min_days)}内"
    return f"{since}第 {min_days}—{max_days} 天"


def _span(days: int) -> str:
    """Whole years in words, everything else in days."""
    return _YEARS.get(days, f" {days} 天")

"""The measures: what the projection counts per branch and month, and how each adds up.

A ``flow`` adds up over months and over branches, a ``state`` is taken at the end of the month and adds
up over branches only, a ``mark`` belongs to one branch (days, 0/1 facts) and is never added up, a
``current`` has no history in the source and exists in the open month only (NULL in every other month).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["flow", "state", "mark", "current"]


class Measure(NamedTuple):
    """One additive number: identifier, Chinese name, unit and the table family it is counted from."""

    name: str
    zh: str
    unit: str
    kind: Kind
    family: str


def _family(family: str, kind: Kind, *rows: tuple[str, str, str]) -> tuple[Measure, ...]:
    return tuple(Measure(name, zh, unit, kind, family) for name, zh, unit in rows)


MEASURES: tuple[Measure, ...] = (
    *_family(
        "branches",
        "state",
        ("active", "在册支部", "个"),
        ("eligible", "参评支部", "个"),
        ("founded", "新建支部", "个"),
    ),
    *_family("branches", "mark", ("established_day", "成立日序", "日"), ("temporary", "临时党支部", "是否")),
    *_family(
        "members",
        "state",
        ("members", "党员", "名"),
        ("full_members", "正式党员", "名"),
        ("scored_members", "计分党员", "名"),
    ),
    *_family(
        "members",
        "flow",
        ("admitted", "新发展党员", "名"),
        ("moved_in", "转入党员", "名"),
        ("moved_out", "转出党员", "名"),
    ),
    *_family(
        "structure",
        "current",
        ("women", "女党员", "名"),
        ("minority", "少数民族党员", "名"),
        ("college", "大专及以上党员", "名"),
        ("age_30", "30岁及以下", "名"),
        ("age_35", "31-35岁", "名"),
        ("age_40", "36-40岁", "名"),
        ("age_45", "41-45岁", "名"),
        ("age_50", "46-50岁", "名"),
        ("age_55", "51-55岁", "名"),
        ("age_60", "56-60岁", "名"),
        ("age_61", "61岁及以上", "名"),
        ("age_unknown", "年龄未填", "名"),
        ("floating_out", "流出党员", "名"),
    ),
    *_family(
        "activities",
        "flow",
        ("assemblies", "支部党员大会", "次"),
        ("committee_meetings", "支委会", "次"),
        ("group_meetings", "党小组会", "次"),
        ("lectures", "党课", "次"),
        ("theme_days", "主题党日", "次"),
        ("life_activities", "组织生活", "次"),
        ("study_sessions", "理论学习", "次"),
        ("deliberations", "民主协商议事", "次"),
        ("activities", "组织活动", "次"),
        ("backfilled", "补录活动", "次"),
        ("activities_at_venue", "在阵地开展的活动", "次"),
        ("activities_broken", "不可计数的活动", "条"),
    ),
    *_family(
        "groups",
        "state",
        ("groups", "党小组", "个"),
        ("groups_met", "开会的党小组", "个"),
    ),
    *_family(
        "attendance",
        "flow",
        ("required", "应到人次", "人次"),
        ("present", "实到人次", "人次"),
        ("on_leave", "请假人次", "人次"),
        ("signins", "签到人次", "人次"),
        ("class_hours", "集中学习学时", "学时"),
        ("attendance_broken", "不可计数的签到", "条"),
    ),
    *_family(
        "dues",
        "flow",
        ("dues_owed", "应缴党员", "人次"),
        ("dues_full", "足额缴纳", "人次"),
        ("dues_short", "少缴", "人次"),
        ("dues_unpaid", "未缴", "人次"),
        ("dues_makeup", "补缴", "人次"),
        ("dues_broken", "不可计数的应缴", "条"),
    ),
    *_family(
        "transfers",
        "flow",
        ("transfer_steps", "到期转接环节", "件"),
        ("transfer_steps_on_time", "按期办结环节", "件"),
    ),
    *_family(
        "transfers",
        "state",
        ("transfer_overdue", "超期未办环节", "件"),
        ("transfer_overdue_30", "超期30天环节", "件"),
    ),
    *_family(
        "floating",
        "flow",
        ("floating_due", "应汇报流出党员", "名"),
        ("floating_reported", "已汇报流出党员", "名"),
    ),
    *_family(
        "appraisals",
        "flow",
        ("life_meeting_this_year", "当年组织生活会", "次"),
        ("life_meeting_last_year", "上年组织生活会", "次"),
        ("appraisal_this_year", "当年民主评议", "次"),
        ("appraisal_last_year", "上年民主评议", "次"),
        ("appraised_this_year", "当年参评党员", "名"),
        ("appraised_last_year", "上年参评党员", "名"),
        ("appraisable_this_year", "当年应评党员", "名"),
        ("appraisable_last_year", "上年应评党员", "名"),
    ),
    *_family("terms", "mark", ("term_days", "任期剩余天数", "天"), ("has_committee", "设支委会", "是否")),
    *_family("terms", "mark", ("has_secretary", "书记在任", "是否"), ("committee_size", "支委人数", "名")),
    *_family("points", "state", ("index_points", "锋领指数积分", "分")),
    *_family(
        "service",
        "flow",
        ("volunteer_hours", "志愿服务时长", "小时"),
        ("volunteer_times", "志愿服务人次", "人次"),
    ),
    *_family("study", "flow", ("online_hours", "线上学习学时", "学时")),
    *_family("derived", "flow", ("study_hours", "学习学时", "学时")),
    *_family("posts", "flow", ("posts", "发布信息", "条"), ("disclosures", "党务公开", "条")),
    *_family("ledger", "flow", ("ledger_entries", "党费账目", "笔")),
    *_family(
        "warnings",
        "flow",
        ("warnings_raised", "亮灯预警", "件"),
        ("warnings_closed", "已销号预警", "件"),
        ("warnings_rectified", "已整改预警", "件"),
        ("warnings_overdue", "超期未整改预警", "件"),
    ),
)

ADDITIVE = tuple(measure.name for measure in MEASURES if measure.kind != "mark")
FAMILIES = tuple(dict.fromkeys(measure.family for measure in MEASURES))


def of_family(family: str) -> tuple[str, ...]:
    """Names of the measures one family of tables produces, in catalogue order."""
    return tuple(measure.name for measure in MEASURES if measure.family == family)

"""The facts all member indicators are made of: what one member did, owed or was in one month."""

from __future__ import annotations

from typing import NamedTuple


class Fact(NamedTuple):
    """One fact: identifier, Chinese name, unit, the table it is read from, and how it is stored.

    ``kind`` is u1 (a count to 255), i4, f4 (hours, days; NaN is "none" where ``absent`` says so) or f8.
    """

    name: str
    zh: str
    unit: str
    table: str
    kind: str = "u1"
    absent: float = 0


def _of(table: str, *rows: tuple[str, str, str]) -> tuple[Fact, ...]:
    return tuple(Fact(name, zh, unit, table) for name, zh, unit in rows)


FACTS: tuple[Fact, ...] = (
    # Valid sign-ins (…_signins) of all roster rows; due rows are required and without leave.
    *_of(
        "attendances",
        ("assembly_signins", "支部党员大会签到", "次"),
        ("committee_signins", "支委会签到", "次"),
        ("group_signins", "党小组会签到", "次"),
        ("group_due", "应参加党小组会", "次"),
        ("lecture_signins", "党课签到", "次"),
        ("theme_signins", "主题党日签到", "次"),
        ("theme_signed", "应到并签到的主题党日", "次"),
        ("theme_due", "应参加主题党日", "次"),
        ("theme_leave", "主题党日请假", "次"),
        ("life_meeting_signins", "组织生活会签到", "次"),
        ("life_meeting_due", "应参加组织生活会", "次"),
        ("study_signins", "理论学习签到", "次"),
        ("study_type_signins", "学习类活动签到", "次"),
        ("meetings_due", "应参加三会一课", "次"),
        ("meetings_signed", "应到并签到的三会一课", "次"),
        ("others_due", "应参加其他活动", "次"),
        ("others_signed", "应到并签到的其他活动", "次"),
        ("life_due", "应参加组织生活", "次"),
        ("life_signins", "组织生活签到", "次"),
        ("signins", "签到", "次"),
    ),
    Fact("class_hours", "集中学习学时", "学时", "attendances", "f4"),
    *_of("activities", ("lectures_held", "主讲党课", "次")),
    *_of("dues_obligations", ("dues_owed", "应缴党费", "是否")),
    # Number of the month (year × 12 + month - 1) in which the obligation was paid in full; 0 while it is not.
    Fact("dues_settled", "足额缴清月份", "月", "dues_payment_allocations", "i4"),
    *_of("dues_payments", ("dues_payments", "缴纳党费", "次")),
    Fact("service_hours", "志愿服务时长", "小时", "volunteer_records", "f4"),
    Fact("service_hours_capped", "志愿服务时长(每日至多4小时)", "小时", "volunteer_records", "f4"),
    *_of(
        "volunteer_records",
        ("services", "志愿服务", "次"),
        ("service_records", "志愿服务记录", "条"),
        ("needs_claimed", "认领服务需求", "项"),
    ),
    Fact("online_hours", "线上学习学时", "学时", "learning_records", "f4"),
    *_of("learning_records", ("courses_done", "学完课程", "门")),
    *_of("heart_talks", ("talks", "谈心谈话", "次")),
    *_of(
        "member_tasks",
        ("tasks_due", "到期任务", "项"),
        ("tasks_done", "按期完成任务", "项"),
        ("tasks_refused", "拒绝任务", "项"),
    ),
    *_of("exam_attempts", ("quizzes_passed", "通过答题", "次")),
    *_of(
        "member_deeds",
        ("demo_posts", "示范岗", "个"),
        ("pledges", "践诺事项", "项"),
        ("mentoring", "培养联系", "次"),
        ("lectures_given", "讲党课宣讲", "次"),
        ("moral_low", "单位镇街道德荣誉", "项"),
        ("moral_district", "区级道德荣誉", "项"),
        ("moral_high", "市级以上道德荣誉", "项"),
        ("civilized_families", "文明家庭", "项"),
        ("complaints", "群众反映属实", "件"),
        ("household_links", "结对联系群众", "次"),
        ("emergency_tasks", "急难险重任务", "次"),
    ),
    *_of(
        "honors",
        ("honors_low", "单位镇街荣誉", "项"),
        ("honors_district", "区级荣誉", "项"),
        ("honors_high", "市级以上荣誉", "项"),
    ),
    *_of(
        "community_checkins",
        ("community_services", "进社区服务", "次"),
        ("community_registers", "进社区报到", "次"),
        ("in_community", "已报到", "是否"),
    ),
    *_of("service_requests", ("suggestions_adopted", "采纳建言", "条")),
    *_of(
        "member_submissions",
        ("summaries_this_year", "当年个人总结", "份"),
        ("summaries_last_year", "上年个人总结", "份"),
        ("summary_in_time", "上年个人总结按期提交", "是否"),
        ("submissions", "提交材料", "份"),
    ),
    *_of(
        "floating_reports",
        ("proofs_approved", "已审核活动证明", "份"),
        ("thoughts_approved", "已审核思想汇报", "份"),
    ),
    # Of the member's last appraisal: 1 excellent … 4 unqualified, 5 missed though required, 0 none.
    *_of("appraisal_results", ("grade", "评议等次", "等"), ("grade_given", "当月评议等次", "等")),
    Fact("peer_satisfaction", "互评满意率", "比率", "appraisal_results", "f4", float("nan")),
    Fact("peer_given", "当月互评满意率", "比率", "appraisal_results", "f4", float("nan")),
    # Days since the letter of introduction ran out (negative: still valid); NaN without a letter under way.
    Fact("letter_days", "介绍信超期天数", "天", "transfers", "f4", float("nan")),
    *_of(
        "member_dispositions",
        ("dispositions_light", "限期改正或警告", "件"),
        ("dispositions_heavy", "其他处置", "件"),
        ("dispositions_decided", "决定的处置", "件"),
    ),
    *_of(
        "warnings",
        ("warnings_overdue", "超期未整改预警", "条"),
        ("warnings_overdue_60", "超期60天预警", "条"),
        ("warnings_missed", "当月超期预警", "条"),
    ),
    *_of("lost_contact_cases", ("lost_case", "失联查找中", "是否")),
    # The register: on the last day of the month (today in the open one).
    *_of(
        "memberships",
        ("enrolled", "在册", "是否"),
        ("settled", "在册满一个月", "是否"),
        ("recent", "6个月内入党或转入", "是否"),
        ("is_scored", "计分", "是否"),
    ),
    *_of(
        "member_category_history", ("category", "管理类别", "类"), ("floating_due", "应汇报流出党员", "是否")
    ),
    *_of("party_posts", ("on_committee", "支委", "是否")),
    *_of("app_registrations", ("registered", "手机党校注册", "是否")),
    Fact("info_share", "信息完整率", "比率", "members", "f8"),
    *_of(
        "members",
        ("in_service", "在职", "是否"),
        ("is_under_45", "45岁以下", "是否"),
        ("joined_last_half", "7月以后入党", "是否"),
        ("joined_this_year", "本年入党", "是否"),
    ),
)

FACT = {fact.name: fact for fact in FACTS}

# Codes of `category`; a member without a row is treated as taking part normally.
CATEGORIES = ("normal_active", "flow_out", "aged_infirm", "abroad", "other_exempt")
NORMAL, FLOW_OUT, AGED, ABROAD, EXEMPT = range(len(CATEGORIES))
GRADES = ("excellent", "qualified", "basic", "unqualified")
EXCELLENT, QUALIFIED, BASIC, UNQUALIFIED, MISSED = range(1, 6)

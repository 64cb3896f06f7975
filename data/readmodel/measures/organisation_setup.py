"""Measures of how an organisation is set up and kept: its record, groups, ledger, steps that stood overdue, and the
eight institutions of "8 + x" as done of due."""

from __future__ import annotations

from data.readmodel.measures.kinds import Measure, of

# Institution (no 1-8 of the catalogue §7.2) → its Chinese name.
INSTITUTIONS = {
    "assembly": "支部党员大会",
    "committee": "支委会",
    "group": "党小组会",
    "lecture": "党课",
    "life_meeting": "组织生活会",
    "theme_day": "统一活动日",
    "appraisal": "民主评议",
    "heart_talk": "谈心谈话",
}

MEASURES: tuple[Measure, ...] = (
    *of(
        "setup",
        "state",
        ("record_filled", "已填组织信息项", "项"),
        ("record_fields", "应填组织信息项", "项"),
        ("ungrouped_members", "未编入党小组党员", "名"),
        ("abroad_unsettled", "出国手续未办结党员", "名"),
    ),
    *of("setup", "mark", ("joint_units", "联合党支部覆盖单位", "个")),
    *of("activities", "flow", ("study_days", "固定学习日", "次")),
    *of("ledger", "flow", ("ledger_dues_entries", "收缴上缴账目", "笔")),
    *of("balance", "state", ("ledger_balanced", "账实相符支部", "个")),
    *of(
        "transfers",
        "state",
        ("transfer_overdue_ever", "当月曾超期环节", "件"),
        ("transfer_due_soon", "两日内到期环节", "件"),
    ),
    *of("development", "flow", ("dev_steps_reviewed", "按期规范并经上级审核环节", "步")),
    *of("development", "mark", ("dev_overdue_days", "发展环节最长超期", "天")),
    *of(
        "appraisals",
        "flow",
        ("life_meeting_late", "补开上年组织生活会", "次"),
        ("appraisal_late", "补开上年民主评议", "次"),
        ("appraised_late", "补评上年参评党员", "名"),
        ("appraisable_late", "补评上年应评党员", "名"),
    ),
    # Booked in the month an institution is carried out or falls due; sums of months give any period's rate.
    *(
        measure
        for name, zh in INSTITUTIONS.items()
        for measure in of(
            "institutions",
            "flow",
            (f"{name}_done", f"{zh}已落实", "次"),
            (f"{name}_due", f"{zh}应落实", "次"),
        )
    ),
)

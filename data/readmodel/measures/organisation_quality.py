"""Measures of how a branch stands: records, admissions, dispositions, leadership, venues, visits, stars, projects."""

from __future__ import annotations

from data.readmodel.measures.kinds import Measure, of

MEASURES: tuple[Measure, ...] = (
    *of(
        "members",
        "state",
        ("service_members", "应参加志愿服务党员", "名"),
        ("member_fields", "党员信息应填项", "项"),
        ("member_fields_filled", "党员信息已填项", "项"),
    ),
    *of(
        "development",
        "flow",
        ("dev_steps", "到期发展环节", "步"),
        ("dev_steps_proper", "按期规范完成环节", "步"),
        ("dev_uploads_missing", "材料缺失环节", "步"),
        ("dev_steps_early", "时间不足环节", "步"),
    ),
    *of(
        "development",
        "state",
        ("dev_overdue", "超期发展环节", "步"),
        ("dev_overdue_30", "超期30天发展环节", "步"),
    ),
    *of(
        "dispositions",
        "state",
        ("unqualified_members", "不合格或处置中党员", "名"),
        ("unqualified_overdue", "处置超期党员", "名"),
        ("unqualified_overdue_90", "处置超期90天党员", "名"),
    ),
    *of("terms", "mark", ("vacancy_days", "书记空缺天数", "天")),
    *of(
        "venues",
        "mark",
        ("venue_access", "有阵地可用", "是否"),
        ("venue_inspected", "一年内检查阵地", "是否"),
        ("venue_issues", "阵地未整改问题", "项"),
        ("venue_issues_overdue", "阵地超期未整改问题", "项"),
    ),
    *of(
        "condolence",
        "flow",
        ("condolence_due", "应慰问党员", "名"),
        ("condolence_visited", "已慰问党员", "名"),
    ),
    *of("ratings", "mark", ("stars", "星级", "星"), ("stars_before", "上年星级", "星")),
    *of("ratings", "state", ("weak_lax", "软弱涣散党组织", "个")),
    *of("projects", "mark", ("project_lag", "攻坚项目进度落后", "比例")),
    *of("projects", "state", ("projects_overdue", "超期攻坚项目", "个")),
    *of("logins", "flow", ("login_weeks", "登录达标周", "周")),
    *of("secretaries", "flow", ("secretary_hours", "书记学时", "学时")),
    *of(
        "warnings",
        "flow",
        ("warnings_due", "到期应整改预警", "件"),
        ("warnings_rectified_in_time", "按期整改预警", "件"),
    ),
)

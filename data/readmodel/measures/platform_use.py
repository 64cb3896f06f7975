"""Measures of the platform, the rhythm of organisation life, reminders of development, venues and problem lists."""

from __future__ import annotations

from data.readmodel.measures.kinds import Measure, of

MEASURES: tuple[Measure, ...] = (
    *of(
        "platform",
        "flow",
        ("branch_news", "支部工作信息", "条"),
        ("views", "浏览", "次"),
        ("comments", "评论", "条"),
        ("likes", "点赞", "次"),
    ),
    *of(
        "registrations",
        "state",
        ("app_users", "注册党员", "名"),
        ("app_active", "本月活跃注册党员", "名"),
    ),
    *of("online_study", "state", ("in_service_online", "本月上线学习在职党员", "名")),
    *of(
        "problems",
        "flow",
        ("problems_due", "到期问题", "个"),
        ("problems_closed_in_time", "按期销号问题", "个"),
    ),
    *of(
        "rhythm",
        "mark",
        ("day_of_month", "本月已过天数", "天"),
        ("first_life_day", "本月首次组织生活日序", "日"),
        ("last_life_day", "本月末次组织生活日序", "日"),
    ),
    *of(
        "step_records",
        "flow",
        ("dev_steps_on_time", "按期完成发展环节", "步"),
        ("dev_uploads_due", "应传材料环节", "步"),
    ),
    *of("step_records", "state", ("dev_due_soon", "七日内到期环节", "步")),
    *of(
        "venue_issues",
        "state",
        ("own_venue_issues", "所管阵地待整改项", "项"),
        ("own_venue_issues_overdue", "所管阵地超期待整改项", "项"),
    ),
    *of("birthdays", "current", ("political_birthdays", "今日政治生日党员", "名")),
)

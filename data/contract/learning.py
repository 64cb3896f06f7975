"""Operational tables of group H: learning, exams, resources (学习、考试、资源)."""

from __future__ import annotations

import sqlalchemy as sa

from data.contract.table import column, table

courses = table(
    "courses",
    "线上课程",
    column("course_id", sa.BigInteger, "课程ID", pk=True),
    column("title", sa.String(160), "课程名称"),
    column("course_category", sa.String(24), "内容类别", enum="course_category"),
    column("class_hours", sa.Numeric(4, 1), "学时", unit="class hours"),
    column("batch_no", sa.SmallInteger, "推送期次", null=True, unit="push batch"),
    column("published_on", sa.Date, "发布日期"),
    column("is_required", sa.Boolean, "是否必修", default=False),
    grain="one row per course",
    volume="150 rows, ~150/yr",
)

learning_records = table(
    "learning_records",
    "线上学习记录",
    column("record_id", sa.BigInteger, "主键", pk=True),
    column("member_id", sa.BigInteger, "党员", fk="members.member_id", personal="P1"),
    column("course_id", sa.BigInteger, "课程", fk="courses.course_id"),
    column("started_at", sa.DateTime, "开始学习"),
    column("last_position_s", sa.Integer, "断点位置", unit="seconds (resume point)", default=0),
    column("progress", sa.Numeric(5, 4), "进度", unit="ratio 0-1", default=0),
    column("completed_at", sa.DateTime, "学完时间", null=True),
    column("credited_hours", sa.Numeric(4, 1), "已计学时", unit="class hours", default=0),
    column("channel", sa.String(12), "渠道", unit="app/web/tv"),
    unique=[("member_id", "course_id")],
    grain="one row per member and course",
    volume="~900,000/yr",
)

app_registrations = table(
    "app_registrations",
    "移动端注册",
    column("registration_id", sa.BigInteger, "主键", pk=True),
    column("member_id", sa.BigInteger, "党员", fk="members.member_id", personal="P1"),
    column("app_code", sa.String(20), "应用", unit="mobile_school/member_app/wechat"),
    column("registered_at", sa.DateTime, "注册时间"),
    column("last_active_on", sa.Date, "最近活跃", null=True),
    unique=[("member_id", "app_code")],
    grain="one row per member and app",
    volume="~45,000 rows, ~3,000/yr",
)

exams = table(
    "exams",
    "考试",
    column("exam_id", sa.BigInteger, "考试ID", pk=True),
    column("title", sa.String(120), "名称"),
    column("exam_kind", sa.String(16), "种类: 发展党员机考/在线答题", enum="exam_kind"),
    column("gate_stage", sa.SmallInteger, "对应发展阶段", null=True, unit="2,3,5 for development exams"),
    column("full_score", sa.Numeric(5, 1), "满分", unit="points"),
    column("pass_score", sa.Numeric(5, 1), "及格线", unit="points"),
    column("opened_at", sa.DateTime, "开考"),
    column("closed_at", sa.DateTime, "结束", null=True),
    grain="one row per exam",
    volume="~40/yr",
)

exam_attempts = table(
    "exam_attempts",
    "考试成绩",
    column("attempt_id", sa.BigInteger, "主键", pk=True),
    column("exam_id", sa.BigInteger, "考试", fk="exams.exam_id"),
    column(
        "member_id",
        sa.BigInteger,
        "党员",
        fk="members.member_id",
        null=True,
        personal="P1",
        unit="one of member_id, case_id",
    ),
    column(
        "case_id", sa.BigInteger, "发展对象档案", fk="development_cases.case_id", null=True, personal="P1"
    ),
    column("score", sa.Numeric(5, 1), "得分", personal="P1", unit="points"),
    column("passed", sa.Boolean, "是否通过", personal="P1"),
    column("taken_at", sa.DateTime, "考试时间", index=True),
    grain="one row per attempt",
    volume="~125,000/yr (2,500 development, rest quizzes)",
)

resources = table(
    "resources",
    "资料库",
    column("resource_id", sa.BigInteger, "资源ID", pk=True),
    column(
        "resource_kind",
        sa.String(16),
        "种类: 红色讲师/特色党课/视频党课/书籍/模板/教育基地",
        enum="resource_kind",
    ),
    column("title", sa.String(160), "名称", unit="lecturer name counts as public only if is_public"),
    column("topic", sa.String(24), "主题(处方匹配用)", enum="course_category"),
    column("venue_id", sa.BigInteger, "所在阵地", fk="venues.venue_id", null=True),
    column("class_hours", sa.Numeric(4, 1), "学时", null=True, unit="class hours"),
    column("published_on", sa.Date, "入库日期"),
    column("is_public", sa.Boolean, "是否可对外展示", default=False),
    column("is_active", sa.Boolean, "是否在用", default=True),
    grain="one row per lecturer, lecture, video, book, template or base",
    volume="~700 rows, ~100/yr",
)

resource_bookings = table(
    "resource_bookings",
    "资源预约",
    column("booking_id", sa.BigInteger, "主键", pk=True),
    column("resource_id", sa.BigInteger, "资源", fk="resources.resource_id"),
    column("org_id", sa.BigInteger, "预约党组织", fk="organizations.org_id"),
    column("booked_at", sa.DateTime, "预约时间"),
    column("use_on", sa.Date, "使用日期"),
    column("status", sa.String(12), "状态", unit="booked/used/cancelled", default="booked"),
    column("activity_id", sa.BigInteger, "对应活动", fk="activities.activity_id", null=True),
    grain="one row per booking",
    volume="~6,000/yr",
)

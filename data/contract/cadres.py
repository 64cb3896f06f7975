"""Operational tables of group M: grassroots cadres (基层干部)."""

from __future__ import annotations

import sqlalchemy as sa

from data.contract.table import column, table

cadres = table(
    "cadres",
    "基层干部",
    column("cadre_id", sa.BigInteger, "主键", pk=True),
    column(
        "member_id",
        sa.BigInteger,
        "党员",
        fk="members.member_id",
        null=True,
        personal="P1",
        unit="NULL if not a member",
    ),
    column("name", sa.String(40), "姓名", personal="P1"),
    column("gender", sa.String(1), "性别", personal="P1", unit="M/F"),
    column("birthday", sa.Date, "出生日期", personal="P1"),
    column("education", sa.String(24), "学历", null=True, personal="P1", enum="education"),
    column("division_id", sa.BigInteger, "所在村/社区", fk="divisions.division_id", null=True),
    column(
        "cadre_kind",
        sa.String(20),
        "类别: 村书记/社区书记/两委成员/大学生干部/后备",
        personal="P1",
        enum="cadre_kind",
    ),
    column("is_reserve", sa.Boolean, "是否后备干部", personal="P1", default=False),
    column("reserve_for", sa.String(24), "后备方向", null=True, personal="P1", enum="post_type"),
    column("status", sa.String(10), "状态", unit="active/left", default="active"),
    grain="one row per cadre or reserve cadre",
    volume="~2,500 rows, ~400/yr",
)

cadre_appointments = table(
    "cadre_appointments",
    "干部任职",
    column("appointment_id", sa.BigInteger, "主键", pk=True),
    column("cadre_id", sa.BigInteger, "干部", fk="cadres.cadre_id", personal="P1"),
    column("org_id", sa.BigInteger, "任职党组织", fk="organizations.org_id", null=True),
    column("title", sa.String(60), "职务"),
    column("started_on", sa.Date, "起"),
    column("ended_on", sa.Date, "止", null=True),
    grain="one row per appointment",
    volume="~500/yr",
)

cadre_trainings = table(
    "cadre_trainings",
    "干部培训",
    column("training_id", sa.BigInteger, "主键", pk=True),
    column("cadre_id", sa.BigInteger, "干部", fk="cadres.cadre_id", personal="P1"),
    column("title", sa.String(120), "培训名称"),
    column("class_hours", sa.Numeric(5, 1), "学时", unit="class hours"),
    column("held_on", sa.Date, "日期"),
    grain="one row per cadre and training",
    volume="~6,000/yr",
)

cadre_quarterly_updates = table(
    "cadre_quarterly_updates",
    "干部季度更新",
    column("update_id", sa.BigInteger, "主键", pk=True),
    column("cadre_id", sa.BigInteger, "干部", fk="cadres.cadre_id", personal="P1"),
    column("quarter", sa.String(6), "季度", unit="YYYYQn"),
    column("basic_updated", sa.Boolean, "基本信息已更新", default=False),
    column("post_updated", sa.Boolean, "任职情况已更新", default=False),
    column("training_updated", sa.Boolean, "培训情况已更新", default=False),
    column("performance_updated", sa.Boolean, "履职情况已更新", default=False),
    column("submitted_at", sa.DateTime, "提交时间", null=True),
    unique=[("cadre_id", "quarter")],
    grain="one row per cadre and quarter",
    volume="~10,000/yr",
)

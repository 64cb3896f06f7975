"""Operational tables of group I: contribution and service (作用发挥与服务)."""

from __future__ import annotations

import sqlalchemy as sa

from data.contract.table import NOW, column, table

volunteer_projects = table(
    "volunteer_projects",
    "志愿服务需求",
    column("project_id", sa.BigInteger, "主键", pk=True),
    column("org_id", sa.BigInteger, "发布党组织", fk="organizations.org_id"),
    column("title", sa.String(120), "名称"),
    column("service_kind", sa.String(24), "服务类别", enum="service_kind"),
    column("published_at", sa.DateTime, "发布时间"),
    column("start_on", sa.Date, "开始"),
    column("end_on", sa.Date, "结束", null=True),
    column("slots", sa.Integer, "招募人数", null=True, unit="persons"),
    column("status", sa.String(12), "状态", unit="open/full/done/cancelled", default="open"),
    grain="one row per need published to the whole district",
    volume="~6,000/yr",
)

volunteer_records = table(
    "volunteer_records",
    "志愿服务记录",
    column("record_id", sa.BigInteger, "主键", pk=True),
    column("member_id", sa.BigInteger, "党员", fk="members.member_id", personal="P1"),
    column("project_id", sa.BigInteger, "需求(认领)", fk="volunteer_projects.project_id", null=True),
    column("org_id", sa.BigInteger, "组织方", fk="organizations.org_id"),
    column("service_on", sa.Date, "服务日期", index=True),
    column("hours", sa.Numeric(4, 1), "服务时长", unit="hours"),
    column("sign_method", sa.String(12), "签到方式", null=True, enum="sign_method"),
    column("verified_at", sa.DateTime, "核验时间", null=True, unit="NULL = not counted"),
    column("recorded_at", sa.DateTime, "录入时间", default=NOW),
    column("source_system_id", sa.SmallInteger, "来源系统", fk="source_systems.source_system_id", null=True),
    grain="one row per member and service session",
    volume="~300,000/yr",
)

community_checkins = table(
    "community_checkins",
    "在职党员进社区",
    column("checkin_id", sa.BigInteger, "主键", pk=True),
    column("member_id", sa.BigInteger, "党员", fk="members.member_id", personal="P1"),
    column(
        "division_id", sa.BigInteger, "报到社区", fk="divisions.division_id", unit="kind=community or village"
    ),
    column("checkin_kind", sa.String(12), "报到/服务", unit="register/service"),
    column("occurred_on", sa.Date, "日期"),
    column("recorded_at", sa.DateTime, "录入时间", default=NOW),
    grain="one row per check-in service of an in-service member in a community",
    volume="~60,000/yr",
)

member_deeds = table(
    "member_deeds",
    "党员事迹",
    column("deed_id", sa.BigInteger, "主键", pk=True),
    column("member_id", sa.BigInteger, "党员", fk="members.member_id", personal="P1"),
    column("deed_kind", sa.String(24), "种类: 示范岗/承诺践诺/道德荣誉/…", personal="P1", enum="deed_kind"),
    column("title", sa.String(160), "名称", personal="P1"),
    column("deed_level", sa.String(12), "级别", null=True, enum="honor_level"),
    column("quantity", sa.Numeric(6, 1), "数量", unit="items (default 1)", default=1),
    column("occurred_on", sa.Date, "发生日期"),
    column("verified_by_org_id", sa.BigInteger, "核验组织", fk="organizations.org_id", null=True),
    column("verified_at", sa.DateTime, "核验时间", null=True, unit="NULL = not counted"),
    column("recorded_at", sa.DateTime, "录入时间", default=NOW),
    grain="one row per verified deed or negative record",
    volume="~40,000/yr",
)

member_tasks = table(
    "member_tasks",
    "党组织分配工作",
    column("task_id", sa.BigInteger, "主键", pk=True),
    column("member_id", sa.BigInteger, "党员", fk="members.member_id", personal="P1"),
    column("org_id", sa.BigInteger, "分配组织", fk="organizations.org_id"),
    column("title", sa.String(120), "任务"),
    column("assigned_on", sa.Date, "分配日期"),
    column("due_on", sa.Date, "期限"),
    column("completed_on", sa.Date, "完成日期", null=True),
    column("result", sa.String(10), "结果", null=True, personal="P1", unit="done/failed/refused"),
    grain="one row per task assigned to one member",
    volume="~60,000/yr",
)

member_submissions = table(
    "member_submissions",
    "个人材料提交",
    column("submission_id", sa.BigInteger, "主键", pk=True),
    column("member_id", sa.BigInteger, "党员", fk="members.member_id", personal="P1"),
    column("submission_kind", sa.String(16), "种类", unit="annual_summary/thought_report/pledge"),
    column("period", sa.String(7), "所属期", unit="YYYY, YYYYQn or YYYY-MM"),
    column("submitted_at", sa.DateTime, "提交时间"),
    column("accepted_at", sa.DateTime, "支部审阅时间", null=True),
    grain="one row per submission",
    volume="~55,000/yr",
)

service_requests = table(
    "service_requests",
    "诉求与建言",
    column("request_id", sa.BigInteger, "主键", pk=True),
    column(
        "request_kind", sa.String(16), "种类: 建言献策/有困难找党员/网上党代表工作室", enum="request_kind"
    ),
    column(
        "member_id",
        sa.BigInteger,
        "提出党员",
        fk="members.member_id",
        null=True,
        personal="P1",
        unit="NULL if from the public",
    ),
    column("org_id", sa.BigInteger, "受理组织", fk="organizations.org_id"),
    column("delegate_id", sa.BigInteger, "党代表", fk="party_delegates.delegate_id", null=True),
    column("submitted_at", sa.DateTime, "提出时间"),
    column("answered_at", sa.DateTime, "答复时间", null=True),
    column("is_adopted", sa.Boolean, "是否采纳", null=True),
    grain="one row per suggestion, request for help or message to a delegate studio",
    volume="~5,000/yr",
)

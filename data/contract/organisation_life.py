"""Operational tables of group C: organisation life (组织生活)."""

from __future__ import annotations

import sqlalchemy as sa

from data.contract.table import NOW, column, table

activity_types = table(
    "activity_types",
    "活动类型",
    column("activity_type", sa.String(32), "类型代码", pk=True, enum="activity_type"),
    column("name_zh", sa.String(40), "中文名称"),
    column("is_life", sa.Boolean, "是否计入“过组织生活”", unit="member of LIFE_TYPES"),
    column("is_study", sa.Boolean, "是否计入“理论学习”", unit="member of STUDY_TYPES"),
    column(
        "eight_x_no",
        sa.SmallInteger,
        "“8+x”序号",
        null=True,
        unit="1-8 fixed institutions, 9 = x, NULL = not counted",
    ),
    column("sort_no", sa.SmallInteger, "排序"),
    grain="code table",
    volume="24 rows",
)

activity_requirements = table(
    "activity_requirements",
    "活动频次节点",
    column("requirement_id", sa.BigInteger, "主键", pk=True),
    column("scheme", sa.String(16), "规则体系", enum="scheme"),
    column("activity_type", sa.String(32), "活动类型", fk="activity_types.activity_type"),
    column("org_type", sa.String(24), "适用党组织类别", enum="org_type"),
    column("period_kind", sa.String(8), "周期", unit="month/quarter/half/year"),
    column("required_count", sa.SmallInteger, "规定次数", unit="times per period"),
    column(
        "node_day",
        sa.SmallInteger,
        "时间节点(第几天)",
        null=True,
        unit="day offset from period start when the reminder is due",
    ),
    column("min_full_members", sa.SmallInteger, "适用的最少正式党员数", null=True, unit="persons"),
    column("valid_from", sa.Date, "起"),
    column("valid_to", sa.Date, "止", null=True),
    grain="one row per scheme, activity type and org type: preset nodes and frequency",
    volume="~60 rows",
)

activities = table(
    "activities",
    "党组织活动",
    column("activity_id", sa.BigInteger, "活动ID", pk=True),
    column(
        "org_id",
        sa.BigInteger,
        "主办党组织",
        fk="organizations.org_id",
        unit="branch, party_group or committee",
    ),
    column("activity_type", sa.String(32), "活动类型", fk="activity_types.activity_type"),
    column("title", sa.String(160), "主题"),
    column("status", sa.String(12), "状态", enum="activity_status"),
    column("plan_start_at", sa.DateTime, "计划开始", null=True),
    column("started_at", sa.DateTime, "实际开始", index=True, null=True, unit="NOT NULL when held"),
    column("ended_at", sa.DateTime, "实际结束", null=True),
    column(
        "period_month",
        sa.String(7),
        "归属月份",
        index=True,
        unit="YYYY-MM = month of started_at (else plan_start_at)",
    ),
    column("is_online", sa.Boolean, "是否线上", default=False),
    column("is_deliberation", sa.Boolean, "是否包含民主协商议事", default=False),
    column("deliberation_items", sa.SmallInteger, "议事事项数", null=True, unit="matters"),
    column("class_hours", sa.Numeric(4, 1), "学时", null=True, unit="class hours (学时)"),
    column("required_count", sa.Integer, "应到人数", null=True, unit="persons, roster snapshot"),
    column("host_member_id", sa.BigInteger, "主持人", fk="members.member_id", null=True, personal="P1"),
    column("speaker_member_id", sa.BigInteger, "主讲党员", fk="members.member_id", null=True, personal="P1"),
    column("resource_id", sa.BigInteger, "使用的讲师/党课/视频", fk="resources.resource_id", null=True),
    column("venue_id", sa.BigInteger, "阵地", fk="venues.venue_id", null=True),
    column("place_text", sa.String(120), "地点", null=True),
    column("media_count", sa.SmallInteger, "图片视频数", unit="files", default=0),
    column("summary", sa.Text, "纪要", null=True, personal="P1", unit="may contain names"),
    column(
        "recorded_at",
        sa.DateTime,
        "录入时间(不得补录判断依据)",
        index=True,
        unit="server time of first save as held",
        default=NOW,
    ),
    column("recorded_by_account_id", sa.BigInteger, "录入账号", fk="admin_accounts.account_id", null=True),
    column("source_system_id", sa.SmallInteger, "来源系统", fk="source_systems.source_system_id", null=True),
    grain="one row per activity of one organization",
    volume="~155,000/yr",
)

activity_tags = table(
    "activity_tags",
    "活动标记",
    column("activity_tag_id", sa.BigInteger, "主键", pk=True),
    column("activity_id", sa.BigInteger, "活动", fk="activities.activity_id"),
    column("tag", sa.String(32), "标记(如 两学一做/主题教育)"),
    unique=[("activity_id", "tag")],
    grain="one row per activity and tag",
    volume="~200,000/yr",
)

attendances = table(
    "attendances",
    "签到",
    column("attendance_id", sa.BigInteger, "主键", pk=True),
    column("activity_id", sa.BigInteger, "活动", fk="activities.activity_id"),
    column("member_id", sa.BigInteger, "党员", fk="members.member_id", personal="P1"),
    column("is_required", sa.Boolean, "是否应到", unit="roster snapshot by category", default=True),
    column("status", sa.String(8), "出席/请假/缺席", personal="P1", enum="attendance_status"),
    column("sign_method", sa.String(12), "签到方式", null=True, enum="sign_method"),
    column("signed_at", sa.DateTime, "签到时间", null=True, unit="device clock"),
    column(
        "recorded_at",
        sa.DateTime,
        "入库时间(不得补录判断依据)",
        index=True,
        unit="server receipt time",
        default=NOW,
    ),
    column("device_code", sa.String(40), "签到终端", null=True),
    column("leave_reason", sa.String(100), "请假原因", null=True, personal="P1"),
    unique=[("activity_id", "member_id")],
    grain="one row per activity and member on the roster",
    volume="~2,070,000/yr",
)

heart_talks = table(
    "heart_talks",
    "谈心谈话",
    column("talk_id", sa.BigInteger, "主键", pk=True),
    column("org_id", sa.BigInteger, "支部", fk="organizations.org_id"),
    column("initiator_member_id", sa.BigInteger, "谈话人", fk="members.member_id", personal="P1"),
    column("partner_member_id", sa.BigInteger, "谈话对象", fk="members.member_id", personal="P1"),
    column("talked_on", sa.Date, "谈话日期"),
    column("recorded_at", sa.DateTime, "录入时间", default=NOW),
    grain="one row per recorded talk",
    volume="~60,000/yr",
)

condolence_visits = table(
    "condolence_visits",
    "走访慰问",
    column("visit_id", sa.BigInteger, "主键", pk=True),
    column("org_id", sa.BigInteger, "慰问组织", fk="organizations.org_id"),
    column("member_id", sa.BigInteger, "慰问对象", fk="members.member_id", personal="P1"),
    column("reason", sa.String(20), "慰问事由", personal="P2", enum="condolence_reason"),
    column("visited_on", sa.Date, "慰问日期"),
    column("amount", sa.Numeric(10, 2), "慰问金额", null=True, personal="P2", unit="CNY"),
    column("recorded_at", sa.DateTime, "录入时间", default=NOW),
    grain="one row per visit to one member",
    volume="~8,000/yr",
)

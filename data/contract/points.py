"""Operational tables of group K: points, diagnosis, warnings (积分、诊疗、预警、问题、通知)."""

from __future__ import annotations

import sqlalchemy as sa

from data.contract.table import NOW, column, table

point_rules = table(
    "point_rules",
    "积分规则",
    column("rule_id", sa.Integer, "规则ID", pk=True),
    column("scheme", sa.String(16), "规则体系", enum="scheme"),
    column("indicator_id", sa.String(40), "对应指标", unit="id in indicators.md"),
    column("points", sa.Numeric(6, 2), "每单位分值", unit="points per unit, may be negative"),
    column("unit_kind", sa.String(12), "计分单位", unit="time/month/hour/item/grade"),
    column("cap_month", sa.Numeric(6, 2), "月封顶", null=True, unit="points"),
    column("cap_year", sa.Numeric(6, 2), "年封顶", null=True, unit="points"),
    column("valid_from", sa.Date, "起"),
    column("valid_to", sa.Date, "止", null=True),
    grain="one row per scoring rule version",
    volume="~120 rows",
)

point_entries = table(
    "point_entries",
    "积分台账",
    column("entry_id", sa.BigInteger, "主键", pk=True),
    column("scheme", sa.String(16), "规则体系", enum="scheme"),
    column("subject_type", sa.String(8), "对象", unit="member/org"),
    column("member_id", sa.BigInteger, "党员", fk="members.member_id", null=True, personal="P1"),
    column("org_id", sa.BigInteger, "党组织", fk="organizations.org_id", unit="branch at occurred_on"),
    column("rule_id", sa.Integer, "规则", fk="point_rules.rule_id"),
    column("points", sa.Numeric(8, 2), "分值", personal="P1", unit="points, may be negative"),
    column("occurred_on", sa.Date, "发生日期", index=True),
    column("period_month", sa.String(7), "归属月份", index=True, unit="YYYY-MM"),
    column("source_table", sa.String(40), "来源表", unit="table name"),
    column("source_id", sa.BigInteger, "来源记录", unit="PK in source_table"),
    column("reversal_of", sa.BigInteger, "冲销的分录", fk="point_entries.entry_id", null=True),
    column("recorded_at", sa.DateTime, "入账时间", default=NOW),
    grain="append-only ledger, one row per awarded or reversed score",
    volume="~2,900,000/yr",
)

diagnosis_reports = table(
    "diagnosis_reports",
    "诊疗/锋领指数报告",
    column("report_id", sa.BigInteger, "主键", pk=True),
    column(
        "report_kind",
        sa.String(16),
        "党员锋领指数报告/支部党建诊疗报告",
        unit="member_index/branch_diagnosis",
    ),
    column("period_month", sa.String(7), "月份", unit="YYYY-MM"),
    column("member_id", sa.BigInteger, "党员", fk="members.member_id", null=True, personal="P1"),
    column("org_id", sa.BigInteger, "支部", fk="organizations.org_id"),
    column("generated_at", sa.DateTime, "生成时间"),
    column("pushed_at", sa.DateTime, "推送时间", null=True),
    column("opened_at", sa.DateTime, "打开时间", null=True),
    unique=[("report_kind", "period_month", "member_id", "org_id")],
    grain="one row per subject and month",
    volume="~628,000/yr",
)

warnings = table(
    "warnings",
    "预警",
    column("warning_id", sa.BigInteger, "预警ID", pk=True),
    column("indicator_id", sa.String(40), "指标", unit="id in indicators.md"),
    column("level", sa.String(8), "黄灯/红灯", unit="yellow/red"),
    column("subject_type", sa.String(8), "对象", unit="member/org"),
    column("member_id", sa.BigInteger, "党员", fk="members.member_id", null=True, personal="P1"),
    column(
        "org_id",
        sa.BigInteger,
        "党组织",
        fk="organizations.org_id",
        unit="branch of the member, or the organization itself",
    ),
    column("period", sa.String(7), "所属期", unit="YYYY-MM or YYYYQn or YYYY"),
    column("value", sa.Numeric(14, 4), "指标值", null=True, unit="indicator value"),
    column("raised_at", sa.DateTime, "亮灯时间", index=True),
    column("pushed_at", sa.DateTime, "推送时间", null=True),
    column("push_channel", sa.String(12), "推送渠道", null=True, unit="sms/wechat/app"),
    column("acknowledged_at", sa.DateTime, "确认时间", null=True),
    column(
        "acknowledged_by_account_id", sa.BigInteger, "确认人账号", fk="admin_accounts.account_id", null=True
    ),
    column("rectify_due_on", sa.Date, "整改期限", null=True),
    column("rectified_at", sa.DateTime, "整改完成时间", null=True),
    column("rectify_note", sa.String(300), "整改说明", null=True, personal="P1", unit="may contain names"),
    column("verified_at", sa.DateTime, "上级核验时间", null=True),
    column("verified_by_org_id", sa.BigInteger, "核验组织", fk="organizations.org_id", null=True),
    column("state", sa.String(14), "状态", enum="warning_state"),
    unique=[("indicator_id", "subject_type", "member_id", "org_id", "period")],
    grain="one row per indicator, subject and period",
    volume="~18,000/yr",
)

problem_items = table(
    "problem_items",
    "问题清单",
    column("problem_id", sa.BigInteger, "主键", pk=True),
    column("org_id", sa.BigInteger, "党组织", fk="organizations.org_id"),
    column("quarter", sa.String(6), "季度", unit="YYYYQn"),
    column("problem_kind", sa.String(20), "类别: 组织生活/组织设置/队伍/阵地/其他", enum="problem_kind"),
    column("description", sa.String(300), "问题"),
    column("indicator_id", sa.String(40), "来源指标", null=True),
    column("issued_at", sa.DateTime, "反馈时间"),
    column("due_on", sa.Date, "整改期限"),
    column("resolved_at", sa.DateTime, "销号时间", null=True),
    grain="one row per problem fed back to an organization",
    volume="~1,200/yr",
)

notifications = table(
    "notifications",
    "通知提醒",
    column("notification_id", sa.BigInteger, "主键", pk=True),
    column("notify_kind", sa.String(20), "种类", enum="notify_kind"),
    column("channel", sa.String(12), "渠道", unit="sms/wechat/app"),
    column("member_id", sa.BigInteger, "接收党员", fk="members.member_id", null=True, personal="P1"),
    column("account_id", sa.BigInteger, "接收账号", fk="admin_accounts.account_id", null=True),
    column("ref_table", sa.String(40), "关联表", null=True),
    column("ref_id", sa.BigInteger, "关联记录", null=True),
    column("sent_at", sa.DateTime, "发送时间", index=True),
    column("delivered_at", sa.DateTime, "送达时间", null=True),
    grain="one row per message sent",
    volume="~1,500,000/yr",
)

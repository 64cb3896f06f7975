"""Operational tables of group G: floating and lost-contact members (流动、失联)."""

from __future__ import annotations

import sqlalchemy as sa

from data.contract.table import column, table

floating_registrations = table(
    "floating_registrations",
    "流动党员登记",
    column("floating_id", sa.BigInteger, "主键", pk=True),
    column("member_id", sa.BigInteger, "党员", fk="members.member_id", personal="P1"),
    column("direction", sa.String(4), "流出/流入", unit="out/in"),
    column(
        "branch_org_id",
        sa.BigInteger,
        "责任支部",
        fk="organizations.org_id",
        unit="branch responsible in this district",
    ),
    column("started_on", sa.Date, "流动起"),
    column("ended_on", sa.Date, "流动止", null=True),
    column(
        "place_region", sa.String(12), "流入地/来源地", null=True, personal="P1", unit="province/city code"
    ),
    column("host_org_name", sa.String(120), "对方党组织", null=True, personal="P1"),
    column("certificate_no", sa.String(40), "流动党员活动证号", null=True, personal="P1"),
    grain="one row per outflow/inflow period",
    volume="~3,500 open, ~1,500/yr",
)

floating_reports = table(
    "floating_reports",
    "流动党员汇报",
    column("report_id", sa.BigInteger, "主键", pk=True),
    column("member_id", sa.BigInteger, "党员", fk="members.member_id", personal="P1"),
    column("branch_org_id", sa.BigInteger, "审核支部", fk="organizations.org_id"),
    column("quarter", sa.String(6), "季度", index=True, unit="YYYYQn, e.g. 2026Q1"),
    column("report_kind", sa.String(16), "种类: 活动证明/思想汇报", unit="activity_proof/thought_report"),
    column("submitted_at", sa.DateTime, "提交时间"),
    column("reviewed_at", sa.DateTime, "审核时间", null=True),
    column("review_result", sa.String(10), "审核结论", null=True, unit="approve/return"),
    unique=[("member_id", "quarter", "report_kind")],
    grain="one row per member, quarter and kind",
    volume="~28,000/yr",
)

lost_contact_cases = table(
    "lost_contact_cases",
    "失联党员",
    column("case_id", sa.BigInteger, "主键", pk=True),
    column("member_id", sa.BigInteger, "党员", fk="members.member_id", personal="P1"),
    column("branch_org_id", sa.BigInteger, "责任支部", fk="organizations.org_id"),
    column("lost_since", sa.Date, "失联起"),
    column("registered_on", sa.Date, "立案日期"),
    column("status", sa.String(12), "状态", personal="P1", enum="lost_status"),
    column("found_on", sa.Date, "找到日期", null=True),
    column("integrated_org_id", sa.BigInteger, "纳入管理的党组织", fk="organizations.org_id", null=True),
    column(
        "suspended_on", sa.Date, "停止党籍日期", null=True, personal="P1", unit="≥6 months after lost_since"
    ),
    column("removed_on", sa.Date, "除名日期", null=True, personal="P1", unit="≥2 years after suspended_on"),
    grain="one row per case of lost contact",
    volume="~350 in total, ~40/yr",
)

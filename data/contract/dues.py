"""Operational tables of group D: dues (党费)."""

from __future__ import annotations

import sqlalchemy as sa

from data.contract.table import NOW, column, table

dues_obligations = table(
    "dues_obligations",
    "应缴党费",
    column("obligation_id", sa.BigInteger, "主键", pk=True),
    column("member_id", sa.BigInteger, "党员", fk="members.member_id", personal="P1"),
    column("branch_org_id", sa.BigInteger, "收缴支部", fk="organizations.org_id", unit="at month start"),
    column("dues_month", sa.String(7), "所属月份", index=True, unit="YYYY-MM"),
    column("basis_type", sa.String(20), "计缴类型", personal="P2", enum="dues_basis"),
    column(
        "base_amount",
        sa.Numeric(12, 2),
        "计缴基数",
        null=True,
        personal="P2",
        unit="CNY per month, after tax",
    ),
    column("rate", sa.Numeric(6, 4), "比例", null=True, personal="P2", unit="ratio (0.0050 = 0.5%)"),
    column("payable_amount", sa.Numeric(10, 2), "应缴金额(0 = 免缴)", personal="P2", unit="CNY"),
    column("exempt_reason", sa.String(60), "减免原因", null=True, personal="P2"),
    column("due_on", sa.Date, "缴纳期限", unit="last day of month"),
    unique=[("member_id", "dues_month")],
    grain="one row per member and month",
    volume="600,000/yr",
)

dues_payments = table(
    "dues_payments",
    "党费缴纳",
    column("payment_id", sa.BigInteger, "主键", pk=True),
    column("member_id", sa.BigInteger, "党员", fk="members.member_id", personal="P1"),
    column("amount", sa.Numeric(10, 2), "实缴金额", personal="P2", unit="CNY"),
    column("paid_at", sa.DateTime, "缴纳时间", index=True),
    column("channel", sa.String(12), "渠道", enum="pay_channel"),
    column("payer_kind", sa.String(12), "缴纳方式", unit="self/family/other_member", default="self"),
    column("recorded_at", sa.DateTime, "登记时间", default=NOW),
    grain="one row per payment",
    volume="~560,000/yr",
)

dues_payment_allocations = table(
    "dues_payment_allocations",
    "党费核销",
    column("allocation_id", sa.BigInteger, "主键", pk=True),
    column("payment_id", sa.BigInteger, "缴纳", fk="dues_payments.payment_id"),
    column("obligation_id", sa.BigInteger, "应缴", fk="dues_obligations.obligation_id"),
    column("amount", sa.Numeric(10, 2), "核销金额", personal="P2", unit="CNY"),
    column("is_makeup", sa.Boolean, "是否补缴", unit="paid_at after due_on", default=False),
    unique=[("payment_id", "obligation_id")],
    grain="one row per payment and covered month",
    volume="~600,000/yr",
)

dues_ledger_entries = table(
    "dues_ledger_entries",
    "党费账目",
    column("entry_id", sa.BigInteger, "主键", pk=True),
    column("org_id", sa.BigInteger, "记账组织", fk="organizations.org_id"),
    column("entry_on", sa.Date, "记账日期"),
    column("period_month", sa.String(7), "归属月份", index=True, unit="YYYY-MM"),
    column("entry_kind", sa.String(20), "科目", enum="ledger_kind"),
    column("direction", sa.String(4), "收/支", unit="in/out"),
    column("amount", sa.Numeric(12, 2), "金额", unit="CNY"),
    column("counterparty_org_id", sa.BigInteger, "对方组织(上缴/下拨)", fk="organizations.org_id", null=True),
    column("summary", sa.String(120), "摘要", null=True),
    column("recorded_at", sa.DateTime, "登记时间", default=NOW),
    grain="one row per ledger line of one organization (支部—党委—区委)",
    volume="~48,000/yr",
)

"""Operational tables of group E: transfers (组织关系转接)."""

from __future__ import annotations

import sqlalchemy as sa

from data.contract.table import column, table

transfers = table(
    "transfers",
    "组织关系转接单",
    column("transfer_id", sa.BigInteger, "转接ID", pk=True),
    column(
        "member_id",
        sa.BigInteger,
        "党员",
        fk="members.member_id",
        null=True,
        personal="P1",
        unit="NULL until an incoming member is registered",
    ),
    column("direction", sa.String(12), "方向: 区内/转入/转出", enum="transfer_direction"),
    column(
        "from_org_id",
        sa.BigInteger,
        "转出支部",
        fk="organizations.org_id",
        null=True,
        unit="NULL if from outside",
    ),
    column(
        "to_org_id",
        sa.BigInteger,
        "转入支部",
        fk="organizations.org_id",
        null=True,
        unit="NULL if to outside",
    ),
    column("external_org_name", sa.String(120), "外地党组织名称", null=True, personal="P1"),
    column("external_region", sa.String(12), "外地区域代码", null=True, unit="province/city code"),
    column("reason", sa.String(20), "转接原因", enum="transfer_reason"),
    column("applied_at", sa.DateTime, "申请/登记时间"),
    column("letter_no", sa.String(40), "介绍信编号", null=True, personal="P1"),
    column("letter_issued_on", sa.Date, "开具日期", null=True),
    column("letter_valid_until", sa.Date, "有效期至", null=True, unit="≤ letter_issued_on + 90 days"),
    column("state", sa.String(16), "状态", enum="transfer_state", default="draft"),
    column("completed_at", sa.DateTime, "办结时间", null=True, unit="accepted by receiving branch"),
    column("receipt_on", sa.Date, "回执日期", null=True),
    grain="one row per application",
    volume="~4,000/yr",
)

transfer_steps = table(
    "transfer_steps",
    "转接审批环节",
    column("step_id", sa.BigInteger, "主键", pk=True),
    column("transfer_id", sa.BigInteger, "转接单", fk="transfers.transfer_id"),
    column("step_seq", sa.SmallInteger, "序号", unit="1..n"),
    column("step_type", sa.String(24), "环节", enum="transfer_step_type"),
    column("handler_org_id", sa.BigInteger, "办理组织", fk="organizations.org_id"),
    column("opened_at", sa.DateTime, "到达时间", null=True, unit="when it became pending"),
    column("due_at", sa.DateTime, "办理时限", null=True, unit="opened_at + limit"),
    column("decided_at", sa.DateTime, "办结时间", null=True),
    column("decision", sa.String(10), "结论", null=True, unit="approve/reject/return"),
    column("account_id", sa.BigInteger, "办理账号", fk="admin_accounts.account_id", null=True),
    unique=[("transfer_id", "step_seq")],
    grain="one row per level of approval",
    volume="~18,000/yr",
)

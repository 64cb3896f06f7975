"""Operational tables of group B: accounts, sources, closing (账号、来源系统、月结)."""

from __future__ import annotations

import sqlalchemy as sa

from data.contract.table import column, table

source_systems = table(
    "source_systems",
    "来源系统",
    column("source_system_id", sa.SmallInteger, "主键", pk=True),
    column(
        "code",
        sa.String(32),
        "系统代码",
        unique=True,
        unit="e.g. core, public_account, volunteer_app, mobile_school",
    ),
    column("name", sa.String(60), "系统名称"),
    column("last_sync_at", sa.DateTime, "最近同步时间", null=True),
    grain="one row per connected system",
    volume="5 rows",
)

admin_accounts = table(
    "admin_accounts",
    "管理账号",
    column("account_id", sa.BigInteger, "账号ID", pk=True),
    column("org_id", sa.BigInteger, "所属党组织", fk="organizations.org_id"),
    column(
        "parent_account_id",
        sa.BigInteger,
        "主账号",
        fk="admin_accounts.account_id",
        null=True,
        unit="NULL for main",
    ),
    column("account_kind", sa.String(8), "主账号/子账号", unit="main / sub; exactly 1 enabled main per org"),
    column("module_scope", sa.Text, "功能模块权限", unit="JSON array of module codes"),
    column("member_id", sa.BigInteger, "使用人", fk="members.member_id", null=True, personal="P1"),
    column("is_enabled", sa.Boolean, "是否启用", default=True),
    grain="one row per administrator account",
    volume="~5,700 rows, ~600/yr",
)

account_logins = table(
    "account_logins",
    "登录日志",
    column("login_id", sa.BigInteger, "主键", pk=True),
    column("account_id", sa.BigInteger, "账号", fk="admin_accounts.account_id"),
    column("logged_in_at", sa.DateTime, "登录时间", index=True),
    column("channel", sa.String(12), "渠道", unit="web/app/wechat"),
    column("ip_hash", sa.String(64), "IP摘要", null=True, personal="P2"),
    grain="one row per successful login",
    volume="~400,000/yr",
)

month_closings = table(
    "month_closings",
    "月结",
    column("closing_id", sa.BigInteger, "主键", pk=True),
    column("period_month", sa.String(7), "月份", unit="YYYY-MM"),
    column("version_no", sa.SmallInteger, "版本", unit="1 = first publication"),
    column("frozen_at", sa.DateTime, "证据截止时点", unit="= 1st of next month 00:00:00"),
    column("published_at", sa.DateTime, "发布时间", null=True, unit="about the 5th"),
    column("status", sa.String(12), "状态", unit="frozen/published/corrected"),
    column("reason", sa.String(200), "更正原因", null=True, unit="for version_no > 1"),
    unique=[("period_month", "version_no")],
    grain="one row per closed month and version",
    volume="12/yr (+ corrections)",
)

data_volume_snapshots = table(
    "data_volume_snapshots",
    "数据量快照",
    column("snapshot_id", sa.BigInteger, "主键", pk=True),
    column("table_name", sa.String(64), "表名"),
    column("snapshot_on", sa.Date, "日期"),
    column("row_total", sa.BigInteger, "记录数", unit="rows, not soft-deleted"),
    unique=[("table_name", "snapshot_on")],
    grain="one row per operational table per day",
    volume="~26,000/yr",
)

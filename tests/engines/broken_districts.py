"""Statements that fill a small district and then break it: rows and structure, with what `check` must say."""

from __future__ import annotations

import sqlalchemy as sa

from data.contract.findings import Severity
from data.engine import MYSQL_KINDS
from tests.engines.deletion import deletion

# Said in each engine's words by `harm`: a soft deletion, a dropped index, a dropped unique index.
DELETED, INDEX, UNIQUE = "DELETED {} {}", "DROPPED {} {}", "DOUBLED {}"

ORG = (
    "INSERT INTO organizations (org_id, org_code, name, short_name, org_type, parent_org_id, path, depth, "
    "sector, established_on) VALUES ({0}, 'c{0}', 'n', 'n', '{1}', {2}, '/', 0, 'village', '2001-01-01')"
)
MEMBER = (
    "INSERT INTO members (member_id, member_no, name, gender, joined_on) "
    "VALUES ({0}, 'm{0}', '党员', 'F', '2010-01-01')"
)
MEMBERSHIP = (
    "INSERT INTO memberships (member_id, branch_org_id, started_on, start_reason) "
    "VALUES ({0}, {1}, '2020-01-01', 'admitted')"
)
TYPE = (
    "INSERT INTO activity_types (activity_type, name_zh, is_life, is_study, sort_no) "
    "VALUES ('theme_party_day', '主题党日', {true}, {false}, 1)"
)
ACTIVITY = (
    "INSERT INTO activities (activity_id, org_id, activity_type, title, status, started_at, period_month) "
    "VALUES ({0}, 2, 'theme_party_day', 't', 'held', '2026-05-03 09:00:00.000000', '2026-05')"
)
ATTENDANCE = (
    "INSERT INTO attendances (attendance_id, activity_id, member_id, status, sign_method, signed_at) "
    "VALUES ({0}, 10, {1}, 'present', 'qr', '2026-05-03 09:00:00.000000')"
)
OBLIGATION = (
    "INSERT INTO dues_obligations (obligation_id, member_id, branch_org_id, dues_month, basis_type, "
    "payable_amount, due_on) VALUES ({0}, {1}, 2, '2026-05', 'retired', 10, '2026-05-31')"
)
PAYMENT = (
    "INSERT INTO dues_payments (payment_id, member_id, amount, paid_at, channel) "
    "VALUES (40, 5, 10, '2026-05-04 10:00:00.000000', 'mobile')"
)
ALLOCATION = "INSERT INTO dues_payment_allocations (payment_id, obligation_id, amount) VALUES (40, 30, {0})"
TRANSFER = (
    "INSERT INTO transfers (transfer_id, direction, reason, applied_at, state) "
    "VALUES (50, 'within', 'job_change', '2026-05-01 08:00:00.000000', 'pending')"
)
STEP = (
    "INSERT INTO transfer_steps (step_id, transfer_id, step_seq, step_type, handler_org_id, opened_at, "
    "decided_at, decision) VALUES ({0}, 50, {1}, 'branch_register', 2, '{2}', '{3}', '{4}')"
)

DISTRICT = [
    ORG.format(1, "district_committee", "NULL"),
    ORG.format(2, "branch", 1),
    ORG.format(3, "branch", 1),
    MEMBER.format(5),
    MEMBER.format(6),
    MEMBERSHIP.format(5, 2),
    MEMBERSHIP.format(6, 3),
    ACTIVITY.format(10),
    ATTENDANCE.format(20, 5),
    OBLIGATION.format(30, 5),
    PAYMENT,
    ALLOCATION.format(10),
    TRANSFER,
    STEP.format(60, 1, "2026-05-01 08:00:00.000000", "2026-05-02 08:00:00.000000", "approve"),
    STEP.format(61, 2, "2026-05-02 08:00:00.000000", "2026-05-02 09:00:00.000000", "approve"),
]

# What is done to the good district → code, place, number of rows, a sample key.
BROKEN_ROWS = [
    ([ORG.format(9, "branch", "NULL")], "several-roots", "organizations", 2, "9"),
    (["UPDATE organizations SET parent_org_id = 2 WHERE org_id = 1"], "no-root", "organizations", 0, None),
    (
        [
            ORG.format(8, "general_branch", 9),
            ORG.format(9, "general_branch", 8),
        ],
        "cyclic-tree",
        "organizations",
        2,
        "8",
    ),
    ([ORG.format(9, "branch", 2)], "branch-below-branch", "organizations", 1, "9"),
    ([ORG.format(9, "party_group", 1)], "group-not-below-branch", "organizations", 1, "9"),
    (
        ["UPDATE organizations SET dissolved_on = '2000-01-01' WHERE org_id = 3"],
        "dissolved-before-founded",
        "organizations",
        1,
        "3",
    ),
    ([MEMBERSHIP.format(5, 3)], "two-open-memberships", "memberships", 1, "5"),
    ([MEMBERSHIP.format(5, 3)], "overlapping-periods", "memberships", 1, "3"),
    ([DELETED.format("memberships", "member_id = 6")], "member-without-branch", "members", 1, "6"),
    (
        ["UPDATE members SET full_member_on = '2009-01-01' WHERE member_id = 6"],
        "full-before-joining",
        "members",
        1,
        "6",
    ),
    (
        ["UPDATE activities SET started_at = '2099-05-03 09:00:00.000000'"],
        "future-activity",
        "activities",
        1,
        "10",
    ),
    (
        ["UPDATE attendances SET signed_at = '2099-05-03 09:00:00.000000'"],
        "future-sign-in",
        "attendances",
        1,
        "20",
    ),
    (
        ["UPDATE dues_payments SET paid_at = '2099-05-03 09:00:00.000000'"],
        "future-payment",
        "dues_payments",
        1,
        "40",
    ),
    (["UPDATE activities SET started_at = NULL"], "held-without-start", "activities", 1, "10"),
    (["UPDATE activities SET period_month = '2026-06'"], "wrong-period-month", "activities", 1, "10"),
    (["UPDATE attendances SET signed_at = NULL"], "sign-in-without-time", "attendances", 1, "20"),
    ([ATTENDANCE.format(21, 6)], "required-stranger", "attendances", 1, "21"),
    (
        ["UPDATE dues_payment_allocations SET amount = 10.01"],
        "allocated-above-paid",
        "dues_payments",
        1,
        "40",
    ),
    (
        ["UPDATE dues_obligations SET payable_amount = 0"],
        "exempt-without-reason",
        "dues_obligations",
        1,
        "30",
    ),
    (
        ["UPDATE transfer_steps SET decision = 'reject' WHERE step_id = 60"],
        "transfer-step-order",
        "transfer_steps",
        1,
        "61",
    ),
    ([ATTENDANCE.format(21, 77)], "orphan-row", "attendances.member_id", 1, "21"),
    (["UPDATE attendances SET sign_method = 'fax'"], "unknown-code", "attendances.sign_method", 1, "fax"),
    (
        [UNIQUE.format("dues_obligations_member_id_dues_month"), OBLIGATION.format(31, 5)],
        "duplicate-key",
        "dues_obligations.member_id,dues_month",
        1,
        "30",
    ),
]

BROKEN_STRUCTURE = [
    ("DROP TABLE posts", "missing-table", "posts", Severity.NOTE),
    ("DROP TABLE attendances", "missing-table", "attendances", Severity.BLOCKS),
    ("ALTER TABLE venues DROP COLUMN area_sqm", "missing-column", "venues.area_sqm", Severity.NOTE),
    (
        "ALTER TABLE activities DROP COLUMN class_hours",
        "missing-column",
        "activities.class_hours",
        Severity.BLOCKS,
    ),
    (INDEX.format("ix_activities_changes", "activities"), "missing-index", "activities", Severity.NOTE),
    (
        INDEX.format("rx_activities_org_id_period_month", "activities"),
        "missing-index",
        "activities",
        Severity.NOTE,
    ),
]


def harm(engine: sa.Engine, statement: str) -> str:
    """One statement above for this engine; empty where there is nothing to be done."""
    kind, *rest = statement.split(" ", 2)
    mysql, sqlite = engine.dialect.name in MYSQL_KINDS, engine.dialect.name == "sqlite"
    if kind == "DELETED":
        return deletion(engine, *rest)
    if kind == "DROPPED":
        return f"DROP INDEX {rest[0]} ON {rest[1]}" if mysql else f"DROP INDEX {rest[0]}"
    if kind == "DOUBLED":
        return "" if mysql else f"DROP INDEX ux_{rest[0]}"
    return statement.replace("{true}", "1" if sqlite else "true").replace(
        "{false}", "0" if sqlite else "false"
    )

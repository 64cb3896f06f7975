"""Rows of an operational database as plain dicts: how they are written, read back, and what they lack filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from data.contract import METADATA

Row = dict[str, Any]
Rows = dict[str, list[Row]]

# Every table some measure is counted from; the naive side reads all of them completely.
READ = (
    "account_logins",
    "activities",
    "admin_accounts",
    "app_registrations",
    "appraisal_results",
    "appraisals",
    "attendances",
    "community_checkins",
    "condolence_visits",
    "development_cases",
    "development_documents",
    "development_step_defs",
    "development_steps",
    "divisions",
    "dues_ledger_entries",
    "dues_obligations",
    "dues_payment_allocations",
    "dues_payments",
    "exam_attempts",
    "exams",
    "floating_reports",
    "heart_talks",
    "honors",
    "learning_records",
    "lost_contact_cases",
    "member_category_history",
    "member_deeds",
    "member_dispositions",
    "member_state_history",
    "member_submissions",
    "member_tasks",
    "members",
    "memberships",
    "month_closings",
    "org_ratings",
    "org_terms",
    "organization_parent_history",
    "organizations",
    "party_posts",
    "point_entries",
    "point_rules",
    "post_interactions",
    "post_view_daily",
    "posts",
    "problem_items",
    "secretary_projects",
    "service_requests",
    "transfer_steps",
    "transfers",
    "venue_inspections",
    "venues",
    "volunteer_records",
    "warnings",
)


def complete(table: sa.Table, row: Mapping[str, Any]) -> Row:
    """The row with every column: what is needed and not given gets a value that means nothing."""
    return {column.name: row.get(column.name, _meaningless(column, row)) for column in table.c}


def _meaningless(column: sa.Column[Any], row: Mapping[str, Any]) -> Any:
    if column.name in ("created_at", "recorded_at"):
        return row.get("updated_at", datetime(2020, 1, 1))
    if column.nullable or column.name == "deleted_at":
        return None
    if isinstance(column.type, sa.Boolean):
        return False
    if isinstance(column.type, sa.DateTime):
        return datetime(2020, 1, 1)
    if isinstance(column.type, sa.Date):
        return date(2020, 1, 1)
    if isinstance(column.type, sa.String):
        # Unique codes stay unique: the key is part of them.
        return f"{next(iter(row.values()))}"
    return 0


def write(connection: sa.Connection, rows: Mapping[str, Sequence[Row]]) -> None:
    """Insert the rows of every table."""
    for name, found in rows.items():
        if found:
            table = METADATA.tables[name]
            connection.execute(table.insert(), [complete(table, row) for row in found])


def read_all(engine: sa.Engine) -> Rows:
    """Every row of every table a measure reads, deleted ones too."""
    with engine.connect() as connection:
        return {
            name: [dict(row._mapping) for row in connection.execute(sa.select(METADATA.tables[name]))]
            for name in READ
        }


def next_key(connection: sa.Connection, name: str) -> int:
    """A primary key nobody has yet."""
    key = next(iter(METADATA.tables[name].primary_key))
    highest = connection.execute(sa.select(sa.func.max(key))).scalar_one()
    return (highest or 0) + 1

"""The indexes the projection relies on, each with its reason, and how each engine spells them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sa

PARTIAL_INDEXES = ("sqlite", "postgresql")


class RequiredIndex(NamedTuple):
    """Columns looked up by, in order, and the tail columns that spare the visit to the table."""

    table: str
    columns: tuple[str, ...]
    tail: tuple[str, ...]
    reason: str

    @property
    def name(self) -> str:
        """The name it gets where we create it; an index of any other name serves as well."""
        return f"rx_{self.table}_{'_'.join(self.columns)}"[:63]


def _required(table: str, columns: str, tail: str, reason: str) -> RequiredIndex:
    return RequiredIndex(table, tuple(columns.split()), tuple(tail.split()), reason)


REQUIRED_INDEXES: tuple[RequiredIndex, ...] = (
    _required("organizations", "parent_org_id", "org_type", "walks the tree one level at a time"),
    _required(
        "members",
        "deleted_at",
        "member_id",
        "deleted members, whom every count of rows about members leaves out (attendance of a month at 80 million rows: "
        "0.5 s with it, 5.4 s without)",
    ),
    _required(
        "activities",
        "org_id period_month",
        "activity_type status started_at ended_at recorded_at class_hours is_deliberation",
        "recomputes one branch and month without reading the table",
    ),
    _required(
        "attendances",
        "activity_id member_id",
        "is_required status sign_method signed_at recorded_at",
        "counts the roster and the sign-ins of one activity without reading the table",
    ),
    _required("attendances", "member_id activity_id", "", "sign-ins of one member, wherever they were made"),
    _required("activities", "speaker_member_id", "period_month", "lectures one member gave"),
    _required("heart_talks", "initiator_member_id talked_on", "recorded_at", "talks one member began"),
    _required("heart_talks", "partner_member_id talked_on", "recorded_at", "talks one member was asked to"),
    _required("member_tasks", "member_id due_on", "completed_on result", "tasks of one member"),
    _required("member_deeds", "member_id occurred_on", "deed_kind verified_at", "deeds of one member"),
    _required(
        "community_checkins", "member_id occurred_on", "checkin_kind recorded_at", "check-ins of a member"
    ),
    _required("member_submissions", "member_id submitted_at", "submission_kind", "papers of one member"),
    _required("exam_attempts", "member_id taken_at", "exam_id passed", "attempts of one member"),
    _required("honors", "member_id awarded_on", "honor_level", "honours of one member"),
    _required("service_requests", "member_id submitted_at", "request_kind", "suggestions of one member"),
    _required("member_dispositions", "member_id opened_on", "", "dispositions of one member"),
    _required("appraisal_results", "member_id appraisal_id", "", "appraisals of one member"),
    _required("warnings", "member_id rectify_due_on", "state rectified_at", "warnings about one member"),
    _required(
        "memberships",
        "branch_org_id started_on",
        "member_id kind ended_on start_reason end_reason",
        "members of a branch on a day",
    ),
    _required(
        "memberships", "member_id", "branch_org_id kind started_on ended_on", "branch of a member on a day"
    ),
    _required(
        "member_category_history", "member_id", "category valid_from valid_to", "who must attend on a day"
    ),
    _required(
        "member_state_history",
        "member_id",
        "member_stage membership_state valid_from valid_to",
        "full or probationary, in the Party or not, on a day",
    ),
    _required("org_terms", "org_id", "elected_on expires_on extension_until", "term in force of a branch"),
    _required(
        "party_posts", "org_id", "member_id post_type started_on ended_on", "committee in force of a branch"
    ),
    _required(
        "dues_obligations",
        "branch_org_id dues_month",
        "member_id payable_amount due_on",
        "dues owed to one branch for one month",
    ),
    _required("dues_obligations", "member_id dues_month", "", "the one obligation of a member and month"),
    _required("dues_payments", "member_id paid_at", "amount recorded_at", "payments of one member in order"),
    _required(
        "dues_payment_allocations", "obligation_id", "payment_id amount", "what was paid on one obligation"
    ),
    _required(
        "dues_payment_allocations", "payment_id", "obligation_id amount", "obligations a payment touches"
    ),
    _required(
        "dues_ledger_entries", "org_id period_month", "entry_kind amount", "ledger of one branch and month"
    ),
    _required("transfers", "member_id", "state letter_valid_until", "latest transfer of a member"),
    _required(
        "transfer_steps",
        "handler_org_id due_at",
        "transfer_id opened_at decided_at decision",
        "steps due at one organization",
    ),
    _required(
        "transfer_steps", "transfer_id", "step_seq opened_at decided_at", "steps of one transfer in order"
    ),
    _required(
        "floating_reports",
        "branch_org_id quarter",
        "member_id submitted_at",
        "reports of a branch in a quarter",
    ),
    _required("floating_reports", "member_id quarter", "submitted_at", "reports of one member in a quarter"),
    _required("floating_registrations", "branch_org_id", "member_id started_on ended_on", "floating members"),
    _required(
        "learning_records",
        "member_id completed_at",
        "credited_hours started_at progress",
        "class hours of one member, and whether it studied at all in a month",
    ),
    _required(
        "volunteer_records", "org_id service_on", "member_id hours verified_at recorded_at", "service hours"
    ),
    _required(
        "volunteer_records", "member_id service_on", "hours verified_at recorded_at", "hours of a member"
    ),
    _required(
        "appraisals", "org_id", "appraisal_year appraisal_kind held_on recorded_at", "life meeting held"
    ),
    _required("appraisal_results", "appraisal_id member_id", "recorded_at", "members appraised"),
    _required(
        "point_entries", "org_id period_month", "member_id points", "pioneer index of one branch and month"
    ),
    _required(
        "point_entries",
        "member_id period_month",
        "scheme subject_type points rule_id",
        "points of one member in the year to date without reading the table",
    ),
    _required("warnings", "org_id period", "level state raised_at", "warnings of one organization"),
    _required("admin_accounts", "org_id", "account_kind is_enabled", "accounts of one organization"),
    _required("app_registrations", "member_id app_code", "", "whether a member uses an app"),
    _required("development_steps", "case_id step_no", "", "steps of one admission in order"),
    _required("post_view_daily", "post_id view_on", "", "views of one post"),
    _required("account_logins", "account_id logged_in_at", "", "logins of one account in order"),
    _required(
        "development_cases", "branch_org_id", "status closed_on member_id variant", "admissions of one branch"
    ),
    _required("development_documents", "dev_step_id", "", "whether a step is documented"),
    _required("member_dispositions", "member_id", "opened_on due_on closed_on", "dispositions of one member"),
    _required("appraisal_results", "member_id", "appraisal_id grade", "grades of one member"),
    _required("condolence_visits", "member_id visited_on", "recorded_at", "visits to one member"),
    _required(
        "org_ratings",
        "org_id",
        "rating_kind rating_year rating_value decided_on",
        "ratings of one organization",
    ),
    _required("secretary_projects", "org_id", "project_year", "projects of one organization"),
    _required("posts", "org_id published_at", "post_kind status", "posts of one organization"),
    _required(
        "post_interactions",
        "post_id",
        "interaction_kind occurred_at member_id",
        "comments and likes of one post without reading those of all",
    ),
)


def required_indexes(table: sa.Table, dialect_name: str) -> Iterator[sa.Index]:
    """Indexes of REQUIRED_INDEXES for one table, spelt for the engine, bound to a copy of the table.

    ``deleted_at`` ends every tail: each query of the projection filters by it.
    """
    for required in REQUIRED_INDEXES:
        if required.table != table.name or _is_unique_key(required, table, dialect_name):
            continue
        columns = _bare_columns(table)
        key = [columns[name] for name in required.columns]
        tail = [columns[name] for name in (*required.tail, "deleted_at")]
        if dialect_name == "postgresql":
            yield sa.Index(required.name, *key, postgresql_include=[c.name for c in tail])
        elif dialect_name == "sqlite":
            yield sa.Index(required.name, *key, *tail)
        else:
            yield sa.Index(required.name, *key)


def unique_indexes(table: sa.Table, dialect_name: str) -> Iterator[sa.Index]:
    """Unique keys of one table over the rows not deleted (ruling 21: a deleted row holds no key).

    In a composite key NULL is a value (schema §2.2). Engines without partial indexes get none: there the
    duplicates are found and counted by `check`.
    """
    if dialect_name not in PARTIAL_INDEXES:
        return
    for names in table.info["unique"]:
        columns = _bare_columns(table)
        composite = len(names) > 1
        key = [
            sa.func.coalesce(columns[n], sa.text("0")) if composite and table.c[n].nullable else columns[n]
            for n in names
        ]
        alive = columns["deleted_at"].is_(None)
        name = f"ux_{table.name}_{'_'.join(names)}"[:63]
        yield sa.Index(name, *key, unique=True, sqlite_where=alive, postgresql_where=alive)


def _is_unique_key(required: RequiredIndex, table: sa.Table, dialect_name: str) -> bool:
    """Whether the unique index over the same columns already serves, there being no tail to add."""
    return not required.tail and required.columns in table.info["unique"] and dialect_name in PARTIAL_INDEXES


def declared_indexes(table: sa.Table) -> Iterator[sa.Index]:
    """Indexes the contract's column table asks for (§2.4 and IX), the change index first."""
    yield from sorted(table.indexes, key=lambda index: (not str(index.name).endswith("_changes"), index.name))


def all_indexes(table: sa.Table, dialect_name: str) -> list[sa.Index]:
    """Every index `create` makes for one table."""
    return [
        *declared_indexes(table),
        *required_indexes(table, dialect_name),
        *unique_indexes(table, dialect_name),
    ]


def _bare_columns(table: sa.Table) -> sa.ColumnCollection[str, sa.ColumnElement[object]]:
    # An Index attaches itself to the table of its columns; the contract's own tables must not change.
    copy = sa.Table(table.name, sa.MetaData(), *(sa.Column(c.name, c.type) for c in table.columns))
    return copy.columns

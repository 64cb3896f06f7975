"""The invariants of schema §7 as statements that return the keys of the rows which break them.

Every statement runs in the operational engine and looks only at rows not deleted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import sqlalchemy as sa

from data.contract import (
    activities,
    attendances,
    dues_obligations,
    dues_payment_allocations,
    dues_payments,
    member_category_history,
    member_state_history,
    members,
    memberships,
    organization_parent_history,
    organizations,
    transfer_steps,
    warnings,
)
from data.contract.findings import Severity
from data.contract.servertime import server_now

BRANCH_TYPES = ("branch", "joint_branch", "temporary_branch")
FAR_FUTURE: sa.ColumnElement[Any] = sa.literal_column("'9999-12-31'")

Keys = sa.Select[tuple[Any]]


class Invariant(NamedTuple):
    """A rule of the contract; ``broken`` selects one key per row (or subject) that breaks it."""

    code: str
    severity: Severity
    title: str
    table: str
    broken: Keys


def alive(*tables: sa.FromClause) -> list[sa.ColumnElement[bool]]:
    """The rows of these tables that are not soft-deleted."""
    return [table.c.deleted_at.is_(None) for table in tables]


def invariants() -> list[Invariant]:
    """All rules about the content of rows, in the order of the report."""
    return [*_tree(), *_membership(), *_periods(), *_events(), *_attendance(), *_dues(), *_procedures()]


def _tree() -> list[Invariant]:
    org, parent = organizations.alias("org"), organizations.alias("parent")
    child_of = sa.select(org.c.org_id).join(parent, parent.c.org_id == org.c.parent_org_id)
    under_branch = child_of.where(
        *alive(org, parent), org.c.org_type.in_(BRANCH_TYPES), parent.c.org_type.in_(BRANCH_TYPES)
    )
    group_elsewhere = child_of.where(
        *alive(org, parent), org.c.org_type == "party_group", parent.c.org_type.not_in(BRANCH_TYPES)
    )
    ends_early = sa.select(org.c.org_id).where(*alive(org), org.c.dissolved_on < org.c.established_on)
    return [
        Invariant("cyclic-tree", Severity.BLOCKS, "隶属关系成环", "organizations", _in_a_cycle()),
        Invariant("branch-below-branch", Severity.ROWS, "支部的上级是支部", "organizations", under_branch),
        Invariant(
            "group-not-below-branch", Severity.ROWS, "党小组的上级不是支部", "organizations", group_elsewhere
        ),
        Invariant("dissolved-before-founded", Severity.ROWS, "撤销早于成立", "organizations", ends_early),
    ]


def roots() -> Keys:
    """Keys of the organizations without a parent; the contract wants exactly one."""
    return sa.select(organizations.c.org_id).where(
        *alive(organizations), organizations.c.parent_org_id.is_(None)
    )


def _in_a_cycle() -> Keys:
    edge = organizations.alias("edge")
    walk = (
        sa.select(edge.c.org_id.label("org_id"), edge.c.parent_org_id.label("above"))
        .where(*alive(edge), edge.c.parent_org_id.is_not(None))
        .cte("walk", recursive=True)
    )
    # UNION, not UNION ALL: pairs already seen are not walked again, so a cycle ends the recursion.
    step = (
        sa.select(walk.c.org_id, organizations.c.parent_org_id)
        .join(organizations, organizations.c.org_id == walk.c.above)
        .where(*alive(organizations), organizations.c.parent_org_id.is_not(None))
    )
    walked = walk.union(step)
    return sa.select(walked.c.org_id).where(walked.c.org_id == walked.c.above)


def _membership() -> list[Invariant]:
    open_formal = [*alive(memberships), memberships.c.ended_on.is_(None), memberships.c.kind == "formal"]
    twice = (
        sa.select(memberships.c.member_id)
        .where(*open_formal)
        .group_by(memberships.c.member_id)
        .having(sa.func.count() > 1)
    )
    # Ruling 4: a member who is only managed here (flow_in) needs no formal row.
    any_open = sa.exists().where(
        *alive(memberships), memberships.c.ended_on.is_(None), memberships.c.member_id == members.c.member_id
    )
    nowhere = sa.select(members.c.member_id).where(
        *alive(members), members.c.membership_state == "in_party", ~any_open
    )
    too_early = sa.select(members.c.member_id).where(
        *alive(members), members.c.full_member_on < members.c.joined_on
    )
    return [
        Invariant("two-open-memberships", Severity.ROWS, "同一党员有两条有效正式隶属", "memberships", twice),
        Invariant("member-without-branch", Severity.ROWS, "在册党员没有有效隶属", "members", nowhere),
        Invariant("full-before-joining", Severity.ROWS, "转正早于入党", "members", too_early),
    ]


def _periods() -> list[Invariant]:
    def formal(row: Any) -> list[sa.ColumnElement[bool]]:
        return [row.c.kind == "formal"]

    def everything(row: Any) -> list[sa.ColumnElement[bool]]:
        return []

    def rule(
        table: sa.Table,
        subject: str,
        dates: tuple[str, str],
        only: Callable[[Any], list[sa.ColumnElement[bool]]],
        severity: Severity,
    ) -> Invariant:
        first, second = table.alias("first"), table.alias("second")
        key = next(iter(table.primary_key)).name
        start, end = dates
        broken = (
            sa.select(second.c[key])
            .distinct()
            .join(first, sa.and_(first.c[subject] == second.c[subject], first.c[key] < second.c[key]))
            .where(*alive(first, second), *only(first), *only(second))
            .where(first.c[start] < sa.func.coalesce(second.c[end], FAR_FUTURE))
            .where(second.c[start] < sa.func.coalesce(first.c[end], FAR_FUTURE))
        )
        return Invariant("overlapping-periods", severity, f"{table.comment}时段重叠", table.name, broken)

    valid = ("valid_from", "valid_to")
    return [
        rule(memberships, "member_id", ("started_on", "ended_on"), formal, Severity.ROWS),
        rule(member_state_history, "member_id", valid, everything, Severity.ROWS),
        rule(organization_parent_history, "org_id", valid, everything, Severity.ROWS),
        # Ruling 4: one category per member and organisation, and the table does not name the organisation.
        rule(member_category_history, "member_id", valid, everything, Severity.NOTE),
    ]


def _events() -> list[Invariant]:
    held = [*alive(activities), activities.c.status == "held"]
    now = server_now()
    future = sa.select(activities.c.activity_id).where(*held, activities.c.started_at > now)
    signed = sa.select(attendances.c.attendance_id).where(*alive(attendances), attendances.c.signed_at > now)
    paid = sa.select(dues_payments.c.payment_id).where(*alive(dues_payments), dues_payments.c.paid_at > now)
    dateless = sa.select(activities.c.activity_id).where(*held, activities.c.started_at.is_(None))
    month = sa.func.substr(sa.cast(activities.c.started_at, sa.String(40)), 1, 7)
    wrong_month = sa.select(activities.c.activity_id).where(*held, activities.c.period_month != month)
    return [
        Invariant("future-activity", Severity.ROWS, "已开展的活动在将来", "activities", future),
        Invariant("future-sign-in", Severity.ROWS, "签到时间在将来", "attendances", signed),
        Invariant("future-payment", Severity.ROWS, "缴纳时间在将来", "dues_payments", paid),
        Invariant("held-without-start", Severity.ROWS, "已开展但没有开始时间", "activities", dateless),
        Invariant("wrong-period-month", Severity.ROWS, "归属月份与开始时间不符", "activities", wrong_month),
    ]


def _attendance() -> list[Invariant]:
    timeless = sa.select(attendances.c.attendance_id).where(
        *alive(attendances),
        attendances.c.status == "present",
        attendances.c.sign_method.in_(("id_card", "wechat", "qr")),
        attendances.c.signed_at.is_(None),
    )
    # A day compared with a time of day stands for its midnight on every engine: [started_on, ended_on).
    on_the_day = sa.and_(
        *alive(memberships),
        memberships.c.member_id == attendances.c.member_id,
        memberships.c.started_on <= activities.c.started_at,
        sa.func.coalesce(memberships.c.ended_on, FAR_FUTURE) > activities.c.started_at,
    )
    # Ruling 23: at a committee's or group's activity it counts for the member's own branch.
    own_branch = sa.or_(
        memberships.c.branch_org_id == activities.c.org_id, organizations.c.org_type.not_in(BRANCH_TYPES)
    )
    stranger = (
        sa.select(attendances.c.attendance_id)
        .join(activities, activities.c.activity_id == attendances.c.activity_id)
        .join(organizations, organizations.c.org_id == activities.c.org_id)
        .where(*alive(attendances, activities), attendances.c.is_required.is_(sa.true()))
        .where(activities.c.started_at.is_not(None), ~sa.exists().where(on_the_day, own_branch))
    )
    return [
        Invariant("sign-in-without-time", Severity.ROWS, "有效签到没有时间", "attendances", timeless),
        Invariant("required-stranger", Severity.ROWS, "非本支部党员被列为应到", "attendances", stranger),
    ]


def _dues() -> list[Invariant]:
    allocated = sa.func.sum(dues_payment_allocations.c.amount)
    above = (
        sa.select(dues_payments.c.payment_id)
        .join(dues_payment_allocations, dues_payment_allocations.c.payment_id == dues_payments.c.payment_id)
        .where(*alive(dues_payments, dues_payment_allocations))
        .group_by(dues_payments.c.payment_id, dues_payments.c.amount)
        # Half a fen: SQLite adds money as floating point.
        .having(allocated > dues_payments.c.amount + sa.literal_column("0.005"))
    )
    unexplained = sa.select(dues_obligations.c.obligation_id).where(
        *alive(dues_obligations),
        dues_obligations.c.payable_amount == 0,
        dues_obligations.c.exempt_reason.is_(None),
    )
    return [
        Invariant("allocated-above-paid", Severity.ROWS, "核销金额超过实缴", "dues_payments", above),
        Invariant("exempt-without-reason", Severity.NOTE, "免缴没有原因", "dues_obligations", unexplained),
    ]


def _procedures() -> list[Invariant]:
    step, before = transfer_steps.alias("step"), transfer_steps.alias("before")
    early = (
        sa.select(step.c.step_id)
        .join(before, before.c.transfer_id == step.c.transfer_id)
        .where(*alive(step, before), before.c.step_seq == step.c.step_seq - 1, step.c.opened_at.is_not(None))
        .where(
            sa.or_(
                before.c.decision.is_distinct_from("approve"),
                before.c.decided_at.is_(None),
                before.c.decided_at > step.c.opened_at,
            )
        )
    )
    unverified = sa.select(warnings.c.warning_id).where(
        *alive(warnings), warnings.c.state == "closed", warnings.c.verified_at.is_(None)
    )
    return [
        Invariant("transfer-step-order", Severity.ROWS, "上一环节未同意就已到达", "transfer_steps", early),
        Invariant("closed-without-check", Severity.NOTE, "销号没有核验", "warnings", unverified),
    ]

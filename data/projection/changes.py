"""Which cells a changed row dirties: one rule per operational table, read by ``updated_at`` with an overlap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from data.contract import (
    METADATA,
    activities,
    attendances,
    dues_obligations,
    dues_payment_allocations,
    members,
    memberships,
    party_posts,
    transfer_steps,
    transfers,
)
from data.projection.catalogue import FAMILIES, FAMILY, ROSTER
from data.projection.cells import DirtyCells
from data.projection.change_rules import member_lights, organisation_quality, organisation_setup, platform_use
from data.projection.change_rules.kinds import (
    ONE_WRITE,
    Rule,
    all_months_of,
    mark_members,
    of_member,
    of_member_since,
    reached,
    since_of,
)
from data.projection.position import LONG_OVERLAP, Position
from data.projection.source import Source
from data.projection.tallying import tally_tables

# More changed rows than this are a bulk load: recounting the families is cheaper than mapping row by row.
BULK_ROWS = 20_000

TREE_TABLES = ("organizations", "organization_parent_history")


def watched_tables() -> list[str]:
    """Every table some family reads, and those the tree and the towns are made of."""
    tables = {name for family in FAMILIES for name in family.reads} | tally_tables()
    return sorted(
        tables | {"organizations", "organization_parent_history", "divisions", "members", "month_closings"}
    )


def find(source: Source, table_name: str, position: Position, overlap: timedelta, dirty: DirtyCells) -> int:
    """Mark what changed in one table since its position and advance the position; returns the new rows."""
    table = METADATA.tables[table_name]
    key, changed = next(iter(table.primary_key)), table.c.updated_at
    statement = sa.select(key, changed).order_by(changed).limit(BULK_ROWS + len(position.seen) + 1)
    since = position.since(overlap)
    if since is not None:
        statement = statement.where(changed > since)
    read_at = source.read_at or source.calendar.now
    fresh = [(k, at) for k, at in source.rows(statement) if position.seen.get(k) != at]
    if len(fresh) > BULK_ROWS:
        dirty.add_all(family.name for family in FAMILIES if table_name in family.reads)
        recent = sa.select(key, changed).where(changed > read_at - LONG_OVERLAP)
        newest = source.connection.execute(sa.select(sa.func.max(changed))).scalar_one()
        position.replace((tuple(row) for row in source.rows(recent)), newest)
    elif fresh:
        if not dirty.is_everything:
            _mark(source, table_name, key, [k for k, _ in fresh], dirty)
        position.note(fresh)
    position.advance(read_at)
    return len(fresh)


def _mark(
    source: Source, table_name: str, key: sa.Column[Any], keys: Sequence[Any], dirty: DirtyCells
) -> None:
    readers = [family for family in FAMILIES if table_name in family.reads]
    if readers and all(source.missing.intersection(family.tables) for family in readers):
        return
    for start in range(0, len(keys), 500):
        for rules in _TOPICS:
            rules.get(table_name, _nothing)(source, key.in_(keys[start : start + 500]), dirty)


def _nothing(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    """The tree, the towns and the month list are read anew in every run and compared; they mark cells there."""


def _activities(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    """The branch in the month it is in; one it left is not told but found by counting (displaced.py). A committee's is
    counted for whoever was there, and it may have been a committee's before."""
    a = activities.c
    families = ("activities", "groups", "attendance")
    committees, everybodys = set(source.tree.committees), []
    columns = (a.activity_id, a.org_id, a.period_month, a.created_at, a.updated_at)
    for row in source.rows(sa.select(*columns).where(these)):
        if row.updated_at - row.created_at >= ONE_WRITE:
            dirty.may_be_displaced.add(row.activity_id)
        if row.org_id in committees or row.activity_id in dirty.may_be_displaced:
            everybodys.append(row.activity_id)
        dirty.add(families, source.tree.branch_of(row.org_id), [row.period_month])
    if everybodys and "attendances" not in source.missing:
        there = sa.select(attendances.c.member_id).where(attendances.c.activity_id.in_(everybodys))
        mark_members(source, memberships.c.member_id.in_(there), dirty, ("attendance",))


def _attendances(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    a, t = activities.c, attendances.c
    joined = attendances.join(activities, a.activity_id == t.activity_id)
    of_committees: dict[str, set[int]] = {}
    for org_id, month, member in source.rows(
        sa.select(a.org_id, a.period_month, t.member_id).select_from(joined).where(these)
    ):
        branch = source.tree.branch_of(org_id)
        dirty.add(("attendance",), branch, [month])
        if branch is None:
            of_committees.setdefault(month, set()).add(member)
    for month, who in of_committees.items():
        mark_members(source, memberships.c.member_id.in_(who), dirty, ("attendance",), [month])


def _points(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    """Points of a month count in every later month of their year (the index is a sum of the year to date)."""
    c = METADATA.tables["point_entries"].c
    for member, month in source.rows(
        sa.select(c.member_id, c.period_month).where(these, c.member_id.is_not(None))
    ):
        later = [m for m in source.calendar.months if m[:4] == month[:4] and m >= month]
        mark_members(source, memberships.c.member_id == member, dirty, ("points",), later)


def _allocations(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    o, x = dues_obligations.c, dues_payment_allocations.c
    joined = dues_payment_allocations.join(dues_obligations, o.obligation_id == x.obligation_id)
    statement = sa.select(o.branch_org_id, o.dues_month).select_from(joined).where(these)
    for branch, month in source.rows(statement):
        dirty.add(("dues",), branch, [month])


def _obligations(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    """The branch it names and every branch its member belonged to: an obligation may have been re-booked."""
    o = dues_obligations.c
    for branch, month in source.rows(sa.select(o.branch_org_id, o.dues_month).where(these)):
        dirty.add(("dues",), branch, [month])
    of_member(("dues",), "dues_obligations", "dues_month")(source, these, dirty)


def _payments(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    p, x = METADATA.tables["dues_payments"].c, dues_payment_allocations.c
    keys = sa.select(p.payment_id).where(these)
    _allocations(source, x.payment_id.in_(keys), dirty)


def _transfers(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    """The organisations of its steps, in the months these reach."""
    x, t = METADATA.tables["transfers"].c, transfer_steps.c
    joined = transfer_steps.join(transfers, x.transfer_id == t.transfer_id)
    columns = (t.handler_org_id, x.created_at, x.updated_at, t.opened_at, t.due_at)
    for handler, created, updated, *days in source.rows(sa.select(*columns).select_from(joined).where(these)):
        dirty.add(("transfers",), source.tree.owner_of(handler), reached(source, created, updated, *days))


def _register(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    """A member's branches and every organisation whose dues, steps, posts and rosters name it: a deleted member
    takes these rows along."""
    of_member(_BELONGS, "members")(source, these, dirty)
    who = sa.select(members.c.member_id).where(these)
    o, t, p, x = dues_obligations.c, transfer_steps.c, party_posts.c, attendances.c
    transferred = sa.select(transfers.c.transfer_id).where(transfers.c.member_id.in_(who))
    signed = sa.select(x.activity_id).where(x.member_id.in_(who))
    naming = {
        "dues": sa.select(o.branch_org_id).where(o.member_id.in_(who)),
        "transfers": sa.select(t.handler_org_id).where(t.transfer_id.in_(transferred)),
        "terms": sa.select(p.org_id).where(p.member_id.in_(who)),
        "attendance": sa.select(activities.c.org_id).where(activities.c.activity_id.in_(signed)),
    }
    for family, organisations in naming.items():
        if not source.missing.intersection(FAMILY[family].tables):
            for (org,) in source.rows(organisations.distinct()):
                dirty.add((family,), source.tree.owner_of(org), source.calendar.months)


def _results(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    r, a = METADATA.tables["appraisal_results"].c, METADATA.tables["appraisals"].c
    keys = sa.select(r.appraisal_id).where(these)
    for (org,) in source.rows(sa.select(a.org_id).where(a.appraisal_id.in_(keys)).distinct()):
        dirty.add(("appraisals",), org, source.calendar.months)


_WHO = ("members", "structure", "points", "floating", "appraisals")
_BELONGS = (*_WHO, "attendance", "service", "study")
_RULES: dict[str, Rule] = {
    "activities": _activities,
    "attendances": _attendances,
    "dues_obligations": _obligations,
    "dues_payments": _payments,
    "dues_payment_allocations": _allocations,
    "transfers": _transfers,
    "transfer_steps": since_of(("transfers",), "transfer_steps", "handler_org_id", "opened_at", "due_at"),
    **{name: of_member(_BELONGS, name) for name in ROSTER},
    "members": _register,
    "floating_reports": of_member(("floating",), "floating_reports"),
    "lost_contact_cases": of_member(("appraisals",), "lost_contact_cases"),
    "appraisals": all_months_of(("appraisals",), "appraisals", "org_id"),
    "appraisal_results": _results,
    "org_terms": all_months_of(("terms",), "org_terms", "org_id"),
    "party_posts": all_months_of(("terms",), "party_posts", "org_id"),
    "point_entries": _points,
    "volunteer_records": of_member_since(("service",), "volunteer_records", "service_on"),
    "learning_records": of_member_since(("study",), "learning_records", "completed_at"),
    "posts": since_of(("posts",), "posts", "org_id", "published_at"),
    "dues_ledger_entries": all_months_of(("ledger",), "dues_ledger_entries", "org_id"),
    "warnings": all_months_of(("warnings",), "warnings", "org_id"),
}
# A table may have a rule in several topics; all of them apply.
_TOPICS = (
    _RULES,
    member_lights.RULES,
    organisation_quality.RULES,
    organisation_setup.RULES,
    platform_use.RULES,
)

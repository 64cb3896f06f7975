"""What dirties the families of how a branch stands: admissions, dispositions, venues, visits, ratings, logins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa

from data.clock import month_of
from data.contract import (
    account_logins,
    activities,
    admin_accounts,
    appraisal_results,
    attendances,
    development_cases,
    development_documents,
    development_steps,
    memberships,
    party_posts,
)
from data.projection.cells import DirtyCells
from data.projection.change_rules.kinds import (
    Rule,
    all_months_of,
    changed_of_committees,
    mark_members,
    of_member,
)
from data.projection.source import Source

x, t, f = development_cases.c, development_steps.c, development_documents.c
p, k, l = party_posts.c, admin_accounts.c, account_logins.c  # noqa: E741 - l as in SQL


def _whole(*families: str) -> Rule:
    """Small families in which one row concerns many branches are counted again completely."""

    def rule(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
        dirty.add_all(families)

    return rule


def _cases(source: Source, those: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    if "development_cases" in source.missing:
        return
    for (branch,) in source.rows(sa.select(x.branch_org_id).where(those).distinct()):
        dirty.add(("development",), branch, source.calendar.months)


def _steps(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    _cases(source, x.case_id.in_(sa.select(t.case_id).where(these)), dirty)


def _documents(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    if "development_steps" not in source.missing:
        _steps(source, t.dev_step_id.in_(sa.select(f.dev_step_id).where(these)), dirty)


def _appraisals(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    """A review that is deleted or held on another day changes whose grade is the latest."""
    keys = sa.select(appraisal_results.metadata.tables["appraisals"].c.appraisal_id).where(these)
    if "appraisal_results" not in source.missing:
        graded = sa.select(appraisal_results.c.member_id).where(appraisal_results.c.appraisal_id.in_(keys))
        mark_members(source, memberships.c.member_id.in_(graded), dirty, ("dispositions",))


def _logins(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    """The month of the Sunday that ends the login's week."""
    if "admin_accounts" in source.missing:
        return
    joined = account_logins.join(admin_accounts, k.account_id == l.account_id)
    for org_id, at in source.rows(sa.select(k.org_id, l.logged_in_at).select_from(joined).where(these)):
        sunday = at.date() + timedelta(days=6 - at.weekday())
        dirty.add(("logins",), source.tree.branch_of(org_id), [month_of(sunday)])


def mark_secretaries(
    source: Source, who: sa.Select[tuple[int]], dirty: DirtyCells, months: Sequence[str] | None = None
) -> None:
    """Branches whose secretary was ever one of these, in these months (None: all)."""
    if "party_posts" in source.missing:
        return
    led = sa.select(p.org_id).where(p.post_type == "secretary", p.member_id.in_(who))
    for (org_id,) in source.rows(led.distinct()):
        dirty.add(("secretaries",), source.tree.branch_of(org_id), months or source.calendar.months)


def _activities(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    """The month it is in; one it left is found by counting, but not that of a committee's (displaced.py)."""
    if "attendances" in source.missing:
        return
    held = activities.c
    _attendances(source, attendances.c.activity_id.in_(sa.select(held.activity_id).where(these)), dirty)
    moved = changed_of_committees(source, these)
    if moved:
        mark_secretaries(
            source, sa.select(attendances.c.member_id).where(attendances.c.activity_id.in_(moved)), dirty
        )


def _attendances(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    if {"party_posts", "activities"} & source.missing:
        return
    came, held = attendances.c, activities.c
    joined = attendances.join(activities, held.activity_id == came.activity_id).join(
        party_posts, sa.and_(p.member_id == came.member_id, p.post_type == "secretary")
    )
    led = sa.select(p.org_id, held.period_month).select_from(joined).where(these)
    for org_id, month in source.rows(led.distinct()):
        dirty.add(("secretaries",), source.tree.branch_of(org_id), [month])


def _learning(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    records = memberships.metadata.tables["learning_records"].c
    mark_secretaries(source, sa.select(records.member_id).where(these), dirty)


def _members(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    """A deleted member takes admission, posts and dispositions along."""
    who = sa.select(memberships.metadata.tables["members"].c.member_id).where(these)
    of_member(("dispositions", "condolence"), "members")(source, these, dirty)
    _cases(source, x.member_id.in_(who), dirty)
    mark_secretaries(source, who, dirty)


_OF_PERSONS = ("memberships", "member_state_history", "member_category_history")

RULES: dict[str, Rule] = {
    "development_cases": _cases,
    "development_steps": _steps,
    "development_documents": _documents,
    "development_step_defs": _whole("development"),
    "member_dispositions": of_member(("dispositions",), "member_dispositions"),
    "appraisal_results": of_member(("dispositions",), "appraisal_results"),
    "appraisals": _appraisals,
    # Whose venue a branch uses depends on all its superiors.
    **{
        name: _whole("venues")
        for name in ("venues", "venue_inspections", "organizations", "organization_parent_history")
    },
    "condolence_visits": of_member(("condolence",), "condolence_visits"),
    "org_ratings": all_months_of(("ratings",), "org_ratings", "org_id"),
    "secretary_projects": all_months_of(("projects",), "secretary_projects", "org_id"),
    "admin_accounts": all_months_of(("logins",), "admin_accounts", "org_id"),
    "account_logins": _logins,
    "party_posts": all_months_of(("secretaries",), "party_posts", "org_id"),
    "activities": _activities,
    "attendances": _attendances,
    "learning_records": _learning,
    "members": _members,
    **{name: of_member(("dispositions", "condolence"), name) for name in _OF_PERSONS},
}

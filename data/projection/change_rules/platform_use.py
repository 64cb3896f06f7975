"""What dirties the families of platform use, rhythm, step records, venue issues and members online."""

from __future__ import annotations

import sqlalchemy as sa

from data.contract import (
    activities,
    development_cases,
    development_steps,
    learning_records,
    members,
    post_interactions,
    post_view_daily,
    posts,
)
from data.projection.cells import DirtyCells
from data.projection.change_rules.kinds import Rule, all_months_of, of_member, of_member_since, reached
from data.projection.source import Source

p, i = posts.c, post_interactions.c
x, t = development_cases.c, development_steps.c

# Families over the roster of a month.
OF_MEMBERS = ("registrations", "online_study", "birthdays")


def _whole(*families: str) -> Rule:
    """Small families that are counted again completely."""

    def rule(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
        dirty.add_all(families)

    return rule


def _of_posts(table: sa.Table, day: str) -> Rule:
    """The organisation of the post of each row, in the months the row reaches."""
    c = table.c
    columns = (p.org_id, c.created_at, c.updated_at, c[day])

    def rule(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
        if "posts" in source.missing:
            return
        joined = table.join(posts, p.post_id == c.post_id)
        for org_id, created, updated, at in source.rows(sa.select(*columns).select_from(joined).where(these)):
            months = reached(source, created, updated, at)
            dirty.add(("platform",), source.tree.branch_of(org_id), months)

    return rule


def _posts_commented_by(source: Source, who: sa.Select[tuple[int]], dirty: DirtyCells) -> None:
    """All months of the organisations whose posts these members answered."""
    if {"posts", post_interactions.name} & source.missing:
        return
    answered = sa.select(i.post_id).where(i.member_id.in_(who))
    for (org_id,) in source.rows(sa.select(p.org_id).where(p.post_id.in_(answered)).distinct()):
        dirty.add(("platform",), source.tree.branch_of(org_id), source.calendar.months)


def _cases(source: Source, those: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    if "development_cases" not in source.missing:
        for (branch,) in source.rows(sa.select(x.branch_org_id).where(those).distinct()):
            dirty.add(("step_records",), branch, source.calendar.months)


def _steps(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    _cases(source, x.case_id.in_(sa.select(t.case_id).where(these)), dirty)


def _members(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    """A deleted member takes comments and an admission along."""
    who = sa.select(members.c.member_id).where(these)
    of_member(OF_MEMBERS, members.name)(source, these, dirty)
    _cases(source, x.member_id.in_(who), dirty)
    _posts_commented_by(source, who, dirty)


def _rhythm(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    """The month an activity is in; one it left is found by counting (displaced.py)."""
    a = activities.c
    for org_id, month in source.rows(sa.select(a.org_id, a.period_month).where(these).distinct()):
        dirty.add(("rhythm",), source.tree.branch_of(org_id), [month])


RULES: dict[str, Rule] = {
    "activities": _rhythm,
    "posts": all_months_of(("platform",), posts.name, "org_id"),
    "post_view_daily": _of_posts(post_view_daily, "view_on"),
    "post_interactions": _of_posts(post_interactions, "occurred_at"),
    "app_registrations": of_member(("registrations",), "app_registrations"),
    "problem_items": all_months_of(("problems",), "problem_items", "org_id"),
    "development_cases": _cases,
    "development_steps": _steps,
    "development_step_defs": _whole("step_records"),
    "venues": _whole("venue_issues"),
    "venue_inspections": _whole("venue_issues"),
    "learning_records": of_member_since(
        ("online_study",), learning_records.name, "started_at", "completed_at"
    ),
    "members": _members,
    **{
        name: of_member(OF_MEMBERS, name)
        for name in ("memberships", "member_state_history", "member_category_history")
    },
}

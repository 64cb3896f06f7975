"""How a branch is set up: its record in the register, its members outside party groups, open procedures abroad.

What the register keeps no history of (fields of the record, the group of a membership) is told by the row as it
stands today, in every month that is not published.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from data.contract import member_category_history, member_state_history, memberships, organizations
from data.projection.families.membership import c, category, h, in_force, living, s, state
from data.projection.source import Block, Row, Source, branch_filter
from data.projection.tree import Tree

o = organizations.c

# Always asked of a branch; the town only where its committee stands in one (§6.2 no. 1).
RECORD = ("short_name", "org_type", "sector", "division_id", "lng", "lat", "established_on", "address")


def read(source: Source, block: Block) -> Iterator[Row]:
    """The record's fields per branch, the same in all months, then members per month."""
    yield from _records(source, block)
    for month in block.months:
        yield from _members(source, block, month)


def _records(source: Source, block: Block) -> Iterator[Row]:
    columns = [o[name] for name in (*RECORD, "town_id", "joint_unit_count")]
    statement = sa.select(o.org_id, *columns).where(o.deleted_at.is_(None), branch_filter(o.org_id, block))
    for row in source.rows(statement):
        if source.tree.branch_of(row.org_id) != row.org_id:
            continue
        asked = [*RECORD, *(["town_id"] if _has_town(source.tree, row.org_id) else [])]
        filled = sum(getattr(row, name) not in (None, "") for name in asked)
        values = {"record_filled": float(filled), "record_fields": float(len(asked))}
        if row.org_type != "joint_branch":
            values["joint_units"] = 0.0
        elif row.joint_unit_count is not None:
            values["joint_units"] = float(row.joint_unit_count)
        for month in block.months:
            yield row.org_id, month, values


def _has_town(tree: Tree, org_id: int) -> bool:
    """Whether the branch or a superior stands in a town; a directly subordinate unit names none."""
    at: int | None = org_id
    while at is not None:
        organisation = tree.organisations[at]
        if organisation.town_id is not None:
            return True
        at = organisation.parent_org_id
    return False


def _members(source: Source, block: Block, month: str) -> Iterator[Row]:
    """Who must attend is formal and normal_active, or managed here as flow_in (§3.2)."""
    day = source.calendar.day_of(month)
    joined = memberships.outerjoin(member_state_history, state(day)).outerjoin(
        member_category_history, category(day)
    )
    formal = sa.and_(s.kind == "formal", h.member_id.is_not(None))
    obliged = sa.or_(s.kind == "flow_in", sa.and_(formal, c.category == "normal_active"))
    settled = sa.and_(c.procedure_completed_on.is_not(None), c.procedure_completed_on <= day)
    statement = (
        sa.select(s.branch_org_id, s.party_group_org_id, obliged.label("obliged"), sa.func.count().label("n"))
        .select_from(joined)
        .where(living(), in_force(s.started_on, s.ended_on, day), branch_filter(s.branch_org_id, block))
        .where(sa.or_(obliged, sa.and_(formal, c.category == "abroad", sa.not_(settled))))
        .group_by(s.branch_org_id, s.party_group_org_id, obliged)
    )
    for row in source.rows(statement):
        if not row.obliged:
            yield row.branch_org_id, month, {"abroad_unsettled": row.n}
            continue
        group = source.tree.organisations.get(row.party_group_org_id)
        of_branch = group is not None and group.org_type == "party_group"
        if not (group and of_branch and group.parent_org_id == row.branch_org_id and group.active_on(day)):
            yield row.branch_org_id, month, {"ungrouped_members": row.n}

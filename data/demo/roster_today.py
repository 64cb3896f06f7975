"""Who stands on the roster of one activity today, read from a living operational database."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from data.contract import member_category_history, memberships, organizations, party_posts

_SEATS = ("secretary", "deputy_secretary", "organization", "publicity", "discipline", "other_committee")
_REQUIRED = ("normal_active", "flow_in")


def in_force(begin: sa.ColumnElement[date], end: sa.ColumnElement[date], day: date) -> sa.ColumnElement[bool]:
    """Half-open validity [begin, end) on a day."""
    return sa.and_(begin <= day, sa.or_(end.is_(None), end > day))


def roster(connection: sa.Connection, org_id: int, activity_type: str, day: date) -> dict[int, bool]:
    """Member → must attend, for the members of a branch, party group or branch committee."""
    m, p, c = memberships.c, party_posts.c, member_category_history.c
    if activity_type == "committee_meeting":
        found = sa.select(p.member_id).where(
            p.org_id == org_id,
            p.post_type.in_(_SEATS),
            in_force(p.started_on, p.ended_on, day),
            p.deleted_at.is_(None),
        )
    else:
        branch = branch_of(connection, org_id)
        found = sa.select(m.member_id).where(
            m.branch_org_id == branch, in_force(m.started_on, m.ended_on, day), m.deleted_at.is_(None)
        )
        if branch != org_id:
            found = found.where(m.party_group_org_id == org_id)
    members = set(connection.scalars(found))
    categories = sa.select(c.member_id, c.category).where(
        c.member_id.in_(members), in_force(c.valid_from, c.valid_to, day), c.deleted_at.is_(None)
    )
    return {member: True for member, category in connection.execute(categories) if category in _REQUIRED}


def branch_of(connection: sa.Connection, org_id: int) -> int:
    """The branch itself, or the branch a party group belongs to."""
    o = organizations.c
    kind, parent = connection.execute(sa.select(o.org_type, o.parent_org_id).where(o.org_id == org_id)).one()
    return int(parent) if kind == "party_group" else org_id

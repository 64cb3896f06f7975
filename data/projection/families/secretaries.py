"""Class hours of the secretary in office: courses completed and activities signed in to, month by month."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from data.contract import attendances, learning_records, party_posts
from data.projection.evidence import valid_activities, valid_sign_in
from data.projection.families.membership import in_force, of_living_member
from data.projection.source import Block, Row, Source, branch_filter, in_months

p, k, t = party_posts.c, learning_records.c, attendances.c


def read(source: Source, block: Block) -> Iterator[Row]:
    """secretary_hours per branch and month, of whoever is secretary on the day of the month."""
    for month in block.months:
        in_office = sa.and_(
            p.deleted_at.is_(None),
            of_living_member(p.member_id),
            p.post_type == "secretary",
            in_force(p.started_on, p.ended_on, source.calendar.day_of(month)),
            branch_filter(p.org_id, block),
        )
        for statement in (
            _online(in_office, month),
            _own_meetings(in_office, month),
            _committee_meetings(source, in_office, month),
        ):
            for row in source.rows(statement):
                yield row.org_id, month, {"secretary_hours": float(row.hours or 0)}


def _online(in_office: sa.ColumnElement[bool], month: str) -> sa.Select[Any]:
    return (
        sa.select(p.org_id, sa.func.sum(k.credited_hours).label("hours"))
        .select_from(party_posts.join(learning_records, k.member_id == p.member_id))
        .where(in_office, k.deleted_at.is_(None), in_months(k.completed_at, (month,), as_date=False))
        .group_by(p.org_id)
    )


def _own_meetings(in_office: sa.ColumnElement[bool], month: str) -> sa.Select[Any]:
    valid = valid_activities((month,))
    came = sa.and_(t.activity_id == valid.c.activity_id, t.member_id == p.member_id, t.deleted_at.is_(None))
    return (
        sa.select(p.org_id, sa.func.sum(valid.c.class_hours).label("hours"))
        .select_from(party_posts.join(valid, valid.c.org_id == p.org_id).join(attendances, came))
        .where(in_office, valid.c.class_hours > 0, valid_sign_in(valid))
        .group_by(p.org_id)
    )


def _committee_meetings(source: Source, in_office: sa.ColumnElement[bool], month: str) -> sa.Select[Any]:
    """First per member: asked the other way round, every sign-in of every secretary is looked at, 0.5 s a month."""
    valid = valid_activities((month,))
    each = (
        sa.select(t.member_id, sa.func.sum(valid.c.class_hours).label("hours"))
        .select_from(valid.join(attendances, t.activity_id == valid.c.activity_id))
        .where(
            t.deleted_at.is_(None),
            valid.c.org_id.in_(source.tree.committees),
            valid.c.class_hours > 0,
            valid_sign_in(valid),
        )
        .group_by(t.member_id)
        .subquery()
    )
    return (
        sa.select(p.org_id, sa.func.sum(each.c.hours).label("hours"))
        .select_from(party_posts.join(each, each.c.member_id == p.member_id))
        .where(in_office)
        .group_by(p.org_id)
    )

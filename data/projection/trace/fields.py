"""Fields of the lists of source rows, written once: whose row it is, which activity, which state."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from data.contract import ACTIVITY_TYPES, activities, courses, members, organizations, venues
from data.contract.enums import ENUMS
from data.projection.trace.ladder import Field

TYPE_WORDS = {row.code: row.name_zh for row in ACTIVITY_TYPES}

_a, _v = activities.c, venues.c
_member, _organisation = members.alias("person"), organizations.alias("whose")


def branch(org: sa.ColumnElement[Any], title: str = "支部") -> Field:
    """The short name of the organisation a row counts for."""
    o = _organisation.c
    return Field("branch", title, sa.select(o.short_name).where(o.org_id == org).scalar_subquery())


def person(member: sa.ColumnElement[Any]) -> Field:
    """The member's name: for whoever may read it only."""
    m = _member.c
    return Field(
        "name", "姓名", sa.select(m.name).where(m.member_id == member).scalar_subquery(), of_person=True
    )


def coded(name: str, title: str, column: sa.ColumnElement[Any], codes: str) -> Field:
    """A code in the words of the contract's list."""
    return Field(name, title, column, codes=ENUMS[codes])


def moment(name: str, title: str, column: sa.ColumnElement[Any]) -> Field:
    """A moment to the minute."""
    return Field(name, title, column, "moment")


def day(name: str, title: str, column: sa.ColumnElement[Any]) -> Field:
    """A day."""
    return Field(name, title, column, "date")


def course(course_id: sa.ColumnElement[Any]) -> Field:
    """The title of a course."""
    k = courses.c
    return Field("course", "课程", sa.select(k.title).where(k.course_id == course_id).scalar_subquery())


TITLE = Field("title", "主题", _a.title)
KIND = Field("kind", "类型", _a.activity_type, codes=TYPE_WORDS)
STARTED = moment("started", "开始时间", _a.started_at)
PLACE = Field(
    "place",
    "地点",
    sa.func.coalesce(sa.select(_v.name).where(_v.venue_id == _a.venue_id).scalar_subquery(), _a.place_text),
)

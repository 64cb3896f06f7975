"""Ladders of activities and sign-ins: planned, broken, late, not required, on leave, signed by hand …"""

from __future__ import annotations

import sqlalchemy as sa

from data.contract import LIFE_TYPES, STUDY_TYPES, attendances, memberships
from data.contract import activities as activities_table
from data.projection.evidence import closes_at, countable, valid_activity_rows, valid_sign_in
from data.projection.families.activities import MEETINGS, organisers
from data.projection.families.membership import in_force, living, of_living_member, s
from data.projection.source import Block, Source, branch_filter
from data.projection.trace import fields as f
from data.projection.trace.ladder import Field, Ladder, Tracer, fails

a, t = activities_table.c, attendances.c

_TYPE_OF = {measure: (kind,) for kind, measure in MEETINGS.items()}
# Which types a measure takes (None: all), and whether meetings of party groups are the branch's.
_TAKES: dict[str, tuple[tuple[str, ...] | None, bool]] = {
    **{measure: (kinds, False) for measure, kinds in _TYPE_OF.items()},
    "group_meetings": (("group_meeting",), True),
    "life_activities": (tuple(sorted(LIFE_TYPES)), True),
    "study_sessions": (tuple(sorted(STUDY_TYPES)), False),
    "activities": (None, True),
    "activities_at_venue": (None, True),
    "backfilled": (None, True),
    "activities_broken": (None, True),
    "deliberations": (None, False),
}
SIGN_INS = ("required", "present", "on_leave", "signins")
BACKFILLED = "补录（封账后记录，不计分）"
_DELETED, _NOT_HELD, _BROKEN = "已删除", "未开展（计划或取消）", "缺开始时间或不在所属月份"

_OF_ACTIVITY: tuple[Field, ...] = (
    f.branch(a.org_id, "主办组织"),
    f.TITLE,
    f.KIND,
    f.STARTED,
    f.PLACE,
    f.moment("recorded", "录入时间", a.recorded_at),
)


def _of_sign_in(org: sa.ColumnElement[int]) -> list[Field]:
    return [
        f.branch(org),
        f.person(t.member_id),
        f.TITLE,
        f.KIND,
        f.STARTED,
        f.coded("status", "到会", t.status, "attendance_status"),
        f.coded("method", "签到方式", t.sign_method, "sign_method"),
        f.moment("signed", "签到时间", t.signed_at),
    ]


def _activities(measure: str) -> Tracer:
    types, with_groups = _TAKES[measure]

    def tracer(source: Source, block: Block, month: str) -> list[Ladder]:
        owners = _owners(source, block, with_groups=with_groups)
        where = [a.period_month == month, a.org_id.in_(owners)]
        if types is not None:
            where.append(a.activity_type.in_(types))
        if measure == "deliberations":
            where.append(sa.or_(a.is_deliberation, a.activity_type == "deliberation"))
        return [
            Ladder(
                "activities",
                activities_table,
                sa.and_(*where),
                a.activity_id,
                a.org_id,
                _fates(measure, month),
                _OF_ACTIVITY,
            )
        ]

    return tracer


def _fates(measure: str, month: str) -> list[tuple[str, sa.ColumnElement[bool]]]:
    """Valid activities count; of those that are broken or late the reason itself is what is counted."""
    whole, in_time = countable((month,)), a.recorded_at < closes_at((month,))
    reasons = [(_DELETED, a.deleted_at.is_not(None)), (_NOT_HELD, fails(a.status == "held"))]
    if measure == "activities_broken":
        return [*reasons, ("可计数", whole)]
    reasons.append((_BROKEN, fails(whole)))
    if measure == "backfilled":
        return [*reasons, ("按期录入", in_time)]
    reasons.append((BACKFILLED, fails(in_time)))
    if measure == "activities_at_venue":
        reasons.append(("不在阵地开展", a.venue_id.is_(None)))
    return reasons


def _owners(source: Source, block: Block, *, with_groups: bool) -> list[int]:
    """The branches of the block, with their party groups where these count."""
    return list(organisers(source, block) or ()) if with_groups else list(block.orgs or ())


def _sign_ins(measure: str) -> Tracer:
    def tracer(source: Source, block: Block, month: str) -> list[Ladder]:
        # Inlined into each of the two ladders: SQLite searches a common table expression of two users row by row.
        valid = valid_activity_rows((month,)).subquery("valid_activities")
        rows = attendances.join(activities_table, a.activity_id == t.activity_id).outerjoin(
            valid, valid.c.activity_id == t.activity_id
        )
        own = sa.and_(a.period_month == month, a.org_id.in_(_owners(source, block, with_groups=True)))
        on_the_day = sa.and_(
            s.member_id == t.member_id,
            living(),
            in_force(s.started_on, s.ended_on, sa.func.date(a.started_at)),
        )
        of_committees = sa.and_(
            a.period_month == month,
            a.org_id.in_(source.tree.committees),
            branch_filter(s.branch_org_id, block),
        )
        reasons = _reasons(measure, valid)
        joined = rows.join(memberships, on_the_day)
        return [
            _roster(rows, own, a.org_id, reasons),
            _roster(joined, of_committees, s.branch_org_id, reasons)._replace(part=s.membership_id),
        ]

    return tracer


def _roster(
    rows: sa.FromClause,
    where: sa.ColumnElement[bool],
    org: sa.ColumnElement[int],
    reasons: list[tuple[str, sa.ColumnElement[bool]]],
) -> Ladder:
    return Ladder(
        "attendances", rows, where, t.attendance_id, org, reasons, _of_sign_in(org), of_persons=True
    )


def _reasons(measure: str, valid: sa.FromClause) -> list[tuple[str, sa.ColumnElement[bool]]]:
    broken = sa.and_(t.status == "present", sa.or_(t.sign_method.is_(None), t.signed_at.is_(None)))
    asked = [
        ("非组织生活类活动", fails(a.activity_type.in_(LIFE_TYPES))),
        ("不须到会（列席、免于参加）", fails(t.is_required)),
        ("签到缺方式或时间", broken),
        (BACKFILLED, fails(t.recorded_at < valid.c.closes_at)),
    ]
    came = [
        ("请假", t.status == "leave"),
        ("缺席", fails(t.status == "present")),
        ("手工签到或不在活动前后两小时", fails(valid_sign_in(valid))),
    ]
    of_measure = {
        "required": asked,
        "present": [*asked, *came],
        "on_leave": [*asked, ("未请假", fails(t.status == "leave"))],
        "signins": [(BACKFILLED, fails(t.recorded_at < valid.c.closes_at)), *came],
    }
    return [
        (_DELETED, t.deleted_at.is_not(None)),
        ("党员已删除", fails(of_living_member(t.member_id))),
        ("活动未开展、不完整或为补录", valid.c.activity_id.is_(None)),
        *of_measure[measure],
    ]


TRACERS: dict[str, Tracer] = {
    **{measure: _activities(measure) for measure in _TAKES},
    **{measure: _sign_ins(measure) for measure in SIGN_INS},
}

"""Ladders of dues, members and their moves, transfer steps, service and study: rows that are about one person each."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from data.clock import cutoff
from data.contract import (
    dues_obligations,
    learning_records,
    member_state_history,
    memberships,
    transfer_steps,
    transfers,
    volunteer_records,
)
from data.projection.families.dues import obligation_states
from data.projection.families.membership import in_force, membership, of_living_member, s, state
from data.projection.families.transfers import DUE_SOON, ENDED, LONG_OVERDUE, open_at
from data.projection.source import Block, Source, branch_filter, in_months, month_start
from data.projection.trace import fields as f
from data.projection.trace.ladder import Field, Ladder, Tracer, fails

Reasons = list[tuple[str, sa.ColumnElement[bool]]]

o, h, x, y = dues_obligations.c, member_state_history.c, transfer_steps.c, transfers.c
v, k = volunteer_records.c, learning_records.c

DELETED, LATE = "已删除", "补录（封账后记录，不计分）"
_STATES = {"dues_short": "少缴", "dues_unpaid": "未缴", "dues_full": "足额"}
GONE = "党员已删除"


def _dues(measure: str) -> Tracer:
    def tracer(source: Source, block: Block, month: str) -> list[Ladder]:
        states = obligation_states(Block(block.orgs, (month,))).subquery()
        rows = dues_obligations.outerjoin(states, states.c.obligation_id == o.obligation_id)
        reasons = [
            (DELETED, o.deleted_at.is_not(None)),
            (GONE, fails(of_living_member(o.member_id))),
            ("应缴金额为空", o.payable_amount.is_(None)),
            ("免缴（应缴为0）", fails(o.payable_amount > 0)),
        ]
        if measure in _STATES:
            reasons += [(word, states.c[name] == 1) for name, word in _STATES.items() if name != measure]
        if measure == "dues_makeup":
            reasons += [
                (_STATES["dues_full"], states.c.dues_full == 1),
                ("未补缴", states.c.dues_makeup == 0),
            ]
        where = sa.and_(o.dues_month == month, branch_filter(o.branch_org_id, block))
        shown = [f.branch(o.branch_org_id), f.person(o.member_id), _MONTH, _state(states), _DUE]
        return [
            Ladder(
                "dues_obligations",
                rows,
                where,
                o.obligation_id,
                o.branch_org_id,
                reasons,
                shown,
                of_persons=True,
            )
        ]

    return tracer


# Dues are shown as a state: no amount is ever selected.
_MONTH, _DUE = Field("month", "所属月份", o.dues_month), f.day("due", "缴纳期限", o.due_on)


def _state(states: sa.Subquery) -> Field:
    whens = [(states.c.dues_makeup == 1, sa.literal("补缴"))]
    whens += [(states.c[name] == 1, sa.literal(word)) for name, word in _STATES.items()]
    return Field("state", "缴纳状态", sa.case(*whens, else_=sa.literal("免缴")))


def _members(measure: str) -> Tracer:
    def tracer(source: Source, block: Block, month: str) -> list[Ladder]:
        day = source.calendar.day_of(month)
        rows = memberships.outerjoin(member_state_history, state(day))
        reasons = [
            *_NOT_FORMAL,
            ("月末不在本支部", fails(in_force(s.started_on, s.ended_on, day))),
            ("月末不在党内（停止党籍、出党、去世）", h.member_id.is_(None)),
        ]
        if measure == "full_members":
            reasons.append(("预备党员", fails(h.member_stage == "full")))
        where = sa.and_(s.started_on <= day, branch_filter(s.branch_org_id, block))
        return [_membership(rows, where, reasons)]

    return tracer


def _moves(measure: str) -> Tracer:
    reason = _MOVES[measure]

    def tracer(source: Source, block: Block, month: str) -> list[Ladder]:
        gone = reason == "transfer_out"
        at, why = (s.ended_on, s.end_reason) if gone else (s.started_on, s.start_reason)
        reasons = [
            *_NOT_FORMAL,
            ("其他原因", fails(why == reason)),
            ("日期在将来", fails(at <= source.calendar.now.date())),
        ]
        where = sa.and_(in_months(at, (month,), as_date=True), branch_filter(s.branch_org_id, block))
        return [_membership(memberships, where, reasons)]

    return tracer


_MOVES = {"admitted": "admitted", "moved_in": "transfer_in", "moved_out": "transfer_out"}
_NOT_FORMAL = [
    (DELETED, s.deleted_at.is_not(None)),
    (GONE, fails(of_living_member(s.member_id))),
    ("流入党员（组织关系不在本支部）", fails(s.kind == "formal")),
]


def _membership(rows: Any, where: sa.ColumnElement[bool], reasons: Reasons) -> Ladder:
    shown = [
        f.branch(s.branch_org_id),
        f.person(s.member_id),
        f.day("from", "进入本支部", s.started_on),
        f.coded("how", "进入方式", s.start_reason, "membership_reason"),
        f.day("until", "离开本支部", s.ended_on),
        f.coded("why", "离开原因", s.end_reason, "membership_reason"),
    ]
    return Ladder(
        "memberships", rows, where, s.membership_id, s.branch_org_id, reasons, shown, of_persons=True
    )


def _transfer_steps(measure: str) -> Tracer:
    def tracer(source: Source, block: Block, month: str) -> list[Ladder]:
        ended_before = sa.and_(x.decided_at.is_(None), y.state.in_(ENDED), fails(y.updated_at > x.due_at))
        reasons = [
            *_STEP_GONE,
            ("尚未到期", fails(x.due_at < source.calendar.now)),
            ("转接已撤回、退回或失效", ended_before),
        ]
        if measure == "transfer_steps_on_time":
            reasons.append(("超期办结或未办", fails(x.decided_at <= x.due_at)))
        rows = transfer_steps.join(transfers, y.transfer_id == x.transfer_id)
        where = sa.and_(in_months(x.due_at, (month,), as_date=False), branch_filter(x.handler_org_id, block))
        return [_step(rows, where, reasons)]

    return tracer


def _standing_steps(measure: str) -> Tracer:
    """Steps that are open at the end of the month (now in the open one)."""

    def tracer(source: Source, block: Block, month: str) -> list[Ladder]:
        end = min(cutoff(month), source.calendar.now)
        reasons = [
            *_STEP_GONE,
            ("期末前已办结", x.decided_at < end),
            ("转接在期末前已办结或终止", fails(open_at(end))),
        ]
        if measure == "transfer_due_soon":
            late = [("已超期", x.due_at < end), ("两日内不到期", fails(x.due_at <= end + DUE_SOON))]
        else:
            late = [("尚未超期", fails(x.due_at < end))]
        if measure == "transfer_overdue_30":
            late.append(("超期不足30天", fails(x.due_at < end - LONG_OVERDUE)))
        rows = transfer_steps.join(transfers, y.transfer_id == x.transfer_id)
        # Long decided steps are not looked at: only those that were open in the month.
        looked = sa.or_(x.decided_at.is_(None), x.decided_at >= month_start(month))
        where = sa.and_(x.opened_at < end, looked, branch_filter(x.handler_org_id, block))
        return [_step(rows, where, [*reasons, *late])]

    return tracer


_STEP_GONE = [
    (DELETED, sa.or_(x.deleted_at.is_not(None), y.deleted_at.is_not(None))),
    (GONE, fails(of_living_member(y.member_id))),
]


def _step(rows: Any, where: sa.ColumnElement[bool], reasons: Reasons) -> Ladder:
    shown = [
        f.branch(x.handler_org_id, "办理支部"),
        f.person(y.member_id),
        f.coded("direction", "方向", y.direction, "transfer_direction"),
        f.coded("step", "环节", x.step_type, "transfer_step_type"),
        f.moment("opened", "到达时间", x.opened_at),
        f.moment("due", "办理时限", x.due_at),
        f.moment("decided", "办结时间", x.decided_at),
    ]
    return Ladder("transfer_steps", rows, where, x.step_id, x.handler_org_id, reasons, shown, of_persons=True)


def _service(measure: str) -> Tracer:
    def tracer(source: Source, block: Block, month: str) -> list[Ladder]:
        rows = volunteer_records.join(
            memberships, sa.and_(s.member_id == v.member_id, membership(v.service_on))
        )
        reasons = [
            (DELETED, v.deleted_at.is_not(None)),
            ("未经核实", v.verified_at.is_(None)),
            (LATE, fails(v.recorded_at < cutoff(month))),
        ]
        where = sa.and_(
            in_months(v.service_on, (month,), as_date=True), branch_filter(s.branch_org_id, block)
        )
        amount: Any = v.hours if measure == "volunteer_hours" else 1
        shown = [
            f.branch(s.branch_org_id),
            f.person(v.member_id),
            f.day("on", "服务日期", v.service_on),
            Field("hours", "时长（小时）", v.hours, "decimal"),
            f.coded("method", "签到方式", v.sign_method, "sign_method"),
            f.moment("verified", "核验时间", v.verified_at),
            f.moment("recorded", "录入时间", v.recorded_at),
        ]
        return [
            Ladder(
                "volunteer_records",
                rows,
                where,
                v.record_id,
                s.branch_org_id,
                reasons,
                shown,
                True,
                amount,
                part=s.membership_id,
            )
        ]

    return tracer


def _study(source: Source, block: Block, month: str) -> list[Ladder]:
    on_the_day = membership(sa.func.date(k.completed_at))
    rows = learning_records.join(memberships, sa.and_(s.member_id == k.member_id, on_the_day))
    where = sa.and_(in_months(k.completed_at, (month,), as_date=False), branch_filter(s.branch_org_id, block))
    shown = [
        f.branch(s.branch_org_id),
        f.person(k.member_id),
        f.course(k.course_id),
        f.moment("completed", "学完时间", k.completed_at),
        Field("hours", "学时", k.credited_hours, "decimal"),
    ]
    gone = [(DELETED, k.deleted_at.is_not(None))]
    return [
        Ladder(
            "learning_records",
            rows,
            where,
            k.record_id,
            s.branch_org_id,
            gone,
            shown,
            True,
            k.credited_hours,
            part=s.membership_id,
        )
    ]


TRACERS: dict[str, Tracer] = {
    **{measure: _dues(measure) for measure in ("dues_owed", "dues_makeup", *_STATES)},
    **{measure: _members(measure) for measure in ("members", "full_members")},
    **{measure: _moves(measure) for measure in _MOVES},
    **{measure: _transfer_steps(measure) for measure in ("transfer_steps", "transfer_steps_on_time")},
    **{
        measure: _standing_steps(measure)
        for measure in ("transfer_overdue", "transfer_overdue_30", "transfer_due_soon")
    },
    **{measure: _service(measure) for measure in ("volunteer_hours", "volunteer_times")},
    "online_hours": _study,
}

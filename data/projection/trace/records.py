"""Ladders of dues, members, transfers, floating members, service, study, posts and the ledger."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from data.clock import cutoff
from data.contract import (
    dues_ledger_entries,
    dues_obligations,
    learning_records,
    member_state_history,
    memberships,
    posts,
    transfer_steps,
    transfers,
    volunteer_records,
)
from data.projection.families.dues import obligation_states
from data.projection.families.membership import in_force, membership, of_living_member, s, state
from data.projection.families.transfers import ENDED
from data.projection.source import Block, Source, branch_filter, in_months
from data.projection.trace.ladder import Ladder, Tracer, fails

o, h, x, y = dues_obligations.c, member_state_history.c, transfer_steps.c, transfers.c
v, k, p, e = volunteer_records.c, learning_records.c, posts.c, dues_ledger_entries.c

DELETED, LATE = "已删除", "补录（封账后记录，不计分）"
_STATES = {"dues_short": "少缴", "dues_unpaid": "未缴", "dues_full": "足额"}


def _dues(measure: str) -> Tracer:
    def tracer(source: Source, block: Block, month: str) -> list[Ladder]:
        states = obligation_states(Block(block.orgs, (month,))).subquery()
        rows = dues_obligations.outerjoin(states, states.c.obligation_id == o.obligation_id)
        reasons = [
            (DELETED, o.deleted_at.is_not(None)),
            ("党员已删除", fails(of_living_member(o.member_id))),
            ("应缴金额为空", o.payable_amount.is_(None)),
            ("免缴（应缴为0）", fails(o.payable_amount > 0)),
        ]
        if measure in _STATES:
            reasons += [(word, states.c[name] == 1) for name, word in _STATES.items() if name != measure]
        where = sa.and_(o.dues_month == month, branch_filter(o.branch_org_id, block))
        return [Ladder("dues_obligations", rows, where, o.obligation_id, reasons)]

    return tracer


def _members(source: Source, block: Block, month: str) -> list[Ladder]:
    day = source.calendar.day_of(month)
    rows = memberships.outerjoin(member_state_history, state(day))
    reasons = [
        (DELETED, s.deleted_at.is_not(None)),
        ("党员已删除", fails(of_living_member(s.member_id))),
        ("流入党员（组织关系不在本支部）", fails(s.kind == "formal")),
        ("月末不在本支部", fails(in_force(s.started_on, s.ended_on, day))),
        ("月末不在党内（停止党籍、出党、去世）", h.member_id.is_(None)),
    ]
    where = sa.and_(s.started_on <= day, branch_filter(s.branch_org_id, block))
    return [Ladder("memberships", rows, where, s.membership_id, reasons)]


def _transfer_steps(measure: str) -> Tracer:
    def tracer(source: Source, block: Block, month: str) -> list[Ladder]:
        ended_before = sa.and_(x.decided_at.is_(None), y.state.in_(ENDED), fails(y.updated_at > x.due_at))
        reasons = [
            (DELETED, sa.or_(x.deleted_at.is_not(None), y.deleted_at.is_not(None))),
            ("党员已删除", fails(of_living_member(y.member_id))),
            ("尚未到期", fails(x.due_at < source.calendar.now)),
            ("转接已撤回、退回或失效", ended_before),
        ]
        if measure == "transfer_steps_on_time":
            reasons.append(("超期办结或未办", fails(x.decided_at <= x.due_at)))
        rows = transfer_steps.join(transfers, y.transfer_id == x.transfer_id)
        where = sa.and_(in_months(x.due_at, (month,), as_date=False), branch_filter(x.handler_org_id, block))
        return [Ladder("transfer_steps", rows, where, x.step_id, reasons)]

    return tracer


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
        return [Ladder("volunteer_records", rows, where, v.record_id, reasons, amount)]

    return tracer


def _study(source: Source, block: Block, month: str) -> list[Ladder]:
    on_the_day = membership(sa.func.date(k.completed_at))
    rows = learning_records.join(memberships, sa.and_(s.member_id == k.member_id, on_the_day))
    where = sa.and_(in_months(k.completed_at, (month,), as_date=False), branch_filter(s.branch_org_id, block))
    reasons = [(DELETED, k.deleted_at.is_not(None))]
    return [Ladder("learning_records", rows, where, k.record_id, reasons, k.credited_hours)]


def _posts(measure: str) -> Tracer:
    def tracer(source: Source, block: Block, month: str) -> list[Ladder]:
        reasons = [
            (DELETED, p.deleted_at.is_not(None)),
            ("未发布或已撤回", fails(p.status == "published")),
            ("发布时间在将来", fails(p.published_at <= source.calendar.now)),
        ]
        if measure == "disclosures":
            reasons.append(("非党务公开", fails(p.post_kind == "disclosure")))
        where = sa.and_(in_months(p.published_at, (month,), as_date=False), branch_filter(p.org_id, block))
        return [Ladder("posts", posts, where, p.post_id, reasons)]

    return tracer


def _ledger(source: Source, block: Block, month: str) -> list[Ladder]:
    reasons = [(DELETED, e.deleted_at.is_not(None)), (LATE, fails(e.recorded_at < cutoff(month)))]
    where = sa.and_(e.period_month == month, branch_filter(e.org_id, block))
    return [Ladder("dues_ledger_entries", dues_ledger_entries, where, e.entry_id, reasons)]


TRACERS: dict[str, Tracer] = {
    **{measure: _dues(measure) for measure in ("dues_owed", *_STATES)},
    "members": _members,
    **{measure: _transfer_steps(measure) for measure in ("transfer_steps", "transfer_steps_on_time")},
    **{measure: _service(measure) for measure in ("volunteer_hours", "volunteer_times")},
    "online_hours": _study,
    **{measure: _posts(measure) for measure in ("posts", "disclosures")},
    "ledger_entries": _ledger,
}

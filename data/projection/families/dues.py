"""Party dues: how many members of a branch owed a month and in which state they stood at its cut-off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import sqlalchemy as sa

from data.clock import cutoff
from data.contract import dues_obligations, dues_payment_allocations, dues_payments
from data.projection.families.membership import of_living_member
from data.projection.source import Block, Row, Source, branch_filter, month_case, named

o, p, l = dues_obligations.c, dues_payments.c, dues_payment_allocations.c  # noqa: E741 - o, p, l as in SQL

NAMES = ("dues_owed", "dues_full", "dues_short", "dues_unpaid", "dues_makeup", "dues_broken")

# Amounts are yuan with two decimals; engines that store them as floats must not turn 5.00 into unpaid.
HALF_CENT = 0.005
# A payment made in time may be recorded until the third day after the month (rulings 22).
GRACE = timedelta(days=3)


def read(source: Source, block: Block) -> Iterator[Row]:
    """One row per branch and dues month: first per obligation what was paid by when, then counted by state."""
    states = obligation_states(block).subquery()
    statement = sa.select(
        states.c.branch_org_id,
        states.c.dues_month,
        *(sa.func.sum(states.c[name]).label(name) for name in NAMES),
    ).group_by(states.c.branch_org_id, states.c.dues_month)
    for row in source.rows(statement):
        yield row.branch_org_id, row.dues_month, named(row, NAMES)


def obligation_states(block: Block) -> sa.Select[tuple[object, ...]]:
    """One row per obligation of the block with a 0/1 column per state."""
    end = month_case(o.dues_month, block.months, cutoff)
    recorded_by = month_case(o.dues_month, block.months, lambda m: cutoff(m) + GRACE)
    in_time = sa.case((sa.and_(p.paid_at < end, p.recorded_at < recorded_by), l.amount), else_=0)
    whole = sa.and_(l.deleted_at.is_(None), p.deleted_at.is_(None))
    paid = sa.func.coalesce(sa.func.sum(sa.case((whole, in_time), else_=0)), 0)
    paid_ever = sa.func.coalesce(sa.func.sum(sa.case((whole, l.amount), else_=0)), 0)
    owed = sa.and_(o.payable_amount.is_not(None), o.payable_amount > 0)
    full = paid >= o.payable_amount - HALF_CENT
    joined = dues_obligations.outerjoin(
        dues_payment_allocations, l.obligation_id == o.obligation_id
    ).outerjoin(dues_payments, p.payment_id == l.payment_id)
    return (
        sa.select(
            o.obligation_id,
            o.branch_org_id,
            o.dues_month,
            _flag(owed, "dues_owed"),
            _flag(sa.and_(owed, full), "dues_full"),
            _flag(sa.and_(owed, sa.not_(full), paid > 0), "dues_short"),
            _flag(sa.and_(owed, sa.not_(full), paid <= 0), "dues_unpaid"),
            _flag(sa.and_(owed, sa.not_(full), paid_ever >= o.payable_amount - HALF_CENT), "dues_makeup"),
            _flag(o.payable_amount.is_(None), "dues_broken"),
        )
        .select_from(joined)
        .where(
            o.deleted_at.is_(None),
            of_living_member(o.member_id),
            o.dues_month.in_(block.months),
            branch_filter(o.branch_org_id, block),
        )
        .group_by(o.obligation_id, o.branch_org_id, o.dues_month, o.payable_amount)
    )


def _flag(condition: sa.ColumnElement[bool], name: str) -> sa.Label[int]:
    return sa.case((condition, 1), else_=0).label(name)

"""Dues of members: what each owed for a month, and in which month it was paid in full."""

from __future__ import annotations

from typing import Any

import numpy as np
import sqlalchemy as sa

from data.clock import cutoff
from data.contract import dues_obligations, dues_payment_allocations, dues_payments
from data.indicators.member.cube import Array, MemberCube
from data.projection.families.dues import GRACE, HALF_CENT
from data.projection.families.member_source import Span
from data.projection.source import month_case, month_start
from data.projection.sql_time import hours_after, month_number

o, p, l = dues_obligations.c, dues_payments.c, dues_payment_allocations.c  # noqa: E741 - o, p, l as in SQL


def read_dues(span: Span, cube: MemberCube) -> None:
    """dues_owed, dues_settled and a trace per payment. A payment recorded after the third day of a month counts
    from that month on only (rulings 22)."""
    if not span.has("dues_obligations", "dues_payments", "dues_payment_allocations"):
        return
    parts = [[month] for month in span.months] if span.members is None else [list(span.months)]
    for months in parts:
        pages = list(span.numbers(_paid(span, months)))
        if pages:
            _settle(cube, np.concatenate(pages))


def _paid(span: Span, months: list[str]) -> sa.Select[Any]:
    """(member, own month, obligation, payable, amount, month paid, month from which it counts); one row per
    allocation, and one without amount for an obligation nothing was paid on."""
    own = month_number(o.dues_month)
    start = month_case(o.dues_month, months, month_start)
    end = month_case(o.dues_month, months, cutoff)
    grace = month_case(o.dues_month, months, lambda month: cutoff(month) + GRACE)
    # Nearly all is paid in its own month and recorded at once: only the rest is worth working out.
    in_own = sa.and_(p.paid_at >= start, p.paid_at < end)
    known_from = month_number(hours_after(p.recorded_at, sa.literal(-24 * GRACE.days)))
    joined = dues_obligations.outerjoin(
        dues_payment_allocations,
        sa.and_(l.obligation_id == o.obligation_id, l.deleted_at.is_(None)),
    ).outerjoin(dues_payments, sa.and_(p.payment_id == l.payment_id, p.deleted_at.is_(None)))
    return (
        sa.select(
            o.member_id,
            own,
            o.obligation_id,
            o.payable_amount,
            sa.case((p.payment_id.is_not(None), l.amount)),
            sa.case((in_own, own), else_=month_number(p.paid_at)),
            sa.case((p.recorded_at < grace, 0), else_=known_from),
        )
        .select_from(joined)
        .where(
            o.deleted_at.is_(None),
            o.payable_amount > 0,
            o.dues_month.in_(months),
            span.whose(o.member_id),
        )
    )


def _settle(cube: MemberCube, rows: Array) -> None:
    inside, member, month = cube.cells(rows[:, 0], rows[:, 1])
    rows = rows[inside]
    cube.facts["dues_owed"][member, month] = 1
    paid = ~np.isnan(rows[:, 4])
    traced = rows[paid][:, (0, 5)]
    cube.add(("dues_payments",), np.column_stack([traced, np.ones(len(traced))]))
    # In the order they began to count, the amounts of an obligation add up to what it asked for.
    counts_from = np.maximum(rows[:, 5], rows[:, 6])
    counts_from = np.maximum(counts_from, rows[:, 1])
    order = np.lexsort((counts_from, rows[:, 2]))
    order = order[paid[order]]
    obligation, amount = rows[order, 2], rows[order, 4]
    if not len(order):
        return
    total = np.cumsum(amount)
    first = np.flatnonzero(np.diff(obligation, prepend=-1))
    before = np.repeat((total - amount)[first], np.diff(np.append(first, len(obligation))))
    enough = total - before >= rows[order, 3] - HALF_CENT
    full = order[enough][::-1]
    # The earliest one written last stands.
    cube.facts["dues_settled"][member[full], month[full]] = counts_from[full].astype(np.int32)

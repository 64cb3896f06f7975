"""Whether a branch's dues ledger agrees with what its members paid; amounts stay in the operational database."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from data.clock import add_months, cutoff
from data.contract import dues_ledger_entries, dues_obligations, dues_payment_allocations, dues_payments
from data.projection.families.dues import GRACE
from data.projection.families.membership import of_living_member
from data.projection.source import Block, Row, Source, branch_filter, in_months, month_case

e, o, p, x = dues_ledger_entries.c, dues_obligations.c, dues_payments.c, dues_payment_allocations.c

# Collected and booked may differ by one percent of the larger (§6.2 no. 6), and by a cent of rounding.
TOLERANCE, CENT = 0.01, 0.01


def read(source: Source, block: Block) -> Iterator[Row]:
    """ledger_balanced (0 or 1) in the last month of each closed quarter, over what was paid in that quarter."""
    branches = source.tree.branches if block.orgs is None else block.orgs
    for month in block.months:
        if int(month[5:]) % 3 or not source.calendar.is_closed(month):
            continue
        quarter = (add_months(month, -2), add_months(month, -1), month)
        collected, booked = _collected(source, block, quarter), _booked(source, block, quarter)
        for branch in branches:
            paid, entered = collected.get(branch, 0.0), booked.get(branch, 0.0)
            balanced = abs(paid - entered) <= TOLERANCE * max(paid, entered) + CENT
            yield branch, month, {"ledger_balanced": float(balanced)}


def _collected(source: Source, block: Block, quarter: tuple[str, str, str]) -> dict[int, float]:
    """Paid in the quarter and recorded by the third day after it (rulings 22), per branch of the obligation."""
    joined = dues_payment_allocations.join(dues_payments, p.payment_id == x.payment_id).join(
        dues_obligations, o.obligation_id == x.obligation_id
    )
    statement = (
        sa.select(o.branch_org_id, sa.func.sum(x.amount))
        .select_from(joined)
        .where(
            x.deleted_at.is_(None),
            p.deleted_at.is_(None),
            o.deleted_at.is_(None),
            of_living_member(o.member_id),
            in_months(p.paid_at, quarter, as_date=False),
            p.recorded_at < cutoff(quarter[-1]) + GRACE,
            branch_filter(o.branch_org_id, block),
        )
        .group_by(o.branch_org_id)
    )
    return {branch: float(amount or 0) for branch, amount in source.rows(statement)}


def _booked(source: Source, block: Block, quarter: tuple[str, str, str]) -> dict[int, float]:
    statement = (
        sa.select(e.org_id, sa.func.sum(e.amount))
        .where(
            e.deleted_at.is_(None),
            e.entry_kind == "collect",
            e.period_month.in_(quarter),
            e.recorded_at < month_case(e.period_month, quarter, cutoff),
            branch_filter(e.org_id, block),
        )
        .group_by(e.org_id)
    )
    return {branch: float(amount or 0) for branch, amount in source.rows(statement)}

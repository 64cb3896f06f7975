"""Dues of a living district: one payment at a time, and the obligations of a month that has just begun."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from data.clock import add_months, first_day, last_day, month_of
from data.contract import dues_obligations, dues_payment_allocations, memberships
from data.demo.living import District, Event
from data.demo.roster_today import in_force

_LOOKS = 6
# On these terms pays who has no month before.
_USUAL: Mapping[str, Any] = {
    "basis_type": "low_fixed",
    "base_amount": None,
    "rate": None,
    "payable_amount": 0.2,
    "exempt_reason": None,
}


def _unpaid(connection: sa.Connection, org: int, month: str) -> Any:
    """One obligation of the branch nothing was paid on, or None."""
    o, a = dues_obligations.c, dues_payment_allocations.c
    paid = (
        sa.select(a.allocation_id).where(a.obligation_id == o.obligation_id, a.deleted_at.is_(None)).exists()
    )
    return connection.execute(
        sa.select(o.obligation_id, o.member_id, o.payable_amount, o.due_on)
        .where(
            o.branch_org_id == org, o.dues_month == month, o.payable_amount > 0, o.deleted_at.is_(None), ~paid
        )
        .limit(1)
    ).first()


def pay(district: District, now: datetime) -> Event | None:
    """One payment in full with its allocation and point; the month before is made up for when this one is paid."""
    month = month_of(now.date())
    with district.engine.begin() as connection:
        for wanted in [month] * _LOOKS + [add_months(month, -1)] * _LOOKS:
            org = district.branch()
            owed = _unpaid(connection, org, wanted)
            if owed is not None:
                break
        else:
            return None
        late = now.date() > owed.due_on
        payment = _put_payment(district, connection, owed, late, now)
        if not late:
            district.points(
                connection, "hs_m_dues", "dues_payments", [(payment, owed.member_id, org, 1.0)], now
            )
    return Event("payment", org, 2 if late else 3, now)


def _put_payment(district: District, connection: sa.Connection, owed: Any, late: bool, now: datetime) -> int:
    """The payment of one obligation and its allocation; returns the payment's key."""
    payment = {
        "member_id": owed.member_id,
        "amount": owed.payable_amount,
        "paid_at": now,
        "channel": district.rng.choice(("mobile", "mobile", "mobile", "bank", "payroll")),
        "payer_kind": "self",
        "recorded_at": now,
    }
    key = district.insert(connection, "dues_payments", [payment], now)[0]
    allocation = {
        "payment_id": key,
        "obligation_id": owed.obligation_id,
        "amount": owed.payable_amount,
        "is_makeup": late,
    }
    district.insert(connection, "dues_payment_allocations", [allocation], now)
    return key


def owe(district: District, now: datetime) -> Event | None:
    """Obligations of the running month for one branch that has none yet, on the terms of the month before."""
    o = dues_obligations.c
    month, org = month_of(now.date()), district.branch()
    with district.engine.begin() as connection:
        if connection.scalar(
            sa.select(o.obligation_id).where(o.branch_org_id == org, o.dues_month == month).limit(1)
        ):
            return None
        here = _enrolled(connection, org, first_day(month))
        terms = _terms(connection, here, add_months(month, -1))
        whole = {"branch_org_id": org, "dues_month": month, "due_on": last_day(month)}
        rows = [{**_USUAL, **terms.get(member, {}), "member_id": member, **whole} for member in here]
        district.insert(connection, "dues_obligations", rows, now)
    return Event("obligations", org, len(rows), now) if rows else None


def _enrolled(connection: sa.Connection, org: int, first: date) -> Sequence[int]:
    """Members of the branch on the first day of a month who came before it (rulings 5)."""
    m = memberships.c
    return connection.scalars(
        sa.select(m.member_id).where(
            m.branch_org_id == org,
            m.kind == "formal",
            m.started_on < first,
            m.deleted_at.is_(None),
            in_force(m.started_on, m.ended_on, first),
        )
    ).all()


def _terms(connection: sa.Connection, members: Sequence[int], month: str) -> dict[int, dict[str, Any]]:
    """Basis, rate and amount of the members' obligations of a month."""
    o = dues_obligations.c
    columns = (o.member_id, *(o[name] for name in _USUAL))
    found = connection.execute(
        sa.select(*columns).where(o.member_id.in_(members), o.dues_month == month, o.deleted_at.is_(None))
    ).mappings()
    return {row["member_id"]: dict(row) for row in found}

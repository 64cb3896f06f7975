"""Dues of a living district: one payment at a time, and the obligations of a month that has just begun."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from data.clock import add_months, first_day, last_day, month_of
from data.contract import dues_obligations, dues_payment_allocations, memberships
from data.demo.living import District, Event
from data.demo.roster_today import in_force

_LOOKS = 6


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
        payment = district.insert(
            connection,
            "dues_payments",
            [
                {
                    "member_id": owed.member_id,
                    "amount": owed.payable_amount,
                    "paid_at": now,
                    "channel": district.rng.choice(("mobile", "mobile", "mobile", "bank", "payroll")),
                    "payer_kind": "self",
                    "recorded_at": now,
                }
            ],
            now,
        )[0]
        district.insert(
            connection,
            "dues_payment_allocations",
            [
                {
                    "payment_id": payment,
                    "obligation_id": owed.obligation_id,
                    "amount": owed.payable_amount,
                    "is_makeup": late,
                }
            ],
            now,
        )
        if not late:
            district.points(
                connection, "hs_m_dues", "dues_payments", [(payment, owed.member_id, org, 1.0)], now
            )
    return Event("payment", org, 2 if late else 3, now)


def owe(district: District, now: datetime) -> Event | None:
    """Obligations of the running month for one branch that has none yet, on the terms of the month before."""
    o, m = dues_obligations.c, memberships.c
    month = month_of(now.date())
    org, first = district.branch(), first_day(month)
    with district.engine.begin() as connection:
        if connection.scalar(
            sa.select(o.obligation_id).where(o.branch_org_id == org, o.dues_month == month).limit(1)
        ):
            return None
        here = connection.scalars(
            sa.select(m.member_id).where(
                m.branch_org_id == org,
                m.kind == "formal",
                m.started_on < first,
                m.deleted_at.is_(None),
                in_force(m.started_on, m.ended_on, first),
            )
        ).all()
        before = connection.execute(
            sa.select(
                o.member_id, o.basis_type, o.base_amount, o.rate, o.payable_amount, o.exempt_reason
            ).where(o.member_id.in_(here), o.dues_month == add_months(month, -1), o.deleted_at.is_(None))
        ).mappings()
        terms = {row["member_id"]: dict(row) for row in before}
        usual = {
            "basis_type": "low_fixed",
            "base_amount": None,
            "rate": None,
            "payable_amount": 0.2,
            "exempt_reason": None,
        }
        rows = [
            {
                **usual,
                **terms.get(member, {}),
                "member_id": member,
                "branch_org_id": org,
                "dues_month": month,
                "due_on": last_day(month),
            }
            for member in here
        ]
        district.insert(connection, "dues_obligations", rows, now)
    return Event("obligations", org, len(rows), now) if rows else None

"""Dues in money and needs of service: what the measures of branches do not hold.

``dues_collected``, the open month and the one before, by town: ``payable`` and ``collected`` in yuan, paid by now;
for the district and committees only, never for a small area.
``service_needs``, by month of publication, by town: ``<status>|<service_kind>``.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from data.clock import month_of
from data.contract import dues_obligations, dues_payment_allocations, dues_payments, volunteer_projects
from data.projection.families.membership import of_living_member
from data.projection.source import Source
from data.projection.tallies.kinds import SLOWLY, Tally, TallyRow
from data.projection.tallies.places import by_town

o, x, y, v = dues_obligations.c, dues_payment_allocations.c, dues_payments.c, volunteer_projects.c


def read_dues(source: Source) -> Iterator[TallyRow]:
    """Amounts of living members; a deleted payment takes its allocations with it (rulings 21)."""
    months = source.calendar.months[-2:]
    owed = sa.and_(o.deleted_at.is_(None), o.dues_month.in_(months), of_living_member(o.member_id))
    payable = (
        sa.select(o.branch_org_id, o.dues_month, sa.func.sum(o.payable_amount).label("n"))
        .where(owed)
        .group_by(o.branch_org_id, o.dues_month)
    )
    collected = (
        sa.select(o.branch_org_id, o.dues_month, sa.func.sum(x.amount).label("n"))
        .select_from(
            dues_obligations.join(dues_payment_allocations, x.obligation_id == o.obligation_id).join(
                dues_payments, y.payment_id == x.payment_id
            )
        )
        .where(owed, x.deleted_at.is_(None), y.deleted_at.is_(None), y.paid_at <= source.calendar.now)
        .group_by(o.branch_org_id, o.dues_month)
    )
    for key, statement in (("payable", payable), ("collected", collected)):
        rows = ((row.dues_month, row.branch_org_id, key, float(row.n or 0)) for row in source.rows(statement))
        yield from by_town(source, rows)


def read_needs(source: Source) -> Iterator[TallyRow]:
    """Needs published so far, by what has become of them."""
    statement = sa.select(v.org_id, v.published_at, v.status, v.service_kind).where(
        v.deleted_at.is_(None), v.published_at <= source.calendar.now
    )
    rows = (
        (month_of(row.published_at), row.org_id, f"{row.status}|{row.service_kind}", 1.0)
        for row in source.rows(statement)
    )
    yield from by_town(source, rows)


_DUES = ("dues_obligations", "dues_payments", "dues_payment_allocations", "members", "organizations")
TALLIES = (
    Tally("dues_collected", read_dues, _DUES, SLOWLY),
    Tally("service_needs", read_needs, ("volunteer_projects", "organizations")),
)

"""The ledger of dues in money, by level: what branches collect and pass up, what comes back, what is spent.

``dues_ledger``, thirteen months to the open one, by town: ``<branch|committee|district>|<entry_kind>|<in|out>`` in
yuan, booked before the end of their month; never for a single branch.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from data.clock import cutoff
from data.contract import dues_ledger_entries
from data.projection.source import Source, month_case
from data.projection.tallies.kinds import SLOWLY, Tally, TallyRow
from data.projection.tallies.places import by_town

e = dues_ledger_entries.c

MONTHS = 13


def read(source: Source) -> Iterator[TallyRow]:
    """Entries of living organisations; the book of a party group is its branch's."""
    months = source.calendar.months[-MONTHS:]
    statement = (
        sa.select(e.org_id, e.period_month, e.entry_kind, e.direction, sa.func.sum(e.amount).label("n"))
        .where(
            e.deleted_at.is_(None),
            e.period_month.in_(months),
            e.recorded_at < month_case(e.period_month, months, cutoff),
        )
        .group_by(e.org_id, e.period_month, e.entry_kind, e.direction)
    )
    rows = (
        (
            row.period_month,
            row.org_id,
            f"{_level(source, row.org_id)}|{row.entry_kind}|{row.direction}",
            float(row.n),
        )
        for row in source.rows(statement)
        if row.org_id in source.tree.organisations
    )
    yield from by_town(source, rows)


def _level(source: Source, org_id: int) -> str:
    if source.tree.branch_of(org_id) is not None:
        return "branch"
    return "district" if org_id == source.tree.root.org_id else "committee"


TALLIES = (Tally("dues_ledger", read, ("dues_ledger_entries", "organizations"), SLOWLY),)

"""Months of the read model, for the choice of a period."""

from __future__ import annotations

import sqlalchemy as sa

from data.clock import add_months
from data.readmodel.scoped import ScopedReader

# Two years and the running month: what a comparison with the same month of last year needs.
MONTHS = 25


def load(reader: ScopedReader) -> list[str]:
    """The newest months, the open one first; at most 25."""
    m = reader.months.c
    query = sa.select(m.period_month).order_by(m.period_month.desc()).limit(MONTHS)
    return [row.period_month for row in reader.rows(query)]


def closed(reader: ScopedReader) -> str:
    """The last closed month: what a page shows when its address names none."""
    return add_months(reader.version.open_month, -1)

"""Of how many branches an indicator says something, and of how many it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from data.readmodel.light import Light
from data.readmodel.scoped import Place, ScopedReader


@dataclass(frozen=True)
class Known:
    """One indicator over the eligible branches of an organisation in a month: judged, not applicable, without data."""

    indicator: str
    judged: int
    not_applicable: int
    no_data: int

    @property
    def no_data_share(self) -> float | None:
        """Without data ÷ those it applies to; None where it applies to none."""
        due = self.judged + self.no_data
        return self.no_data / due if due else None


def load(reader: ScopedReader, place: Place, indicators: Sequence[str], month: str) -> list[Known]:
    """Most without data first, then in the order asked; empty without an eligible branch."""
    r, b, n = reader.branch_results, reader.branch_months, reader.nodes
    counts: list[sa.ColumnElement[int]] = []
    for name in indicators:
        lit = r.c[f"{name}_light"]
        counts += [
            sa.func.sum(sa.case((lit >= Light.GREEN, 1), else_=0)),
            sa.func.sum(sa.case((lit == Light.NA, 1), else_=0)),
        ]
    same = sa.and_(b.c.org_id == r.c.org_id, b.c.period_month == r.c.period_month)
    query = (
        sa.select(sa.func.count(), *counts)
        .select_from(n.join(r, r.c.org_id == n.c.org_id).join(b, same))
        .where(n.c.position >= place.position, n.c.position < place.subtree_end)
        .where(r.c.period_month == month, b.c.eligible == 1)
    )
    (row,) = reader.rows(query)
    eligible = row[0]
    if not eligible:
        return []
    found = []
    for i, name in enumerate(indicators):
        judged, not_applicable = row[1 + 2 * i], row[2 + 2 * i]
        found.append(Known(name, judged, not_applicable, eligible - judged - not_applicable))
    return sorted(found, key=lambda one: -one.no_data)

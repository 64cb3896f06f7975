"""The ranking of second-level committees by the mean 诊疗分 of their branches, where no points of 武进 are kept."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from data.clock import add_months, last_day
from data.queries.figures_of_month import BRANCH_TYPES
from data.readmodel.reader import Reader
from data.readmodel.schema import nodes, org_months

ROW_CAP = 200


@dataclass(frozen=True)
class CommitteeMean:
    """One committee; ``place_before`` is None for one not ranked a quarter earlier."""

    name: str
    place: int
    place_before: int | None
    branches: int
    mean: float


def load(reader: Reader, month: str) -> list[CommitteeMean]:
    """Committees directly below the district at the close of a quarter, by place (1-2-2-4 on two decimals)."""
    now, before = _means(reader, month), _means(reader, add_months(month, -3))
    places, places_before = _places(now), _places(before)
    found = [
        CommitteeMean(name, places[org], places_before.get(org), branches, mean)
        for org, (name, branches, mean) in now.items()
    ]
    return sorted(found, key=lambda row: (row.place, row.name))


def _means(reader: Reader, month: str) -> dict[int, tuple[str, int, float]]:
    o, n = org_months.c, nodes.c
    query = (
        sa.select(n.org_id, n.short_name, o.score_count, o.score_sum)
        .join(org_months, o.org_id == n.org_id)
        .where(n.parent_org_id == reader.root_org_id, n.org_type.not_in(BRANCH_TYPES))
        .where(o.period_month == month, o.score_count > 0)
        .where(sa.or_(n.dissolved_on.is_(None), n.dissolved_on > last_day(month)))
        .limit(ROW_CAP)
    )
    rows = reader.connection.execute(query)
    return {org: (name, int(count), round(total / count, 2)) for org, name, count, total in rows}


def _places(means: dict[int, tuple[str, int, float]]) -> dict[int, int]:
    scores = [mean for _, _, mean in means.values()]
    return {org: 1 + sum(other > mean for other in scores) for org, (_, _, mean) in means.items()}

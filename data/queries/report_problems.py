"""The problem list of a closed quarter: red items and breaches of structure of every branch (indicators.md §8.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from data.clock import last_day
from data.queries.figures_of_month import BRANCH_TYPES
from data.readmodel.light import Light
from data.readmodel.reader import Reader
from data.readmodel.results import indicator_column
from data.readmodel.schema import branch_results, nodes

STRUCTURE = "jn_w15_structure_abnormal"


@dataclass(frozen=True)
class Problem:
    """One item of one branch, proposed: the district confirms it before it is issued."""

    org_id: int
    organisation: str
    superior: str
    indicator: str
    value: float | None
    light: Light


def load(reader: Reader, indicators: Sequence[str], month: str) -> list[Problem]:
    """Problems at the close of a quarter whose last month is ``month``, in the order of the tree.

    A breach of structure is listed from its yellow light on, any other indicator when it is red.
    """
    r, parent = branch_results.c, nodes.alias("parent")
    columns = [r[indicator_column(i, part)] for i in indicators for part in ("value", "light")]
    listed = [r[indicator_column(i, "light")] >= _from(i) for i in indicators]
    query = (
        sa.select(nodes.c.org_id, nodes.c.short_name, parent.c.short_name.label("superior"), *columns)
        .join(branch_results, r.org_id == nodes.c.org_id)
        .join(parent, parent.c.org_id == nodes.c.parent_org_id)
        .where(r.period_month == month, nodes.c.org_type.in_(BRANCH_TYPES), sa.or_(*listed))
        .where(sa.or_(nodes.c.dissolved_on.is_(None), nodes.c.dissolved_on > last_day(month)))
        .order_by(nodes.c.position)
    )
    found = []
    for row in reader.connection.execute(query).mappings():
        for indicator in indicators:
            light = row[indicator_column(indicator, "light")]
            if light is not None and light >= _from(indicator):
                value = row[indicator_column(indicator, "value")]
                found.append(
                    Problem(
                        row["org_id"], row["short_name"], row["superior"], indicator, value, Light(int(light))
                    )
                )
    return found


def _from(indicator: str) -> Light:
    return Light.YELLOW if indicator == STRUCTURE else Light.RED

"""The light of one indicator for towns and committees: by the shares of their branches that are lit (rulings 17)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from data.queries.figures_of_month import closed_month
from data.readmodel.light import Light
from data.readmodel.reader import Reader
from data.readmodel.results import indicator_column
from data.readmodel.schema import nodes, org_months, town_months, towns
from data.scope import Scope

# A district has a few dozen towns and second-level committees.
ROW_CAP = 100
# From these shares of its judged branches on an area is red, or yellow.
RED_FROM, YELLOW_FROM_RED, YELLOW_FROM_YELLOW = 0.10, 0.05, 0.20


@dataclass(frozen=True)
class AreaLight:
    """``judged`` branches have a value, ``red`` and ``yellow`` of them are lit; ``area_id`` is a town or committee."""

    area_id: int
    name: str
    judged: int
    red: int
    yellow: int

    @property
    def light(self) -> Light:
        """na where no branch is judged."""
        return area_light(self.red, self.yellow, self.judged)


def area_light(red: float, yellow: float, judged: float) -> Light:
    """Red from 10 % red branches on; yellow from 5 % red or 20 % yellow ones on; shares of the judged branches."""
    if judged <= 0:
        return Light.NA
    # Quotients, not products: 7 of 70 is 0.1, but 0.1 × 70 is more than 7.
    if red / judged >= RED_FROM:
        return Light.RED
    is_yellow = red / judged >= YELLOW_FROM_RED or yellow / judged >= YELLOW_FROM_YELLOW
    return Light.YELLOW if is_yellow else Light.GREEN


def load_towns(reader: Reader, scope: Scope, indicator: str) -> tuple[AreaLight, ...]:
    """Towns by code at the last closed month; nothing where no area may be named with a light."""
    query = (
        sa.select(towns.c.town_id.label("area_id"), towns.c.name, *_counts(town_months, indicator))
        .join(town_months, town_months.c.town_id == towns.c.town_id)
        .where(town_months.c.period_month == closed_month(reader))
        .order_by(towns.c.code)
    )
    return _read(reader, scope, query)


def load_committees(
    reader: Reader, scope: Scope, indicator: str, under: int | None = None
) -> tuple[AreaLight, ...]:
    """Committees directly below ``under`` (None: the district committee), in the order of the tree."""
    parent = reader.root_org_id if under is None else under
    query = (
        sa.select(
            nodes.c.org_id.label("area_id"), nodes.c.short_name.label("name"), *_counts(org_months, indicator)
        )
        .join(org_months, org_months.c.org_id == nodes.c.org_id)
        .where(org_months.c.period_month == closed_month(reader), nodes.c.parent_org_id == parent)
        .order_by(nodes.c.position)
    )
    return _read(reader, scope, query)


def _counts(table: sa.Table, indicator: str) -> list[sa.Label[Any]]:
    parts = (("judged", "value_count"), ("red", "red"), ("yellow", "yellow"))
    return [table.c[indicator_column(indicator, part)].label(name) for name, part in parts]


def _read(reader: Reader, scope: Scope, query: sa.Select[Any]) -> tuple[AreaLight, ...]:
    if not scope.names_lights:
        return ()
    return tuple(
        AreaLight(row.area_id, row.name, int(row.judged), int(row.red), int(row.yellow))
        for row in reader.connection.execute(query.limit(ROW_CAP))
        if row.judged is not None
    )

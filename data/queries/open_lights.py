"""Lights that are on and that no operational warning stands for: the feed shows them all the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

import sqlalchemy as sa

from data.clock import first_day
from data.readmodel.reader import Reader
from data.readmodel.results import BRANCH_INDICATORS, Light, indicator_column
from data.readmodel.schema import branch_results, nodes, org_warnings, towns

LEVELS = {Light.YELLOW: "yellow", Light.RED: "red"}


@dataclass(frozen=True)
class OpenLight:
    """One indicator of one branch that is red or yellow now; ``raised_at`` is the closing that lit it."""

    level: str
    town: str | None
    organisation: str
    indicator: str
    raised_at: datetime


def load(reader: Reader) -> list[OpenLight]:
    """Current lights without a living warning, by organisation; empty where every light has its warning."""
    columns = {i: branch_results.c[indicator_column(i, "light")] for i in BRANCH_INDICATORS}
    query = (
        sa.select(branch_results.c.org_id, towns.c.name, nodes.c.short_name, *columns.values())
        .join(nodes, nodes.c.org_id == branch_results.c.org_id)
        .outerjoin(towns, towns.c.town_id == nodes.c.town_id)
        .where(
            branch_results.c.period_month == reader.version.open_month,
            sa.or_(*(column >= Light.YELLOW for column in columns.values())),
        )
        .order_by(branch_results.c.org_id)
    )
    living = org_warnings.c.state.not_in(("closed", "invalid"))
    standing = sa.select(org_warnings.c.org_id, org_warnings.c.indicator_id).where(living)
    known = {(row.org_id, row.indicator_id) for row in reader.connection.execute(standing)}
    closing = datetime.combine(first_day(reader.version.open_month), time())
    return [
        OpenLight(LEVELS[Light(int(light))], town, organisation, indicator, closing)
        for org_id, town, organisation, *lights in reader.connection.execute(query)
        for indicator, light in zip(columns, lights, strict=True)
        if light is not None and light >= Light.YELLOW and (org_id, indicator) not in known
    ]

"""惠济 score of the quarter: towns at the last closed quarter, and the nine nodes of the running one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from data.clock import add_months, first_day
from data.indicators.nodes import NODES
from data.queries.committee_scores import last_quarter, quarter_of
from data.queries.figures_of_month import Amount
from data.readmodel.reader import Reader
from data.readmodel.schema import org_months, town_months, towns
from data.scope import Scope

SCORE = "hj_quarter_score"
ROW_CAP = 40


@dataclass(frozen=True)
class UnitScore:
    """Mean score 0-100 of a town's branches."""

    town_id: int
    name: str
    score: float


@dataclass(frozen=True)
class QuarterNode:
    """One node of the running quarter: ``points`` a branch has so far on average, ``due`` its next or last node day.

    ``passed`` of ``times`` node days are over: one of a quarter, or three of a node that returns every month.
    """

    indicator: str
    points: Amount
    due: date
    passed: int
    times: int


@dataclass(frozen=True)
class QuarterlyScore:
    """``units`` best first; ``nodes`` in the order of the set; both empty where the set is not enabled."""

    quarter: str
    running: str
    today: date
    whole: Amount
    whole_before: Amount
    units: tuple[UnitScore, ...]
    nodes: tuple[QuarterNode, ...]


def load(reader: Reader, scope: Scope) -> QuarterlyScore:
    """For staff; visitors get the district's own score and no unit."""
    month = last_quarter(reader)
    today = reader.version.published_at.date()
    return QuarterlyScore(
        quarter_of(month),
        quarter_of(reader.version.open_month),
        today,
        _whole(reader, month),
        _whole(reader, add_months(month, -3)),
        _units(reader, month) if scope.names_lights else (),
        _nodes(reader, today) if scope.names_lights else (),
    )


def _whole(reader: Reader, month: str) -> Amount:
    o = org_months.c
    query = sa.select(o[f"{SCORE}_value_sum"], o[f"{SCORE}_value_count"]).where(
        o.org_id == reader.root_org_id, o.period_month == month
    )
    row = reader.connection.execute(query).first()
    return Amount("nodata") if row is None else Amount.ratio(row[0], row[1])


def _units(reader: Reader, month: str) -> tuple[UnitScore, ...]:
    t = town_months.c
    mean = t[f"{SCORE}_value_sum"] / sa.func.nullif(t[f"{SCORE}_value_count"], 0)
    query = (
        sa.select(towns.c.town_id, towns.c.name, mean.label("score"))
        .join(town_months, t.town_id == towns.c.town_id)
        .where(t.period_month == month, mean.is_not(None))
        .order_by(mean.desc(), towns.c.code)
        .limit(ROW_CAP)
    )
    return tuple(
        UnitScore(row.town_id, row.name, float(row.score)) for row in reader.connection.execute(query)
    )


def _nodes(reader: Reader, today: date) -> tuple[QuarterNode, ...]:
    """Nodes without a column of the open month are left out: the set is not enabled, or the feed is missing."""
    o = org_months.c
    columns = [o[f"{node}_{part}"] for node in NODES for part in ("value_sum", "value_count")]
    query = sa.select(*columns).where(
        o.org_id == reader.root_org_id, o.period_month == reader.version.open_month
    )
    row = reader.connection.execute(query).mappings().first()
    found = []
    for indicator, node in NODES.items():
        points, count = (
            (None, None) if row is None else (row[f"{indicator}_value_sum"], row[f"{indicator}_value_count"])
        )
        if points is None:
            continue
        days = node_days(reader.version.open_month, node.day, node.monthly or node.day_of_month)
        passed = sum(day < today for day in days)
        due = days[min(passed, len(days) - 1)]
        found.append(QuarterNode(indicator, Amount.ratio(points, count), due, passed, len(days)))
    return tuple(found)


def node_days(month: str, day: int, each_month: bool) -> tuple[date, ...]:
    """Node days of the quarter the month is in: the day of each of its months, or that day of the quarter."""
    first = add_months(month, -((int(month[5:]) - 1) % 3))
    starts = [first_day(add_months(first, n)) for n in range(3 if each_month else 1)]
    return tuple(start + timedelta(days=day - 1) for start in starts)

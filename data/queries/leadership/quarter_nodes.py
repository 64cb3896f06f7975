"""惠济 node calendar: how far the branches of a subtree are with each node of a quarter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from data.clock import add_months, first_day, last_day
from data.indicators.nodes import NODES, Node
from data.queries.area_lights import area_light
from data.queries.leadership.sums import months_of, ratio
from data.queries.quarterly_score import node_days
from data.readmodel.light import Light
from data.readmodel.scoped import BRANCH_TYPES, Place, ScopedReader

Array = NDArray[np.float64]
# done 已完成, partly 未满分, pending 待完成, reminded 已过节点未完成, missed 周期结束未完成, na, nodata.
State = Literal["done", "partly", "pending", "reminded", "missed", "na", "nodata"]
STATES: tuple[State, ...] = get_args(State)
# Full marks, but for the dust of thirds.
_FULL = 99.999


@dataclass(frozen=True)
class NodePeriod:
    """One period of a node: a month or the quarter, its node days, and how many branches are in each state.

    ``month`` is the month the states are of: the last known one of the period. ``is_over``: the period is closed.
    """

    indicator: str
    first: date
    last: date
    days: tuple[date, ...]
    month: str
    is_over: bool
    branches: Mapping[State, int]
    yellow: int

    @property
    def asked(self) -> int:
        """Branches the node is asked of and known of."""
        return sum(self.branches[state] for state in ("done", "partly", "pending", "reminded", "missed"))

    @property
    def light(self) -> Light:
        """Of an area by the shares of its branches (rulings 17); of a branch its own."""
        if not self.asked:
            return Light.NODATA if self.branches["nodata"] else Light.NA
        return area_light(self.branches["missed"], self.yellow, self.asked)


def load(reader: ScopedReader, place: Place, end: str) -> list[NodePeriod]:
    """Periods of the quarter that ends with the month ``end``, in order of nodes and time; periods that have not begun
    are absent, as is everything where the set is not enabled."""
    open_month = reader.version.open_month
    months = [month for month in (add_months(end, -2), add_months(end, -1), end) if month <= open_month]
    cells = _cells(reader, place, months)
    found = []
    for at, (indicator, node) in enumerate(NODES.items()):
        for first, last in _periods(node, end):
            known = [month for month in months if first <= month <= last and month in cells]
            if not known:
                continue
            light, score = cells[known[-1]][:, at], cells[known[-1]][:, len(NODES) + at]
            closed = known[-1] < open_month and (node.monthly or known[-1] == end)
            states = _states(light, score, node, closed)
            branches = {state: int(which.sum()) for state, which in states.items()}
            if any(branches.values()):
                yellow = int((light == Light.YELLOW).sum())
                dates = first_day(first), last_day(last), _days(node, first, last)
                found.append(NodePeriod(indicator, *dates, known[-1], last < open_month, branches, yellow))
    return found


def _periods(node: Node, end: str) -> list[tuple[str, str]]:
    """First and last month of each period of the quarter."""
    months = [add_months(end, n) for n in (-2, -1, 0)]
    return [(month, month) for month in months] if node.monthly else [(months[0], end)]


def _days(node: Node, first: str, last: str) -> tuple[date, ...]:
    days = node_days(last, node.day, node.monthly or node.day_of_month)
    return tuple(day for day in days if first_day(first) <= day <= last_day(last))


def _cells(reader: ScopedReader, place: Place, months: Sequence[str]) -> Mapping[str, Array]:
    """(branches, 2 × nodes) of each month: lights, then scores, NaN where there is none; no row, no month."""
    names = [f"{indicator}_{part}" for part in ("light", "score") for indicator in NODES]
    results = reader.columns("branch_results", names)
    n, r = reader.nodes.c, results.c
    query = (
        sa.select(r.period_month, *(r[name] for name in names))
        .select_from(reader.nodes.join(results, r.org_id == n.org_id))
        .where(n.position >= place.position, n.position < place.subtree_end, n.org_type.in_(BRANCH_TYPES))
        .where(r.period_month.in_(months))
    )
    found: dict[str, list[Any]] = {}
    for row in reader.rows(query):
        found.setdefault(row[0], []).append(row[1:])
    return {month: np.array(rows, dtype=float) for month, rows in found.items()}


def _states(light: Array, score: Array, node: Node, closed: bool) -> Mapping[State, NDArray[np.bool_]]:
    """Per branch. In a running period a score is only there once all is done; of a monthly node it is of the quarter so
    far, so that its light alone tells of a closed month."""
    green, yellow, scored = light == Light.GREEN, light == Light.YELLOW, ~np.isnan(score)
    never = np.zeros_like(green)
    done, partly, pending, reminded = green & scored, never, green & ~scored, yellow
    if closed and node.monthly:
        done, partly, pending, reminded = green, yellow, never, never
    elif closed:
        full = green & (score >= _FULL)
        done, partly, reminded = full, yellow | (green & scored & ~full), never
    return {
        "done": done,
        "partly": partly,
        "pending": pending,
        "reminded": reminded,
        "missed": light == Light.RED,
        "na": light == Light.NA,
        "nodata": light == Light.NODATA,
    }


def own_rates(
    reader: ScopedReader, place: Place, month: str, closed: bool, weights: Mapping[str, float]
) -> Mapping[str, float | None]:
    """The shares of `rates` for one organisation; empty for a month without a row."""
    parts = ("value", "score")
    names = [f"{indicator}_{part}" for indicator in weights for part in parts]
    if not place.is_branch:
        names = [name for indicator in weights for part in parts for name in _sums(indicator, part)]
    row = months_of(reader, place, names, month, month).get(month)
    return {} if row is None else rates([row], place.is_branch, closed, weights)[0]


def rates(
    rows: Sequence[Mapping[str, float | None]], is_branch: bool, closed: bool, weights: Mapping[str, float]
) -> list[dict[str, float | None]]:
    """Share of the points of each node, per row of results (branches) or of their sums (areas): at the close of a
    quarter of what was attainable, inside it of the full mark."""
    part = "score" if closed else "value"
    found = []
    for row in rows:
        shares: dict[str, float | None] = {}
        for indicator, weight in weights.items():
            mean = row[f"{indicator}_{part}"] if is_branch else ratio(row, *_sums(indicator, part))
            full = 100.0 if closed else weight
            shares[indicator] = None if mean is None or not full else min(1.0, mean / full)
        found.append(shares)
    return found


def _sums(indicator: str, part: str) -> tuple[str, str]:
    return f"{indicator}_{part}_sum", f"{indicator}_{part}_count"

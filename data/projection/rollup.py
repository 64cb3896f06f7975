"""Sums along the tree: what an organisation or a town has is the sum of its branches, month by month."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from data.indicators.evaluate import Catalogue
from data.indicators.timeline import Array
from data.projection.tree import Order, Tree
from data.readmodel.light import Light
from data.readmodel.measures import ADDITIVE
from data.readmodel.results import RADAR_AXES, indicator_column
from data.readmodel.sheet import Sheet

LIGHTS = (("red", Light.RED), ("yellow", Light.YELLOW), ("green", Light.GREEN), ("grey", Light.NODATA))


@dataclass(frozen=True)
class AreaColumn:
    """One column of ``org_months`` and ``town_months``: what each branch adds to it, from a column of its own and
    whether it is eligible."""

    name: str
    table: str
    source: str
    added: Callable[[Array, Array], Array]


def area_columns(catalogue: Catalogue) -> list[AreaColumn]:
    """Columns of ``org_months`` and ``town_months`` this catalogue fills."""
    columns = [AreaColumn(name, "branch_months", name, _amount) for name in ADDITIVE]

    def add(name: str, source: str, added: Callable[[Array, Array], Array]) -> None:
        columns.append(AreaColumn(name, "branch_results", source, added))

    for name, code in LIGHTS:
        add(f"{name}_branches", "light", partial(_lit, code))
    for name in ("score", *RADAR_AXES):
        add(f"{name}_sum", name, _known_sum)
        add(f"{name}_count", name, _known_count)
    for indicator in catalogue.indicators:
        for name, code in LIGHTS[:2]:
            add(f"{indicator}_{name}", indicator_column(indicator, "light"), partial(_lit, code))
        for part in ("score", "value"):
            add(f"{indicator}_{part}_sum", indicator_column(indicator, part), _known_sum)
            add(f"{indicator}_{part}_count", indicator_column(indicator, part), _known_count)
    return columns


def _amount(values: Array, eligible: Array) -> Array:
    """Measures count for every branch, evaluated or not; without a feed nothing is added."""
    return np.nan_to_num(values)


def _lit(code: Light, lights: Array, eligible: Array) -> Array:
    return np.asarray((lights == code) & eligible)


def _known_sum(values: Array, eligible: Array) -> Array:
    return np.where(~np.isnan(values) & eligible, values, 0.0)


def _known_count(values: Array, eligible: Array) -> Array:
    return ~np.isnan(values) & eligible


def added_by_branches(
    sheets: Mapping[str, Sheet], j: int, columns: Sequence[AreaColumn], at: Sequence[int] | Array
) -> Array:
    """What each branch adds in month ``j`` to the areas above it: branches × the columns at these places."""
    months = sheets["branch_months"]
    eligible = months.values[:, j, months.columns.index("eligible")] > 0
    place = {name: {c: k for k, c in enumerate(sheet.columns)} for name, sheet in sheets.items()}
    added = np.empty((len(months.ids), len(at)))
    for k, wanted in enumerate(at):
        column = columns[wanted]
        values = sheets[column.table].values[:, j, place[column.table][column.source]]
        added[:, k] = column.added(values, eligible)
    return added


def sums(
    tree: Tree,
    orders: Mapping[str, Order],
    town_ids: Sequence[int],
    sheets: Mapping[str, Sheet],
    columns: Sequence[AreaColumn],
    wanted: Mapping[int, Array],
) -> Iterator[tuple[int, Array, Array]]:
    """(month, committees × columns, towns × columns) of every month of ``wanted``, which says what columns are summed
    in it: over every committee's subtree as it stood at the end of the month, and over every town."""
    ids, months = sheets["branch_months"].ids, sheets["branch_months"].months
    for j, at in wanted.items():
        added = added_by_branches(sheets, j, columns, at)
        of_orgs = by_organisation(tree.committees, orders[months[j]], ids, added)
        of_towns = _by_town(tree, town_ids, ids, added)
        # Differences of running sums leave rounding dust where the sum is zero.
        yield j, np.round(of_orgs, 6), np.round(of_towns, 6)


def by_organisation(committees: Sequence[int], order: Order, branches: Sequence[int], added: Array) -> Array:
    """Sums of ``added`` (branches × columns) over the subtree of each committee."""
    line = np.zeros((len(order.org_ids) + 1, added.shape[-1]))
    placed = [(order.start[org], i) for i, org in enumerate(branches) if org in order.start]
    line[[p + 1 for p, _ in placed]] = added[[i for _, i in placed]]
    running = np.cumsum(line, axis=0)
    values = np.zeros((len(committees), added.shape[-1]))
    for k, org in enumerate(committees):
        if org in order.start:
            values[k] = running[order.end[org]] - running[order.start[org]]
    return values


def _by_town(tree: Tree, town_ids: Sequence[int], branches: Sequence[int], added: Array) -> Array:
    """Branches without a town are in none."""
    place: Mapping[int, int] = {town: k for k, town in enumerate(town_ids)}
    values = np.zeros((len(town_ids), added.shape[-1]))
    towns = [place.get(tree.organisations[org].town_id or -1, -1) for org in branches]
    known = [i for i, k in enumerate(towns) if k >= 0]
    np.add.at(values, [towns[i] for i in known], added[known])
    return values

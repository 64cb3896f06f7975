"""Sums along the tree: what an organisation or a town has is the sum of its branches, month by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from data.indicators.evaluate import Evaluation
from data.indicators.timeline import Array
from data.projection.tree import Order, Tree
from data.readmodel.cube import Cube
from data.readmodel.measures import ADDITIVE
from data.readmodel.results import AREA_COLUMNS, BRANCH_INDICATORS, RADAR_AXES, Light, indicator_column

COLUMNS = (*ADDITIVE, *AREA_COLUMNS)


@dataclass(frozen=True)
class Areas:
    """``values[area, month, column]`` of one kind of area, in the order of ``ids``; columns are `COLUMNS`."""

    ids: list[int]
    values: Array


def contributions(cube: Cube, evaluation: Evaluation) -> Array:
    """What each branch adds to every area above it: branches × months × columns."""
    eligible = cube["eligible"] > 0
    columns: dict[str, Array] = {name: np.nan_to_num(cube[name]) for name in ADDITIVE}
    light = evaluation.light()
    for name, code in (
        ("red", Light.RED),
        ("yellow", Light.YELLOW),
        ("green", Light.GREEN),
        ("grey", Light.NODATA),
    ):
        columns[f"{name}_branches"] = (light == code) & eligible
    for name, label in (("score", "score"), *((axis, axis) for axis in RADAR_AXES)):
        columns[f"{label}_sum"], columns[f"{label}_count"] = _sum_and_count(
            evaluation.columns[name], eligible
        )
    for indicator in BRANCH_INDICATORS:
        lights = evaluation.columns[indicator_column(indicator, "light")]
        columns[f"{indicator}_red"] = (lights == Light.RED) & eligible
        columns[f"{indicator}_yellow"] = (lights == Light.YELLOW) & eligible
        total, count = _sum_and_count(evaluation.columns[indicator_column(indicator, "score")], eligible)
        columns[f"{indicator}_score_sum"], columns[f"{indicator}_score_count"] = total, count
    return np.stack([np.asarray(columns[name], dtype=float) for name in COLUMNS], axis=-1)


def _sum_and_count(scores: Array, eligible: Array) -> tuple[Array, Array]:
    known = ~np.isnan(scores) & eligible.astype(bool)
    return np.where(known, scores, 0.0), known.astype(float)


def by_organisation(tree: Tree, orders: Mapping[str, Order], cube: Cube, added: Array) -> Areas:
    """Sums over each committee's subtree as it stood at the end of each month (``orders``: month → order)."""
    committees = tree.committees
    values = np.zeros((len(committees), len(cube.months), added.shape[-1]))
    rows = {org: i for i, org in enumerate(cube.branches)}
    for j, month in enumerate(cube.months):
        order = orders[month]
        line = np.zeros((len(order.org_ids) + 1, added.shape[-1]))
        positions = [(order.start[org], i) for org, i in rows.items() if org in order.start]
        line[[p + 1 for p, _ in positions]] = added[[i for _, i in positions], j]
        sums = np.cumsum(line, axis=0)
        for k, org in enumerate(committees):
            if org in order.start:
                values[k, j] = sums[order.end[org]] - sums[order.start[org]]
    # Differences of running sums leave rounding dust where the sum is zero.
    return Areas(committees, np.round(values, 6))


def by_town(tree: Tree, town_ids: list[int], cube: Cube, added: Array) -> Areas:
    """Sums over the branches that lie in each town; branches without a town are in none."""
    towns: Mapping[int, int] = {town: k for k, town in enumerate(town_ids)}
    values = np.zeros((len(town_ids), len(cube.months), added.shape[-1]))
    for i, org in enumerate(cube.branches):
        k = towns.get(tree.organisations[org].town_id or -1)
        if k is not None:
            values[k] += added[i]
    return Areas(list(town_ids), np.round(values, 6))

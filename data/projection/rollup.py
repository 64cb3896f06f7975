"""Sums along the tree: what an organisation or a town has is the sum of its branches, month by month."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from data.indicators.evaluate import Catalogue, Evaluation
from data.indicators.timeline import Array
from data.projection.tree import Order, Tree
from data.readmodel.cube import Cube
from data.readmodel.light import Light
from data.readmodel.measures import ADDITIVE
from data.readmodel.results import AREA_PARTS, RADAR_AXES, indicator_column

LIGHTS = (("red", Light.RED), ("yellow", Light.YELLOW), ("green", Light.GREEN), ("grey", Light.NODATA))


def area_columns(catalogue: Catalogue) -> list[str]:
    """Columns of ``org_months`` and ``town_months`` this catalogue fills."""
    axes = [f"{axis}_{part}" for axis in RADAR_AXES for part in ("sum", "count")]
    parts = [f"{indicator}_{part}" for indicator in catalogue.indicators for part in AREA_PARTS]
    lights = [f"{name}_branches" for name, _ in LIGHTS]
    return [*ADDITIVE, *lights, "score_sum", "score_count", *axes, *parts]


@dataclass(frozen=True)
class Areas:
    """``values[area, month, column]`` of one kind of area, in the order of ``ids``; columns as `area_columns`."""

    ids: list[int]
    values: Array


def month_of_branches(cube: Cube, evaluation: Evaluation, catalogue: Catalogue, j: int) -> Array:
    """What each branch adds to every area above it in month ``j``: branches × columns."""
    eligible = cube["eligible"][:, j] > 0
    columns = [np.nan_to_num(cube[name][:, j]) for name in ADDITIVE]
    light = evaluation.light()[:, j]
    columns += [(light == code) & eligible for _, code in LIGHTS]
    for name in ("score", *RADAR_AXES):
        columns += _sum_and_count(evaluation.columns[name][:, j], eligible)
    for indicator in catalogue.indicators:
        lights = evaluation.columns[indicator_column(indicator, "light")][:, j]
        columns += [(lights == Light.RED) & eligible, (lights == Light.YELLOW) & eligible]
        for part in ("score", "value"):
            columns += _sum_and_count(evaluation.columns[indicator_column(indicator, part)][:, j], eligible)
    return np.stack([np.asarray(column, dtype=float) for column in columns], axis=-1)


def _sum_and_count(scores: Array, eligible: Array) -> list[Array]:
    known = ~np.isnan(scores) & eligible.astype(bool)
    return [np.where(known, scores, 0.0), known.astype(float)]


def sums(
    tree: Tree,
    orders: Mapping[str, Order],
    town_ids: Sequence[int],
    cube: Cube,
    added: Callable[[int], Array],
    months: Sequence[int],
    width: int,
) -> tuple[Areas, Areas]:
    """Sums over every committee's subtree as it stood at the end of each month and over every town.

    ``added(j)`` gives what the branches add in month ``j``; only ``months`` are summed, the others stay NaN.
    """
    committees = tree.committees
    of_orgs = np.full((len(committees), len(cube.months), width), np.nan)
    of_towns = np.full((len(town_ids), len(cube.months), width), np.nan)
    for j in months:
        branches = added(j)
        of_orgs[:, j] = by_organisation(committees, orders[cube.months[j]], cube, branches)
        of_towns[:, j] = _by_town(tree, town_ids, cube, branches)
    # Differences of running sums leave rounding dust where the sum is zero.
    return Areas(committees, np.round(of_orgs, 6)), Areas(list(town_ids), np.round(of_towns, 6))


def by_organisation(committees: Sequence[int], order: Order, cube: Cube, branches: Array) -> Array:
    """Sums of ``branches`` (branches of the cube × columns) over the subtree of each committee."""
    line = np.zeros((len(order.org_ids) + 1, branches.shape[-1]))
    placed = [(order.start[org], i) for i, org in enumerate(cube.branches) if org in order.start]
    line[[p + 1 for p, _ in placed]] = branches[[i for _, i in placed]]
    running = np.cumsum(line, axis=0)
    values = np.zeros((len(committees), branches.shape[-1]))
    for k, org in enumerate(committees):
        if org in order.start:
            values[k] = running[order.end[org]] - running[order.start[org]]
    return values


def _by_town(tree: Tree, town_ids: Sequence[int], cube: Cube, branches: Array) -> Array:
    """Branches without a town are in none."""
    place: Mapping[int, int] = {town: k for k, town in enumerate(town_ids)}
    values = np.zeros((len(town_ids), branches.shape[-1]))
    towns = [place.get(tree.organisations[org].town_id or -1, -1) for org in cube.branches]
    known = [i for i, k in enumerate(towns) if k >= 0]
    np.add.at(values, [towns[i] for i in known], branches[known])
    return values

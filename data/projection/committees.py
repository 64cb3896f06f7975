"""Committees and general branches judged by themselves: their term, their secretary, the transfer steps they decide.

A small cube beside that of the branches, counted by the same families and judged by the same rules; what a general
branch has as members is the sum of its branches.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from data.indicators.evaluate import Catalogue, evaluate_committees
from data.projection.catalogue import FAMILY
from data.projection.cells import DirtyCells
from data.projection.measure import count_block
from data.projection.rollup import by_organisation
from data.projection.source import Source
from data.projection.tree import Order, Tree
from data.readmodel.cube import ABSENT, POSITION, Cube
from data.readmodel.measures import of_family
from data.readmodel.results import COMMITTEE_MEASURES, INDICATOR_PARTS, indicator_column
from data.readmodel.schema import committee_months
from data.readmodel.sheet import Sheet

# Families whose rows may be a committee's own.
OF_COMMITTEES = ("branches", "terms", "transfers")
_ABSENT = np.array([np.nan if name == "members" else ABSENT[POSITION[name]] for name in COMMITTEE_MEASURES])


def empty() -> Cube:
    """The cube before any committee is known."""
    return Cube.empty([], [], COMMITTEE_MEASURES, _ABSENT)


def cube_of(sheet: Sheet) -> Cube:
    """The measures of a stored sheet; what had no feed is an absent cell again."""
    found = Cube.empty(sheet.ids, sheet.months, COMMITTEE_MEASURES, _ABSENT)
    for name in COMMITTEE_MEASURES:
        stored = sheet.values[:, :, sheet.columns.index(name)]
        np.copyto(found[name], stored, where=~np.isnan(stored))
    return found


def fit_committees(cube: Cube, source: Source, catalogue: Catalogue, dirty: DirtyCells) -> Cube:
    """The same cells under today's committees and months (none without a rule that judges them); those of new
    committees are dirty."""
    judged = source.tree.committees if catalogue.of_committees else []
    for org in set(judged) - set(cube.branches):
        dirty.add(OF_COMMITTEES, org, source.calendar.months)
    return cube.reshaped(judged, source.calendar.months)


def count_committees(source: Source, cube: Cube, dirty: DirtyCells) -> int:
    """Recount the dirty cells of committees in place; returns how many were read again."""
    cells = 0
    for name in OF_COMMITTEES:
        family = FAMILY[name]
        if source.missing.intersection(family.tables):
            for measure in set(of_family(name)).intersection(cube.names):
                cube[measure][:] = cube.absent[cube.position(measure)]
            continue
        for block in dirty.blocks(name, cube.branches, cube.months):
            # A family takes "all" for all branches.
            named = replace(block, orgs=tuple(cube.branches)) if block.orgs is None else block
            cells += sum(count_block(source, cube, family, part) for part in named.parts())
    return cells


def add_members(
    tree: Tree, cube: Cube, branches: Cube, orders: Mapping[str, Order], frozen: frozenset[str]
) -> None:
    """Members of each general branch at the end of every month that is not frozen; NaN for other committees."""
    members = branches["members"]
    general = [tree.organisations[org].org_type == "general_branch" for org in cube.branches]
    for j, month in enumerate(cube.months):
        if month not in frozen and cube.branches:
            below = by_organisation(cube.branches, orders[month], branches.branches, members[:, j : j + 1])
            cube["members"][:, j] = np.where(general, below[:, 0], np.nan)


def columns(catalogue: Catalogue) -> list[str]:
    """Columns of ``committee_months`` this catalogue fills."""
    parts = [indicator_column(rule.id, part) for rule in catalogue.of_committees for part in INDICATOR_PARTS]
    return [*COMMITTEE_MEASURES, *parts]


def judged(cube: Cube, catalogue: Catalogue, missing_families: frozenset[str]) -> Sheet:
    """Measures and results of all committees and months."""
    found = evaluate_committees(cube, catalogue, missing_families)
    names = columns(catalogue)
    values = np.stack([found[name] if name in found else cube[name] for name in names], axis=-1)
    return Sheet(committee_months, cube.branches, cube.months, names, values)

"""Counting: reads the dirty blocks of every family and writes them into the cube. Rebuild and update are this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from data.projection.catalogue import FAMILIES, Family
from data.projection.cells import DirtyCells
from data.projection.source import Block, Source, merge
from data.readmodel.cube import ABSENT, POSITION, Cube
from data.readmodel.measures import of_family

# Families whose statements do not depend on the number of months asked for, or read what several months share.
READ_AT_ONCE = (
    "appraisals",
    "terms",
    "development",
    "dispositions",
    "venues",
    "ratings",
    "projects",
    "member_lights",
    "points",
)

# Where the index of a member is a score and not the sum of a ledger.
INDEX_OF_SCHEME = {"wujin": "wj_member_score_sum", "kunshan": "ks_points_sum"}

Progress = Callable[[str, int, int], None]


def silent(step: str, done: int, total: int) -> None:
    """A progress callback that shows nothing."""


def count(source: Source, cube: Cube, dirty: DirtyCells, progress: Progress = silent) -> int:
    """Recount the dirty blocks in place; returns how many cells (family × branch × month) were read again."""
    connected = [family for family in FAMILIES if not source.missing.intersection(family.tables)]
    work = [(f, block) for f in connected for block in dirty.blocks(f.name, cube.branches, cube.months)]
    work = [(f, part) for f, block in work for part in _by_month(f, block)]
    for family in FAMILIES:
        if family not in connected:
            # What is not connected was never counted, whatever an earlier run knew.
            for name in of_family(family.name):
                cube[name][:] = ABSENT[POSITION[name]]
    cells = 0
    for done, (family, block) in enumerate(work):
        progress(family.name, done, len(work))
        cells += count_block(source, cube, family, block)
    if work:
        cube["study_hours"][:] = cube["online_hours"] + cube["class_hours"]
        if source.scheme in INDEX_OF_SCHEME:
            cube["index_points"][:] = cube[INDEX_OF_SCHEME[source.scheme]]
        progress("", len(work), len(work))
    return cells


def _by_month(family: Family, block: Block) -> list[Block]:
    """A full scan goes month by month, newest first, so that it can be followed and interrupted."""
    if block.orgs is not None or family.name in READ_AT_ONCE:
        return [block]
    return [replace(block, months=(month,)) for month in sorted(block.months, reverse=True)]


def count_block(source: Source, cube: Cube, family: Family, block: Block) -> int:
    """Recount one block of a family in place, as far as the cube holds its measures; returns the cells."""
    rows = {org: i for i, org in enumerate(cube.branches)}
    columns = {month: j for j, month in enumerate(cube.months)}
    branches = [rows[org] for org in (cube.branches if block.orgs is None else block.orgs) if org in rows]
    months = [columns[month] for month in block.months]
    place = {name: cube.position(name) for name in of_family(family.name) if name in cube.names}
    measures = list(place.values())
    cube.values[np.ix_(measures, branches, months)] = cube.absent[measures][:, None, None]
    found = merge(family.read(source, block))
    inside = set(branches)
    for (org, month), values in found.items():
        i, j = rows.get(org), columns.get(month)
        if i in inside and j is not None:
            for name in place.keys() & values.keys():
                cube.values[place[name], i, j] = values[name]
    return len(branches) * len(months)

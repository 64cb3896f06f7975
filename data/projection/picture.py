"""A picture: everything one version of the read model holds, built in memory before a row of it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np

from data.indicators.evaluate import Catalogue
from data.projection import committees, directory, rollup
from data.projection.catalogue import FAMILIES
from data.projection.source import Source
from data.projection.tree import Tree
from data.projection.warning_book import Book
from data.readmodel.cube import ABSENT, NAMES, Array, Cube
from data.readmodel.measures import of_family as measures_of
from data.readmodel.sheet import Sheet

# What may still move in a published month: late rows and the life of its warnings; neither scores (rulings 18).
AFTER_PUBLICATION = (
    "backfilled",
    "dues_makeup",
    "warnings_raised",
    "warnings_closed",
    "warnings_rectified",
    "warnings_overdue",
)

Rows = list[dict[str, Any]]
Mask = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Basis:
    """What every cell of a picture follows from beside the counts of its own branch: as long as it stands, whoever
    was not counted again keeps results, lights and warnings."""

    day: date
    months: tuple[str, ...]
    tree: Tree
    towns: Rows
    frozen: frozenset[str]
    silent: frozenset[str]


@dataclass(frozen=True)
class Picture:
    """``sheets`` by table name for the dense tables, ``tables`` for the small ones; of one that was read from the
    store nobody knows what it was made from."""

    sheets: Mapping[str, Sheet]
    tables: Mapping[str, Rows]
    open_month: str
    # Cells of each sheet that differ from the picture before; absent when nobody compared yet.
    differing: Mapping[str, Mask] = field(default_factory=dict)
    basis: Basis | None = None
    # What each indicator that compares with the district's mean compared with.
    averages: Mapping[str, Array] = field(default_factory=dict)
    book: Book = field(default_factory=Book)

    def cube(self) -> Cube:
        """The measures of the picture as a cube of its own."""
        sheet = self.sheets["branch_months"]
        order = [sheet.columns.index(name) for name in NAMES]
        values = np.ascontiguousarray(np.moveaxis(sheet.values[:, :, order], 2, 0))
        return Cube(list(sheet.ids), list(sheet.months), counted(values, ABSENT[:, None, None]))

    def committees(self) -> Cube:
        """The measures of committees themselves as a cube of its own."""
        return committees.cube_of(self.sheets["committee_months"])

    def silent_families(self) -> list[str]:
        """Families that had no feed when this picture was published: nothing of theirs stands in its open month."""
        sheet = self.sheets["branch_months"]
        unknown = np.all(np.isnan(sheet.values[:, -1:]), axis=(0, 1))
        of_family = {f.name: [sheet.columns.index(m) for m in measures_of(f.name)] for f in FAMILIES}
        return [name for name, columns in of_family.items() if unknown[columns].all()]

    def published(self) -> dict[str, int]:
        """Published months with the version of their closing."""
        return {
            r["period_month"]: r["version_no"] for r in self.tables["months"] if r["status"] == "published"
        }


def frozen_months(previous: Picture | None, source: Source) -> frozenset[str]:
    """Months this store already holds as published under the closing version the source has now."""
    if previous is None:
        return frozenset()
    stored = previous.published()
    now = {
        r["period_month"]: r["version_no"] for r in directory.month_rows(source) if r["status"] == "published"
    }
    return frozenset(month for month, version in now.items() if stored.get(month) == version)


def thawed_months(previous: Picture | None, source: Source) -> set[str]:
    """Months published in this store that a correction or a withdrawal opens again: they must be recounted, for
    their cells hold what was published."""
    stored = {} if previous is None else previous.published()
    return set(stored) - frozen_months(previous, source)


def freeze_counts(
    cube: Cube, previous: Picture | None, frozen: frozenset[str], table: str = "branch_months"
) -> None:
    """Put the published values back where counting found something else, except what may move afterwards."""
    if previous is None or not frozen:
        return
    sheet = previous.sheets[table]
    old, known = sheet.aligned(cube.branches, cube.months)
    columns = np.array([month in frozen for month in cube.months])
    held = [name for name in cube.names if name not in AFTER_PUBLICATION]
    for name in held:
        stored = counted(old[:, :, sheet.columns.index(name)], cube.absent[cube.position(name)])
        values = cube[name]
        # A branch entered late into a published month is not counted there at all.
        values[:, columns] = np.where(known, stored, 0.0)[:, columns]


def counted(values: Array, absent: Array | float) -> Array:
    """Stored measures as counts: what had no feed is NULL in the store and an absent cell for the arithmetic."""
    return np.asarray(np.where(np.isnan(values), absent, values))


def columns_of(catalogue: Catalogue) -> dict[str, list[str]]:
    """Columns in use of each dense table under this catalogue."""
    areas = [column.name for column in rollup.area_columns(catalogue)]
    return {
        "branch_months": list(NAMES),
        "branch_results": catalogue.columns,
        "committee_months": committees.columns(catalogue),
        "org_months": areas,
        "town_months": areas,
    }


def newest_change(source_times: Mapping[str, datetime | None]) -> datetime | None:
    """The change time of the newest source row: the as-of of every screen."""
    known = [at for at in source_times.values() if at is not None]
    return max(known) if known else None

"""A picture: everything one version of the read model holds, built in memory before a row of it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

import numpy as np

from data.indicators.evaluate import Catalogue, Evaluation, evaluate
from data.projection import committees, directory, rollup
from data.projection.catalogue import FAMILIES
from data.projection.derived import derive
from data.projection.quarantine import quarantined
from data.projection.source import Source
from data.projection.tree import Order
from data.projection.warning_book import warning_rows
from data.readmodel import schema
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
class Picture:
    """``sheets`` by table name for the dense tables, ``tables`` for the small ones."""

    sheets: Mapping[str, Sheet]
    tables: Mapping[str, Rows]
    open_month: str
    # Cells of each sheet that differ from the picture before; absent when nobody compared yet.
    differing: Mapping[str, Mask] = field(default_factory=dict)

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


def _silence(sheet: Sheet, families: frozenset[str]) -> None:
    """No feed is not a count of 0: the measures of families that are not connected are unknown everywhere."""
    # Study hours add up two feeds; with one of them they would only look like fewer hours.
    derived = {"derived"} if families.intersection(("attendance", "study")) else set()
    names = {name for family in families | derived for name in measures_of(family)}
    columns = [k for k, name in enumerate(sheet.columns) if name in names]
    sheet.values[:, :, columns] = np.nan


def columns_of(catalogue: Catalogue) -> dict[str, list[str]]:
    """Columns in use of each dense table under this catalogue."""
    areas = rollup.area_columns(catalogue)
    return {
        "branch_months": list(NAMES),
        "branch_results": catalogue.columns,
        "committee_months": committees.columns(catalogue),
        "org_months": areas,
        "town_months": areas,
    }


@dataclass(frozen=True)
class Counts:
    """What was counted: the cube of the branches, that of committees themselves, the order of the tree per month."""

    branches: Cube
    committees: Cube
    orders: Mapping[str, Order]


def build(
    source: Source,
    counts: Counts,
    catalogue: Catalogue,
    previous: Picture | None,
    frozen: frozenset[str],
    small: Mapping[str, Rows],
    *,
    inspect_rows: bool,
) -> Picture:
    """The picture of the counts as they stand; published months keep their results. ``small`` holds the tallies and
    listings. ``inspect_rows`` scans for rows to quarantine, which reads whole tables; otherwise the previous
    finding stands."""
    families = frozenset(f.name for f in FAMILIES if source.missing.intersection(f.tables))
    derive(counts.branches, families)
    evaluation = evaluate(counts.branches, catalogue, families)
    committees.add_members(source.tree, counts.committees, counts.branches, counts.orders, frozen)
    sheets = {
        "branch_months": _measures(counts.branches),
        "branch_results": _results(counts.branches, evaluation, catalogue),
        "committee_months": committees.judged(counts.committees, catalogue, families),
    }
    for sheet in sheets.values():
        _settle(sheet, families, previous, frozen)
    tables = {**_small_tables(source, catalogue, sheets, previous, inspect_rows=inspect_rows), **small}
    if previous is not None:
        # What is equal stays the same object, so that publishing passes it over.
        tables = {n: previous.tables[n] if rows == previous.tables[n] else rows for n, rows in tables.items()}
    differing = {name: sheet.differing(_before(previous, name)) for name, sheet in sheets.items()}
    months = _months_to_sum(tables, previous, differing, counts.branches)
    town_ids = sorted(row["town_id"] for row in tables["towns"])
    for sheet in _areas(source, counts, evaluation, catalogue, town_ids, months):
        name = sheet.table.name
        _settle(sheet, families, previous, frozen)
        _keep_other_months(sheet, _before(previous, name), months)
        sheets[name], differing[name] = sheet, sheet.differing(_before(previous, name))
    return Picture(sheets, tables, source.calendar.open_month, differing)


def _measures(cube: Cube) -> Sheet:
    values = np.moveaxis(cube.values, 0, 2).copy()
    return Sheet(schema.branch_months, cube.branches, cube.months, list(NAMES), values)


def _small_tables(
    source: Source,
    catalogue: Catalogue,
    sheets: Mapping[str, Sheet],
    previous: Picture | None,
    *,
    inspect_rows: bool,
) -> dict[str, Rows]:
    """The small tables but tallies and listings; warnings from the settled ``sheets``."""
    keep = previous is not None and not inspect_rows
    return {
        "nodes": directory.node_rows(source.tree),
        "towns": directory.town_rows(source.connection),
        "org_counts": directory.count_rows(source.tree, source.calendar),
        "months": directory.month_rows(source),
        "quarantine": list(previous.tables["quarantine"]) if previous and keep else quarantined(source),
        "org_warnings": warning_rows(
            source,
            (sheets["branch_results"], sheets["committee_months"]),
            catalogue,
            directory.operational_warnings(source),
            previous.tables["org_warnings"] if previous else (),
        ),
    }


def _areas(
    source: Source,
    counts: Counts,
    evaluation: Evaluation,
    catalogue: Catalogue,
    town_ids: list[int],
    months: list[int],
) -> list[Sheet]:
    """Sums over committees and towns in ``months``, NaN in the others."""
    cube, columns = counts.branches, rollup.area_columns(catalogue)
    added = partial(rollup.month_of_branches, cube, evaluation, catalogue)
    summed = rollup.sums(source.tree, counts.orders, town_ids, cube, added, months, len(columns))
    tables = (schema.org_months, schema.town_months)
    return [
        Sheet(table, areas.ids, cube.months, columns, areas.values)
        for table, areas in zip(tables, summed, strict=True)
    ]


def _before(previous: Picture | None, name: str) -> Sheet | None:
    return None if previous is None else previous.sheets[name]


def _settle(sheet: Sheet, families: frozenset[str], previous: Picture | None, frozen: frozenset[str]) -> None:
    _silence(sheet, families)
    if previous is not None:
        _freeze(sheet, previous.sheets[sheet.table.name], frozen)


def _months_to_sum(
    tables: Mapping[str, Rows], previous: Picture | None, differing: Mapping[str, Mask], cube: Cube
) -> list[int]:
    """Months in which a branch differs; all when the tree, the towns or the branches are not the same."""
    every = list(range(len(cube.months)))
    if previous is None or any(
        tables[name] != previous.tables[name] for name in ("nodes", "towns", "months")
    ):
        return every
    before = previous.sheets["branch_months"]
    if before.ids != cube.branches or before.months != cube.months:
        return every
    changed = differing["branch_months"] | differing["branch_results"]
    return [j for j in every if changed[:, j].any()]


def _keep_other_months(sheet: Sheet, previous: Sheet | None, summed: list[int]) -> None:
    """Months that were not summed again stand as they were."""
    others = [j for j in range(len(sheet.months)) if j not in set(summed)]
    if previous is not None and others:
        old, _ = previous.aligned(sheet.ids, sheet.months)
        sheet.values[:, others] = old[:, others]


def _results(cube: Cube, evaluation: Evaluation, catalogue: Catalogue) -> Sheet:
    values = np.stack([evaluation.columns[name] for name in catalogue.columns], axis=-1)
    return Sheet(schema.branch_results, cube.branches, cube.months, catalogue.columns, values)


def _freeze(sheet: Sheet, previous: Sheet, frozen: frozenset[str]) -> None:
    """Published cells keep what was published; a change of rules or of the tree begins with the next month."""
    if not frozen:
        return
    old, known = previous.aligned(sheet.ids, sheet.months)
    moving = [k for k, name in enumerate(sheet.columns) if name in AFTER_PUBLICATION]
    for j, month in enumerate(sheet.months):
        if month in frozen:
            now = sheet.values[:, j, moving]
            np.copyto(sheet.values[:, j], old[:, j], where=known[:, j, None])
            sheet.values[:, j, moving] = now


def newest_change(source_times: Mapping[str, datetime | None]) -> datetime | None:
    """The change time of the newest source row: the as-of of every screen."""
    known = [at for at in source_times.values() if at is not None]
    return max(known) if known else None

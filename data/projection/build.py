"""Building a picture: the cells of the branches that were counted again, the sums above them, the small tables.

As long as what all cells share stands (`Basis`), only these branches are judged again and put into the sheets of the
picture before, which thereby becomes the new one: after an error both are gone and read again. Otherwise all of it
is made anew, by the same functions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from data.indicators.evaluate import Catalogue, averages_now, evaluate
from data.projection import committees, directory, rollup
from data.projection.catalogue import FAMILIES
from data.projection.derived import derive
from data.projection.picture import AFTER_PUBLICATION, Basis, Mask, Picture, Rows, freeze_counts
from data.projection.quarantine import quarantined
from data.projection.source import Source
from data.projection.tree import Order
from data.projection.warning_book import Book, write_book
from data.readmodel import schema
from data.readmodel.cube import NAMES, Array, Cube
from data.readmodel.measures import of_family as measures_of
from data.readmodel.sheet import Sheet

# Above this share of the branches making all of it anew is cheaper.
PART_SHARE = 0.5
BRANCHES = ("branch_months", "branch_results")
AREAS = (schema.org_months, schema.town_months)
COMMITTEES = "committee_months"


@dataclass(frozen=True)
class Counted:
    """What counting left: the cubes, the branches counted again (None: all) and the rows of tallies and listings."""

    branches: Cube
    committees: Cube
    orders: Mapping[str, Order]
    touched: set[int] | None
    small: Mapping[str, Rows]


@dataclass
class Judged:
    """Settled sheets with what differs from the picture before: cells (id × month) of each sheet, and the columns
    (by place in `rollup.area_columns`) to be summed again in each month. ``in_place``: the sheets of the branches
    are those of the picture before."""

    sheets: dict[str, Sheet]
    differing: dict[str, Mask]
    to_sum: dict[int, Array]
    averages: Mapping[str, Array]
    in_place: bool


def build(
    source: Source,
    counted: Counted,
    catalogue: Catalogue,
    previous: Picture | None,
    frozen: frozenset[str],
    *,
    inspect_rows: bool,
) -> Picture:
    """The picture of what was counted; published months keep their results. ``inspect_rows`` scans for rows to
    quarantine, which reads whole tables; otherwise the previous finding stands."""
    silent = frozenset(f.name for f in FAMILIES if source.missing.intersection(f.tables))
    calendar, towns = source.calendar, directory.town_rows(source.connection)
    basis = Basis(calendar.now.date(), tuple(calendar.months), source.tree, towns, frozen, silent)
    judging = _Judging(counted.branches, catalogue, previous, basis)
    judged = judging.part(counted.touched) or judging.whole()
    committees.add_members(source.tree, counted.committees, counted.branches, counted.orders, frozen)
    judged.sheets[COMMITTEES] = committees.judged(counted.committees, catalogue, silent)
    judging.settle(judged.sheets[COMMITTEES])
    judged.differing[COMMITTEES] = judged.sheets[COMMITTEES].differing(judging.before(COMMITTEES))
    tables = _tables(source, basis, counted.small, previous, inspect_rows=inspect_rows)
    book = _book(source, judged, catalogue, basis, previous)
    tables["org_warnings"] = book.rows
    if previous is not None:
        # What is equal stays the same object, so that publishing passes it over.
        tables = {n: previous.tables[n] if rows == previous.tables[n] else rows for n, rows in tables.items()}
    judging.add_areas(judged, source, counted.orders)
    return Picture(judged.sheets, tables, calendar.open_month, judged.differing, basis, judged.averages, book)


def _tables(
    source: Source, basis: Basis, small: Mapping[str, Rows], previous: Picture | None, *, inspect_rows: bool
) -> dict[str, Rows]:
    same = previous is not None and previous.basis == basis
    keep = previous is not None and not inspect_rows
    tables = {
        "towns": basis.towns,
        "months": directory.month_rows(source),
        "quarantine": previous.tables["quarantine"] if previous and keep else quarantined(source),
        **small,
    }
    if previous and same:
        return {**tables, **{name: previous.tables[name] for name in ("nodes", "org_counts")}}
    tables["nodes"] = directory.node_rows(source.tree)
    tables["org_counts"] = directory.count_rows(source.tree, source.calendar)
    return tables


def _book(
    source: Source, judged: Judged, catalogue: Catalogue, basis: Basis, previous: Picture | None
) -> Book:
    """The book of warnings: of whose lights differ, or of everybody on another basis."""
    names = ("branch_results", COMMITTEES)
    touched = None
    if previous is not None and previous.basis == basis:
        touched = {
            judged.sheets[name].ids[i]
            for name in names
            for i in np.flatnonzero(judged.differing[name].any(axis=1))
        }
    before = Book() if previous is None else previous.book
    sheets = [judged.sheets[name] for name in names]
    return write_book(
        source, sheets, catalogue, directory.operational_warnings(source), before, touched=touched
    )


class _Judging:
    """One picture's way from counts to settled sheets."""

    def __init__(self, cube: Cube, catalogue: Catalogue, previous: Picture | None, basis: Basis) -> None:
        self.cube, self.catalogue, self.previous, self.basis = cube, catalogue, previous, basis
        self.columns = rollup.area_columns(catalogue)

    def whole(self) -> Judged:
        """All branches and months."""
        freeze_counts(self.cube, self.previous, self.basis.frozen)
        derive(self.cube, self.basis.silent)
        averages: dict[str, Array] = {}
        sheets = self._sheets(self.cube, averages)
        differing = {name: sheet.differing(self.before(name)) for name, sheet in sheets.items()}
        to_sum = dict.fromkeys(range(len(self.cube.months)), np.arange(len(self.columns)))
        return Judged(sheets, differing, to_sum, averages, in_place=False)

    def part(self, touched: set[int] | None) -> Judged | None:
        """The branches that were counted again, in the sheets of the picture before; None where that is not enough."""
        previous = self.previous
        if touched is None or previous is None or previous.basis != self.basis:
            return None
        rows = np.array([i for i, org in enumerate(self.cube.branches) if org in touched], dtype=int)
        if len(rows) > PART_SHARE * len(self.cube.branches):
            return None
        part = self.cube.of(rows)
        freeze_counts(part, previous, self.basis.frozen)
        derive(part, self.basis.silent)
        self.cube.values[:, rows] = part.values
        averages, moved = averages_now(self.cube, self.catalogue, self.basis.silent, previous.averages)
        # A district's average that moved may touch everybody, but seldom more than a month and a column or two.
        rows = np.union1d(rows, moved)
        parts = self._sheets(self.cube.of(rows), dict(averages))
        return self._taken_over(parts, averages)

    def _taken_over(self, parts: Mapping[str, Sheet], averages: Mapping[str, Array]) -> Judged:
        assert self.previous is not None
        sheets = {name: self.previous.sheets[name] for name in BRANCHES}
        differing, sources = {}, {}
        for name, part in parts.items():
            differing[name], sources[name] = sheets[name].take(part)
        measures = BRANCHES[0]
        eligible = sheets[measures].columns.index("eligible")
        everything = sources[measures][:, eligible]
        place = {name: {c: k for k, c in enumerate(sheet.columns)} for name, sheet in sheets.items()}
        moved = np.stack([sources[c.table][:, place[c.table][c.source]] for c in self.columns], axis=1)
        # Every sum asks who is eligible.
        moved[everything] = True
        to_sum = {j: np.flatnonzero(row) for j, row in enumerate(moved) if row.any()}
        return Judged(sheets, differing, to_sum, averages, in_place=True)

    def _sheets(self, cube: Cube, averages: dict[str, Array]) -> dict[str, Sheet]:
        """Settled measures and results of the cube; ``averages`` is filled, or tells what a part is compared with."""
        evaluation = evaluate(cube, self.catalogue, self.basis.silent, averages)
        averages.update(evaluation.averages)
        measures = np.moveaxis(cube.values, 0, 2).copy()
        results = np.stack([evaluation.columns[name] for name in self.catalogue.columns], axis=-1)
        keys = (cube.branches, cube.months)
        sheets = {
            "branch_months": Sheet(schema.branch_months, *keys, list(NAMES), measures),
            "branch_results": Sheet(schema.branch_results, *keys, self.catalogue.columns, results),
        }
        for sheet in sheets.values():
            self.settle(sheet)
        return sheets

    def add_areas(self, judged: Judged, source: Source, orders: Mapping[str, Order]) -> None:
        """The sums of committees and towns, of what was to be summed again."""
        town_ids = sorted(row["town_id"] for row in self.basis.towns)
        areas = []
        for table, ids in zip(AREAS, (source.tree.committees, town_ids), strict=True):
            known = self.before(table.name)
            if not judged.in_place or known is None:
                names = [column.name for column in self.columns]
                empty = np.full((len(ids), len(self.cube.months), len(names)), np.nan)
                known = Sheet(table, ids, self.cube.months, names, empty)
            areas.append(known)
            judged.sheets[table.name] = known
            judged.differing[table.name] = np.zeros(known.values.shape[:2], dtype=bool)
        found = rollup.sums(source.tree, orders, town_ids, judged.sheets, self.columns, judged.to_sum)
        for j, *summed in found:
            for sheet, values in zip(areas, summed, strict=True):
                at = judged.to_sum[j]
                judged.differing[sheet.table.name][:, j] |= (sheet.values[:, j][:, at] != values).any(axis=1)
                sheet.values[:, j, at] = values
        if not judged.in_place:
            for sheet in areas:
                self.settle(sheet)
                judged.differing[sheet.table.name] = sheet.differing(self.before(sheet.table.name))

    def before(self, name: str) -> Sheet | None:
        """A sheet of the picture before."""
        return None if self.previous is None else self.previous.sheets[name]

    def settle(self, sheet: Sheet) -> None:
        """What has no feed is unknown; published cells are what was published."""
        _silence(sheet, self.basis.silent)
        known = self.before(sheet.table.name)
        if known is not None:
            _freeze(sheet, known, self.basis.frozen)


def _silence(sheet: Sheet, families: frozenset[str]) -> None:
    """No feed is not a count of 0: the measures of families that are not connected are unknown everywhere."""
    # Study hours add up two feeds; with one of them they would only look like fewer hours.
    derived = {"derived"} if families.intersection(("attendance", "study")) else set()
    names = {name for family in families | derived for name in measures_of(family)}
    columns = [k for k, name in enumerate(sheet.columns) if name in names]
    sheet.values[:, :, columns] = np.nan


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

"""The dense array of a district: measures × branches × months, the whole read model in a few megabytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from data.readmodel.measures import MEASURES

Array = np.ndarray[Any, Any]

NAMES = tuple(measure.name for measure in MEASURES)
POSITION = {name: position for position, name in enumerate(NAMES)}
# Marks that no row tells are unknown; 0 would say something.
UNKNOWN = frozenset(
    {
        "joint_units",
        "term_days",
        "vacancy_days",
        "stars",
        "stars_before",
        "project_lag",
        "first_life_day",
        "last_life_day",
    }
)
# What an absent cell is: nothing counted is 0; days, ages and posts that no row tells are unknown.
ABSENT = np.array([np.nan if m.name in UNKNOWN or m.kind == "current" else 0.0 for m in MEASURES])


@dataclass
class Cube:
    """``values[measure, branch, month]``; branches ascending by id, months oldest first; NaN is "not known".

    ``names`` are its measures, and ``absent`` what a cell of each is before it is counted: a cube of committees holds
    a few of them, with committees in the place of branches.
    """

    branches: list[int]
    months: list[str]
    values: Array
    names: tuple[str, ...] = NAMES
    absent: Array = field(default_factory=lambda: ABSENT)

    @staticmethod
    def empty(
        branches: Sequence[int],
        months: Sequence[str],
        names: tuple[str, ...] = NAMES,
        absent: Array = ABSENT,
    ) -> Cube:
        """A cube in which nothing has been counted yet."""
        shape = (len(names), len(branches), len(months))
        values = np.broadcast_to(absent[:, None, None], shape).copy()
        return Cube(list(branches), list(months), values, names, absent)

    def __getitem__(self, measure: str) -> Array:
        """Values of one measure, branches × months; a view, not a copy."""
        view: Array = self.values[self.position(measure)]
        return view

    def position(self, measure: str) -> int:
        """Place of a measure along the first axis."""
        return POSITION[measure] if self.names is NAMES else self.names.index(measure)

    def of(self, rows: Sequence[int] | Array) -> Cube:
        """The cube of some of its branches, told by their rows: a copy, laid out alike so that sums round alike."""
        ids = [self.branches[i] for i in rows]
        return Cube(ids, self.months, np.take(self.values, rows, axis=1), self.names, self.absent)

    def reshaped(self, branches: Sequence[int], months: Sequence[str]) -> Cube:
        """The same cells under other branches and months; cells that were not there are empty."""
        if list(branches) == self.branches and list(months) == self.months:
            return self
        new = Cube.empty(branches, months, self.names, self.absent)
        rows = {org: i for i, org in enumerate(self.branches)}
        columns = {month: j for j, month in enumerate(self.months)}
        kept_rows = [(i, rows[org]) for i, org in enumerate(new.branches) if org in rows]
        kept_columns = [(j, columns[m]) for j, m in enumerate(new.months) if m in columns]
        if kept_rows and kept_columns:
            to_rows, from_rows = (list(side) for side in zip(*kept_rows, strict=True))
            to_columns, from_columns = (list(side) for side in zip(*kept_columns, strict=True))
            block = self.values[:, from_rows][:, :, from_columns]
            new.values[np.ix_(range(len(self.names)), to_rows, to_columns)] = block
        return new

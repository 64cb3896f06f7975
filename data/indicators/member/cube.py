"""Facts of some members over a run of months: narrow arrays, for tens of thousands of members fit in memory so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from data.indicators.member.facts import FACTS

Array = np.ndarray[Any, Any]

DECIMALS = 4


def month_number(month: str) -> int:
    """Months since year 0: the integer every fact's month is told by."""
    return int(month[:4]) * 12 + int(month[5:]) - 1


@dataclass(frozen=True)
class MemberCube:
    """``facts[name]`` is members × months; members ascending by id, months oldest first without gaps.

    ``is_open`` tells whether the last month is the running one, ``known_from`` the column the district's data
    begin in, ``missing`` the tables that are not connected.
    """

    members: Array
    months: Sequence[str]
    facts: dict[str, Array]
    is_open: bool = False
    known_from: int = 0
    missing: frozenset[str] = frozenset()

    @staticmethod
    def empty(members: Array, months: Sequence[str], **known: Any) -> MemberCube:
        """A cube in which nothing is known yet."""
        shape = (len(members), len(months))
        facts = {f.name: np.full(shape, f.absent, dtype=f.kind) for f in FACTS}
        return MemberCube(members, months, facts, **known)

    def __getitem__(self, name: str) -> Array:
        """A fact as numbers to compute with: a copy."""
        values = self.facts[name].astype(float)
        # Hours and shares carry few decimals; narrow storage must not push them across a line.
        return np.round(values, DECIMALS) if self.facts[name].dtype == np.float32 else values

    def part(self, rows: slice) -> MemberCube:
        """The cube of some of its members; views, not copies."""
        facts = {name: values[rows] for name, values in self.facts.items()}
        return MemberCube(self.members[rows], self.months, facts, self.is_open, self.known_from, self.missing)

    def cells(self, member: Array, month: Array) -> tuple[Array, Array, Array]:
        """(kept, row, column) of rows told by member id and month number; strangers and other months fall out."""
        row = np.searchsorted(self.members, member)
        column = month.astype(int) - month_number(self.months[0])
        inside = (row < len(self.members)) & (column >= 0) & (column < len(self.months))
        inside[inside] &= self.members[row[inside]] == member[inside]
        return inside, row[inside], column[inside]

    def add(self, names: Sequence[str], rows: Array) -> None:
        """Add rows (member id, month number, one value per name); several rows of a cell add up."""
        if not len(rows):
            return
        inside, row, column = self.cells(rows[:, 0], rows[:, 1])
        for position, name in enumerate(names, 2):
            target, values = self.facts[name], np.nan_to_num(rows[inside, position])
            # A member has never 256 of anything in a month; the narrow array is what fits.
            np.add.at(target, (row, column), values.astype(target.dtype))

"""Branches founded by division or merged into another inside the window.

A branch keeps its place in all arrays for the whole window. Which organisation its rows name depends on their day:
a founded branch was part of another before, a merged one is part of another since.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.demo.timeline import FAR_DAY, Array


@dataclass(frozen=True)
class Reorganisation:
    """One entry per change, ``branch`` and ``other`` as branch numbers; founded on the ``day``, else merged."""

    branch: Array
    other: Array
    day: Array
    founded: Array

    def stands(self, branches: int) -> tuple[Array, Array]:
        """First day and end (FAR_DAY for none) of each branch as an organisation of its own; 0 for long ago."""
        first, end = np.zeros(branches, int), np.full(branches, FAR_DAY)
        first[self.branch[self.founded]] = self.day[self.founded]
        end[self.branch[~self.founded]] = self.day[~self.founded]
        return first, end

    def split(self, branch: Array, start: Array, end: Array) -> tuple[Array, Array, Array, Array]:
        """Rows that last: number of the row, branch it names, first day and end; two of those a change divides."""
        change = _places(self.branch, branch)
        known = change >= 0
        day = np.where(known, self.day[change], FAR_DAY) if len(self.day) else np.full(len(branch), FAR_DAY)
        crossing = np.flatnonzero(known & (start < day) & (day < end))
        row = np.concatenate([np.arange(len(branch)), crossing])
        first, last = np.concatenate([start, day[crossing]]), np.concatenate([end, end[crossing]])
        last[crossing] = day[crossing]
        return row, self.named(branch[row], first), first, last

    def named(self, branch: Array, day: Array) -> Array:
        """The branch whose name a row of a day bears."""
        change = _places(self.branch, branch)
        if not len(self.day):
            return branch
        elsewhere = (change >= 0) & (self.founded[change] == (day < self.day[change]))
        return np.where(elsewhere, self.other[change], branch)


NOTHING = Reorganisation(*(np.zeros(0, int),) * 3, np.zeros(0, bool))


def _places(known: Array, values: Array) -> Array:
    """Position of each value among the known ones, -1 for none."""
    found = np.full(max(int(values.max(initial=0)), int(known.max(initial=0))) + 1, -1)
    found[known] = np.arange(len(known))
    return np.asarray(found[values])

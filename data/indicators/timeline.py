"""The months a calculation runs over, and the windows indicators look back through (arrays branches × months)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from data.clock import first_day

Array = np.ndarray[Any, Any]
Mask = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Timeline:
    """Months oldest first without gaps; the last one is open, all others are closed."""

    months: Sequence[str]

    @property
    def number(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Calendar month 1-12 of each column."""
        return np.array([int(month[5:]) for month in self.months])

    @property
    def quarter_position(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """0, 1, 2: first, second and last month of the quarter."""
        return (self.number - 1) % 3

    @property
    def year(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Calendar year of each column."""
        return np.array([int(month[:4]) for month in self.months])

    @property
    def closed(self) -> Mask:
        """True for every column but the open one."""
        return np.arange(len(self.months)) < len(self.months) - 1

    def covers(self, start: Sequence[date]) -> Mask:
        """Columns whose window starts at or after the first projected month: before it nothing is known."""
        first = first_day(self.months[0])
        return np.array([day >= first for day in start])

    def quarter_starts(self) -> list[date]:
        """First day of the quarter of each column."""
        return [
            date(y, m - p, 1) for y, m, p in zip(self.year, self.number, self.quarter_position, strict=True)
        ]

    def since_quarter_start(self, values: Array) -> Array:
        """Sum from the first month of the quarter up to and including the column."""
        return self._running(values, self.quarter_position == 0)

    def since_year_start(self, values: Array) -> Array:
        """Sum from January, or the first month there is, up to and including the column."""
        return self._running(values, self.number == 1)

    def _running(self, values: Array, begins: Mask) -> Array:
        """Running sum that begins anew in the marked columns: exact, without differences of long sums."""
        total = np.array(values)
        for j in range(1, total.shape[1]):
            if not begins[j]:
                total[:, j] += total[:, j - 1]
        return total

    def last(self, values: Array, months: int) -> Array:
        """Sum over the last n months ending with the column; fewer where the data start later."""
        sums = np.cumsum(np.nan_to_num(values), axis=1)
        before = np.zeros_like(sums)
        before[:, months:] = sums[:, :-months]
        return np.asarray(sums - before)

    def previous(self, values: Array, fill: float = 0.0) -> Array:
        """The column before."""
        shifted = np.full_like(values, fill)
        shifted[:, 1:] = values[:, :-1]
        return shifted

    def run(self, failing: Mask) -> Array:
        """Number of consecutive failing columns ending with each column."""
        length = np.zeros(failing.shape)
        for j in range(failing.shape[1]):
            length[:, j] = np.where(failing[:, j], (length[:, j - 1] if j else 0) + 1, 0)
        return length

    def of_review_year(self, this_year: Array, last_year: Array) -> Array:
        """Sum for the yearly review shown in a column: October-December this year's, else last year's (rulings 11)."""
        total = np.zeros_like(this_year)
        for j, (year, number) in enumerate(zip(self.year, self.number, strict=True)):
            reviewed = year if number >= 10 else year - 1
            in_year = (self.year == reviewed) & (np.arange(len(self.months)) <= j)
            after = (self.year == reviewed + 1) & (self.number <= 2) & (np.arange(len(self.months)) <= j)
            total[:, j] = this_year[:, in_year].sum(axis=1) + last_year[:, after].sum(axis=1)
        return total

    def at_review_close(self, values: Array) -> Array:
        """A state on the day a yearly review not held is judged by: the end of February after its year, before
        that the column's own."""
        place = {month: j for j, month in enumerate(self.months)}
        taken = []
        for j, (reviewed, number) in enumerate(zip(self.review_years(), self.number, strict=True)):
            closed = 2 <= number <= 9
            taken.append(place.get(f"{reviewed + 1}-02", j) if closed else j)
        return np.asarray(values[:, taken])

    def review_years(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """The year a yearly review is about, per column."""
        return np.where(self.number >= 10, self.year, self.year - 1)

"""The months a synthetic district lives through, as day and second numbers, and its seeded random streams."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from data.clock import add_months, first_day, month_of, months_between

Array = npt.NDArray[Any]
DAY = 86_400
FAR_DAY = 2_000_000  # later than any real day: the open end of a period

# Share by which a calendar month differs from an ordinary one: Spring Festival dip, 七一 peak, year's end.
SEASON = {
    1: 0.9,
    2: 0.62,
    3: 1.1,
    4: 1.0,
    5: 1.05,
    6: 1.25,
    7: 1.35,
    8: 0.8,
    9: 1.0,
    10: 1.05,
    11: 1.1,
    12: 1.15,
}


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - date(1970, 1, 1)).days


def year_of_day(days: Array) -> Array:
    """Calendar year of each day number."""
    return np.asarray(days).astype("int64").view("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970


@dataclass(frozen=True)
class Timeline:
    """``months`` oldest first, the open month last; ``starts`` has one more entry than months."""

    months: list[str]
    starts: Array
    now_day: int
    now_s: int
    seed: int

    @property
    def closed(self) -> int:
        """Number of closed months; also the index of the open month."""
        return len(self.months) - 1

    def cutoff_s(self, month: int) -> int:
        """First second after the month."""
        return int(self.starts[month + 1]) * DAY

    def month_no(self, month: int) -> int:
        """Calendar month 1-12."""
        return int(self.months[month][5:])

    def stream(self, name: str) -> np.random.Generator:
        """An own random stream per subject, so that one subject's change leaves the others as they were."""
        return np.random.default_rng([self.seed, zlib.crc32(name.encode())])

    def years(self) -> list[int]:
        """Calendar years the window touches."""
        return list(range(int(self.months[0][:4]), int(self.months[-1][:4]) + 1))

    def month_of_day(self, days: Array) -> Array:
        """Index of the month of each day, clipped to the window."""
        found = np.searchsorted(self.starts, days, side="right") - 1
        return np.clip(found, 0, self.closed)


def timeline(now: datetime, months: int, seed: int) -> Timeline:
    """``months`` closed months and the open one up to ``now`` (Asia/Shanghai without zone)."""
    last = month_of(now.date())
    names = months_between(add_months(last, -months), last)
    starts = np.array([day_number(first_day(m)) for m in [*names, add_months(last, 1)]], dtype=np.int64)
    now_s = int((now.replace(microsecond=0) - datetime(1970, 1, 1)).total_seconds())
    return Timeline(names, starts, day_number(now.date()), now_s, seed)

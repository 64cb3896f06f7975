"""When things happen: days of a year by the season of their kind, and hours of the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from data.demo.timeline import DAY, Array, day_number

EVERY_MONTH: Mapping[int, float] = dict.fromkeys(range(1, 13), 1.0)


def date_number(year: int, month: int, day: int) -> int:
    """Day number of a calendar date."""
    return day_number(date(year, month, day))


def at_work(rng: np.random.Generator, day: Array) -> Array:
    """A second between half past eight and half past five on each day."""
    return day * DAY + rng.integers(30_600, 63_000, len(day))


def days_in_year(rng: np.random.Generator, year: int, season: Mapping[int, float], n: int) -> Array:
    """n days of a calendar year by weights of its months, before the window and after now too: the caller's to drop."""
    months = np.array(list(season))
    weight = np.array([season[m] for m in months.tolist()], float)
    month = rng.choice(months, n, p=weight / weight.sum())
    starts = np.array([date_number(year, m, 1) for m in range(1, 13)] + [date_number(year + 1, 1, 1)])
    return np.asarray(starts[month - 1] + (rng.random(n) * (starts[month] - starts[month - 1])).astype(int))

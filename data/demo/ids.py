"""Surrogate keys: one running number per table."""

from __future__ import annotations

from collections import Counter

import numpy as np

from data.demo.timeline import Array


class Ids:
    """Hands out 1, 2, 3 … per table."""

    def __init__(self) -> None:
        self._last: Counter[str] = Counter()

    def take(self, table: str, n: int) -> Array:
        """The next n keys of a table."""
        first = self._last[table] + 1
        self._last[table] += n
        return np.arange(first, first + n)

    def taken(self, table: str) -> int:
        """How many keys of a table have been handed out: its keys are 1 … this."""
        return self._last[table]

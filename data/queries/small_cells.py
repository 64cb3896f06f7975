"""Cells of a distribution that are too small to be shown: one to four persons are never told."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

SMALLEST_SHOWN = 5


class SmallCells(NamedTuple):
    """``small``: cells of 1-4; ``hidden``: these and the others without which they would follow from the sum."""

    small: frozenset[str]
    hidden: frozenset[str]


def small_cells(counts: Mapping[str, float]) -> SmallCells:
    """Beside small cells the smallest larger one is hidden, the first of equals by name, however many small ones
    there are; and more of them where the sum would still tell a small one, as 6 says 1 and 5."""
    small = frozenset(name for name, n in counts.items() if 0 < n < SMALLEST_SHOWN)
    larger = sorted((n, name) for name, n in counts.items() if n >= SMALLEST_SHOWN)
    few = sum(counts[name] for name in small)
    others = 0
    while small and others < len(larger) and (not others or _follows(len(small), few, larger, others)):
        others += 1
    return SmallCells(small, small | {name for _, name in larger[:others]})


def _follows(small: int, few: float, larger: list[tuple[float, str]], others: int) -> bool:
    """Whether one of the small cells has only one value with which all hidden ones come to their sum. The reader
    knows that what is hidden of the larger ones is at least 5 and less than the smallest that is shown: of equals the
    first by name is hidden, which mostly tells them apart."""
    hidden = few + sum(n for n, _ in larger[:others])
    most = larger[others][0] - 1 if others < len(larger) else math.inf
    low = max(1.0, hidden - (SMALLEST_SHOWN - 1) * (small - 1) - most * others)
    high = min(SMALLEST_SHOWN - 1.0, hidden - (small - 1) - SMALLEST_SHOWN * others)
    return low >= high

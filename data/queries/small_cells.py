"""Cells of a distribution that are too small to be shown: one to four persons are never told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

SMALLEST_SHOWN = 5


class SmallCells(NamedTuple):
    """``small``: cells of 1-4; ``hidden``: these and, with a single one, another: it would follow from the sum."""

    small: frozenset[str]
    hidden: frozenset[str]


def small_cells(counts: Mapping[str, float]) -> SmallCells:
    """The other one is the smallest that is shown, the first of equals by name."""
    small = frozenset(name for name, n in counts.items() if 0 < n < SMALLEST_SHOWN)
    larger = sorted((n, name) for name, n in counts.items() if n >= SMALLEST_SHOWN)
    return SmallCells(small, small | {name for _, name in larger[:1]} if len(small) == 1 else small)

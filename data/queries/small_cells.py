"""Cells of a distribution that are too small to be shown: one to four persons are never told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

SMALLEST_SHOWN = 5


class SmallCells(NamedTuple):
    """``small``: cells of 1-4; ``hidden``: these and the others without which they would follow from the sum."""

    small: frozenset[str]
    hidden: frozenset[str]


def small_cells(counts: Mapping[str, float]) -> SmallCells:
    """Beside small cells the smallest larger one is hidden, the first of equals by name; where that would still tell a
    small one, the two smallest; where these would, every cell."""
    small = frozenset(name for name, n in counts.items() if 0 < n < SMALLEST_SHOWN)
    larger = sorted((n, name) for name, n in counts.items() if n >= SMALLEST_SHOWN)
    few = sum(counts[name] for name in small)
    others = _others(len(small), few, [n for n, _ in larger]) if small else 0
    return SmallCells(small, small | {name for _, name in larger[:others]})


def _others(small: int, few: float, larger: list[float]) -> int:
    """How many of the larger cells are hidden, smallest first.

    Who knows this rule, the sum and what is shown must find two values for each small cell. Each condition is one
    that he can test himself, so that passing it tells him nothing more; and what fails both leaves, whatever is
    hidden then, small cells of 1 everywhere beside 5 and 5, or one of them 2.
    """
    least = small + SMALLEST_SHOWN
    if len(larger) > 1:
        hidden, most = few + larger[0], larger[1] - 1
        if least + 2 <= hidden <= (SMALLEST_SHOWN - 1) * small + most - 2:
            return 1
    if len(larger) > 2:
        hidden, most = few + larger[0] + larger[1], larger[2] - 1
        if least + SMALLEST_SHOWN + 2 <= hidden <= least + most:
            return 2
    return len(larger)


def share_of_persons(part: float | None, all_: float | None) -> float | None:
    """A share 0-1 of persons; withheld like no data where it tells of one to four, on either side of it."""
    if part is None or not all_ or any(0 < n < SMALLEST_SHOWN for n in (part, all_ - part, all_)):
        return None
    return part / all_

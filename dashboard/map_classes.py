"""Five classes of a quantity with round limits, for colouring areas."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

CLASSES = 5
_ROUND = (1.0, 2.0, 2.5, 5.0)


@dataclass(frozen=True)
class Classes:
    """Four round limits; class 0 is below the first, class 4 at or above the last."""

    limits: tuple[float, float, float, float]

    def of(self, value: float) -> int:
        """Class 0-4 of a value; a limit belongs to the class above it."""
        return bisect_right(self.limits, value)

    def labels(self) -> tuple[str, ...]:
        """Words of the classes, the highest first."""
        digits = 0 if all(limit == round(limit) for limit in self.limits) else 1
        words = [f"{limit:,.{digits}f}" for limit in self.limits]
        middle = [f"{a}–{b}" for a, b in pairwise(words)]
        return (f"{words[-1]} 以上", *reversed(middle), f"{words[0]} 以下")


def classify(values: Sequence[float]) -> Classes:
    """Round limits, one step apart, that spread the values most evenly; any limits do for no values at all."""
    low, high = (min(values), max(values)) if values else (0.0, 0.0)
    candidates = [
        Classes(_limits(first, step))
        for step in _round_steps((high - low) / CLASSES)
        for first in _firsts(low / step, high / step)
    ]
    return min(candidates, key=lambda classes: _crowding(classes, values))


def _firsts(low: float, high: float) -> range:
    """Multiples the first limit may be, from the lowest value up to the highest; never zero, never none."""
    start = max(1, math.floor(low))
    return range(start, max(start + 1, math.ceil(high)))


def _limits(first: int, step: float) -> tuple[float, float, float, float]:
    """Four multiples of a step, the first of them ``first`` times the step."""
    a, b, c, d = (round((first + k) * step, 6) for k in range(CLASSES - 1))
    return a, b, c, d


def _crowding(classes: Classes, values: Sequence[float]) -> int:
    """Sum of the squared class sizes: least when the classes are equally full."""
    sizes = [0] * CLASSES
    for value in values:
        sizes[classes.of(value)] += 1
    return sum(size * size for size in sizes)


def _round_steps(width: float) -> tuple[float, ...]:
    """Round numbers between half of a width and one and a half of it, at least 0.1."""
    width = max(width, 0.1)
    power = 10.0 ** math.floor(math.log10(width) - 1)
    steps = (factor * power * ten for ten in (1, 10, 100) for factor in _ROUND)
    return tuple(step for step in steps if max(0.1, 0.5 * width) <= step <= 1.5 * width)

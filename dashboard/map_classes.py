"""Five classes of a quantity with round limits, for colouring areas."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

CLASSES = 5
_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)


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
    """Limits a round step apart around the middle of the values; any limits do for no values at all."""
    low, high = (min(values), max(values)) if values else (0.0, 0.0)
    step = _round_step((high - low) / CLASSES)
    first = max(round(((low + high) / 2) / step - 1.5), 1)
    limits = [round((first + k) * step, 6) for k in range(CLASSES - 1)]
    return Classes((limits[0], limits[1], limits[2], limits[3]))


def _round_step(width: float) -> float:
    """The round number nearest to a width, at least 0.1."""
    if width < 0.1:
        return 0.1
    power = 10.0 ** math.floor(math.log10(width))
    return min((factor * power for factor in _ROUND), key=lambda step: abs(step - width))

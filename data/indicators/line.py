"""A line of an indicator: on which side of which number a light begins, written "< 0.8" or ">= 2"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
from pydantic import BeforeValidator

from data.indicators.timeline import Array, Mask

_SIDES: dict[str, Callable[[Array, float], Mask]] = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}


@dataclass(frozen=True)
class Line:
    """``side`` is <, <=, > or >=; ``at`` in the unit of what the formula compares."""

    side: str
    at: float

    def crossed(self, values: Array) -> Mask:
        """Where the values lie beyond the line; unknown ones (NaN) never do."""
        beyond: Mask = _SIDES[self.side](values, self.at)
        return beyond

    @property
    def is_below(self) -> bool:
        """Whether small values are the bad ones."""
        return self.side.startswith("<")

    def __str__(self) -> str:
        return f"{self.side} {self.at:g}"


NO_LINE = Line("<", float("-inf"))


def _parsed(value: Any) -> Any:
    if value is None or isinstance(value, Line):
        return value
    found = re.fullmatch(r"(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)", str(value).strip())
    if found is None:
        raise ValueError('a line needs its direction, e.g. "< 0.8" or ">= 2"')
    return Line(found[1], float(found[2]))


WrittenLine = Annotated[Line, BeforeValidator(_parsed)]

"""Placing words on a map: each near its anchor, none on another, none outside the panel."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

# Steps away from the anchor, in heights of the label, and the directions tried at each step.
_STEPS = (0.0, 0.35, 0.7, 1.1, 1.6, 2.2, 3.0, 4.0, 5.5, 7.5, 10.0)
_DIRECTIONS = 16
# Price of one height of distance, beside the share of the words that lies outside the own area.
_DISTANCE_PRICE = 0.18
# Air between two words, in heights: words that touch read as one.
_AIR = 0.2


@dataclass(frozen=True)
class Rectangle:
    """Pixels; y grows downwards."""

    x0: float
    y0: float
    x1: float
    y1: float

    def overlaps(self, other: Rectangle) -> bool:
        """Whether both cover a common area; touching edges do not."""
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1

    def grown(self, by: float) -> Rectangle:
        """The same with air around it."""
        return Rectangle(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)

    def inside(self, other: Rectangle) -> bool:
        """Whether this one lies wholly in the other."""
        return self.x0 >= other.x0 and self.y0 >= other.y0 and self.x1 <= other.x1 and self.y1 <= other.y1


@dataclass(frozen=True)
class Wanted:
    """Words that want a place: anchor, size in pixels, and the area they should stay in (None: anywhere)."""

    words: str
    x: float
    y: float
    width: float
    height: float
    area: BaseGeometry | None = None


@dataclass(frozen=True)
class Label:
    """Words with the middle of their place."""

    words: str
    x: float
    y: float
    box: Rectangle


def place(
    wanted: Iterable[Wanted],
    frame: Rectangle,
    taken: Sequence[Rectangle],
    avoid: BaseGeometry | None = None,
) -> tuple[Label, ...]:
    """Labels in the order given, the first choose first; words without any free place are left out.

    ``taken`` is never covered; ``avoid`` is an area the words should not lie on, as names of neighbours
    should not lie on the district.
    """
    labels: list[Label] = []
    for want in wanted:
        air = want.height * _AIR
        best = _best_place(want, frame, [*taken, *(label.box.grown(air) for label in labels)], avoid)
        if best is not None:
            labels.append(Label(want.words, *best, _box(want, *best)))
    return tuple(labels)


def _best_place(
    want: Wanted, frame: Rectangle, used: Sequence[Rectangle], avoid: BaseGeometry | None
) -> tuple[float, float] | None:
    """The cheapest free place; the search ends where distance alone costs more than the best found."""
    best: tuple[float, float] | None = None
    lowest = math.inf
    for step in _STEPS:
        if step * _DISTANCE_PRICE >= lowest:
            break
        for x, y in _around(want, step):
            box = _box(want, x, y)
            if not box.inside(frame) or any(box.overlaps(other) for other in used):
                continue
            price = _price(box, want.area, avoid) + step * _DISTANCE_PRICE
            if price < lowest:
                lowest, best = price, (x, y)
    return best


def _around(want: Wanted, step: float) -> Iterator[tuple[float, float]]:
    """Places ``step`` heights away from the anchor, the first above it."""
    for direction in range(_DIRECTIONS if step else 1):
        angle = 2 * math.pi * direction / _DIRECTIONS
        yield want.x + step * want.height * math.sin(angle), want.y - step * want.height * math.cos(angle)


def _box(want: Wanted, x: float, y: float) -> Rectangle:
    return Rectangle(x - want.width / 2, y - want.height / 2, x + want.width / 2, y + want.height / 2)


def _price(box: Rectangle, area: BaseGeometry | None, avoid: BaseGeometry | None) -> float:
    """Shares of the words outside their own area and on the area to avoid."""
    words = shapely.box(box.x0, box.y0, box.x1, box.y1)
    price = 0.0
    if area is not None:
        price += 1 - shapely.intersection(words, area).area / words.area
    if avoid is not None:
        price += 4 * shapely.intersection(words, avoid).area / words.area
    return price

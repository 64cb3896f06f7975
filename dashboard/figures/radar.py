"""A radar as polygons in panel pixels; a gap is a break in the line, never zero."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.canvas import Path, polyline
from dashboard.theme import Theme

RINGS = 5


@dataclass(frozen=True)
class Radar:
    """Centre and radius in panel pixels, the number of axes, and the score at the centre (the rim is 100)."""

    x: float
    y: float
    radius: float
    axes: int
    floor: float

    def at(self, axis: int, value: float) -> tuple[float, float]:
        """Pixel of a score on an axis; the first axis points up, then clockwise."""
        reach = max(0.0, value - self.floor) / (100 - self.floor) * self.radius
        angle = 2 * math.pi * axis / self.axes
        return round(self.x + reach * math.sin(angle), 1), round(self.y - reach * math.cos(angle), 1)

    def path(self, values: Sequence[float | None]) -> Path:
        """Closed line through the scores; beside a gap the line is broken."""
        points = [None if v is None else self.at(i, v) for i, v in enumerate(values)]
        points.append(points[0])
        return [p and p[0] for p in points], [p and p[1] for p in points]


def floor_of(values: Iterable[float | None]) -> float:
    """The score at the centre: 50 while every value lies above it, else 0."""
    known = [value for value in values if value is not None]
    return 50.0 if min(known, default=100.0) > 50 else 0.0


def draw_grid(figure: go.Figure, shape: Radar, theme: Theme) -> None:
    """Rings as one broken line, spokes as another."""
    rings: Path = ([], [])
    for ring in range(1, RINGS + 1):
        value = shape.floor + (100 - shape.floor) * ring / RINGS
        x, y = shape.path([value] * shape.axes)
        rings[0].extend([*x, None])
        rings[1].extend([*y, None])
    spokes: Path = ([], [])
    for axis in range(shape.axes):
        x1, y1 = shape.at(axis, 100)
        spokes[0].extend([round(shape.x, 1), x1, None])
        spokes[1].extend([round(shape.y, 1), y1, None])
    for path, color in ((spokes, theme.tokens.rule_soft), (rings, theme.tokens.rule)):
        polyline(figure, path, width=theme.px(2), color=color)

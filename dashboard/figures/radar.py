"""A radar as polygons in panel pixels; a gap is a break in the line, never zero."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.canvas import Path, filled, markers, polyline
from dashboard.theme import Theme
from data.queries.diagnosis import AxisScore

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


@dataclass(frozen=True)
class Room:
    """Panel pixels a radar and its words may fill: the box from the left edge, and the words around it."""

    width: float
    height: float
    above: float
    below: float
    aside: float


@dataclass(frozen=True)
class Look:
    """Design pixels of the lines and marks, and the colour of the dotted line."""

    now: float
    before: float
    mark: float
    dotted: str


def floor_of(values: Iterable[float | None]) -> float:
    """The score at the centre: 50 while every value lies above it, else 0."""
    known = [value for value in values if value is not None]
    return 50.0 if min(known, default=100.0) > 50 else 0.0


def fitted(axes: Sequence[AxisScore], room: Room) -> Radar:
    """The largest radar that has room, in the middle of it."""
    n = len(axes)
    deep = 1 + math.cos(math.pi / n)
    tall = (room.height - room.above - room.below) / deep
    wide = (room.width - 2 * room.aside) / 2 / math.sin(2 * math.pi / n)
    radius = min(tall, wide)
    spare = (tall - radius) * deep / 2
    floor = floor_of(v for axis in axes for v in (axis.now, axis.before, axis.reference))
    return Radar(room.width / 2, room.above + radius + spare, radius, n, floor)


def draw_scores(figure: go.Figure, shape: Radar, axes: Sequence[AxisScore], theme: Theme, look: Look) -> None:
    """The grid; the reference as a blue area where it has no gap, what was before dotted, now in gold with points."""
    tokens = theme.tokens
    draw_grid(figure, shape, theme)
    reference = [axis.reference for axis in axes]
    if None not in reference:
        filled(figure, shape.path(reference), "rgba(76,147,217,.24)")
    polyline(figure, shape.path(reference), width=theme.px(4), color=tokens.line)
    before, now = ([getattr(axis, name) for axis in axes] for name in ("before", "now"))
    polyline(figure, shape.path(before), width=theme.px(look.before), color=look.dotted, dash="dot")
    polyline(figure, shape.path(now), width=theme.px(look.now), color=tokens.gold)
    points = [shape.at(i, score) for i, score in enumerate(now) if score is not None]
    edge = {"width": theme.px(3), "color": tokens.ground}
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    markers(figure, xs, ys, size=theme.px(look.mark), color=tokens.gold, line=edge)


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

"""The radar of the five basics, drawn as polygons in panel pixels; a gap is a break in the line, never zero."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.figures.canvas import Path, canvas, filled, markers, polyline, text
from dashboard.formats import NA, score
from dashboard.theme import Theme
from data.queries.diagnosis import Diagnosis

SLUG = "diagnosis"
RADAR_DESIGN_PX = 384
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


def radar(view: Diagnosis, theme: Theme) -> Radar:
    """The radar left in the panel, with room for names above, below and at both sides."""
    height = theme.size(SLUG)[1]
    width = theme.px(RADAR_DESIGN_PX)
    above, below = theme.data * 1.3, theme.data * 1.45
    aside = theme.data * 1.6
    axes = len(view.axes)
    tall = (height - above - below) / (1 + math.cos(math.pi / axes))
    wide = (width - 2 * aside) / 2 / math.sin(2 * math.pi / axes)
    radius = min(tall, wide)
    known = [v for a in view.axes for v in (a.now, a.before, a.reference) if v is not None]
    floor = 50.0 if min(known, default=100.0) > 50 else 0.0
    spare = (tall - radius) * (1 + math.cos(math.pi / axes)) / 2
    return Radar(width / 2, above + radius + spare, radius, axes, floor)


def draw(view: Diagnosis, theme: Theme) -> go.Figure:
    """Gold is now, blue the reference, dotted the month before."""
    figure = canvas(theme, SLUG)
    shape = radar(view, theme)
    tokens = theme.tokens
    _grid(figure, shape, theme)
    reference = [axis.reference for axis in view.axes]
    if None not in reference:
        filled(figure, shape.path(reference), "rgba(76,147,217,.24)")
    polyline(figure, shape.path(reference), width=theme.px(4), color=tokens.line)
    before = shape.path([axis.before for axis in view.axes])
    polyline(figure, before, width=theme.px(3), color=tokens.ink3, dash="dot")
    polyline(figure, shape.path([axis.now for axis in view.axes]), width=theme.px(5), color=tokens.gold)
    points = [shape.at(i, axis.now) for i, axis in enumerate(view.axes) if axis.now is not None]
    edge = {"width": theme.px(3), "color": tokens.ground}
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    markers(figure, xs, ys, size=theme.px(15), color=tokens.gold, line=edge)
    figure.update_layout(annotations=_names(view, theme, shape))
    return figure


def _grid(figure: go.Figure, shape: Radar, theme: Theme) -> None:
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


def _names(view: Diagnosis, theme: Theme, shape: Radar) -> list[dict[str, object]]:
    """Axis name and score outside each corner: in one line above and below, around the corner at the sides."""
    names: list[dict[str, object]] = []
    right_edge = theme.px(RADAR_DESIGN_PX)
    look: dict[str, Any] = {"size": theme.data, "color": theme.tokens.ink}
    for i, axis in enumerate(view.axes):
        x, y = shape.at(i, 100)
        short = theme.profile.radar[axis.axis].short
        value = f"<b>{NA if axis.now is None else score(axis.now, 0)}</b>"
        angle = 2 * math.pi * i / shape.axes
        if abs(math.sin(angle)) > 0.9:
            edge, anchor = (right_edge, "right") if math.sin(angle) > 0 else (0, "left")
            names.append(text(edge, y - theme.data * 0.8, short, xanchor=anchor, **look))
            names.append(text(edge, y + theme.data * 0.5, value, xanchor=anchor, **look))
        else:
            away = math.copysign(theme.data * 0.78, -math.cos(angle))
            names.append(text(x, y + away, f"{short} {value}", **look))
    return names

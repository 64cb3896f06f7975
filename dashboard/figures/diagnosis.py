"""The radar of the five basics, and the names of its axes."""

from __future__ import annotations

import math
from typing import Any

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, markers, polyline, text
from dashboard.figures.radar import Radar, draw_grid, floor_of
from dashboard.formats import NA, score
from dashboard.theme import Theme
from data.queries.diagnosis import Diagnosis

SLUG = "diagnosis"
RADAR_DESIGN_PX = 384


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
    floor = floor_of(v for a in view.axes for v in (a.now, a.before, a.reference))
    spare = (tall - radius) * (1 + math.cos(math.pi / axes)) / 2
    return Radar(width / 2, above + radius + spare, radius, axes, floor)


def draw(view: Diagnosis, theme: Theme) -> go.Figure:
    """Gold is now, blue the reference, dotted the month before."""
    figure = canvas(theme, SLUG)
    shape = radar(view, theme)
    tokens = theme.tokens
    draw_grid(figure, shape, theme)
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

"""The radar of the five basics, and the names of its axes."""

from __future__ import annotations

import math
from typing import Any

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, text
from dashboard.figures.radar import Look, Radar, Room, draw_scores, fitted
from dashboard.formats import NA, score
from dashboard.theme import Theme
from data.queries.diagnosis import Diagnosis

SLUG = "diagnosis"
RADAR_DESIGN_PX = 384


def radar(view: Diagnosis, theme: Theme) -> Radar:
    """The radar left in the panel, with room for names above, below and at both sides."""
    height, size = theme.size(SLUG)[1], theme.data
    return fitted(view.axes, Room(theme.px(RADAR_DESIGN_PX), height, size * 1.3, size * 1.45, size * 1.6))


def draw(view: Diagnosis, theme: Theme) -> go.Figure:
    """Gold is now, blue the reference, dotted the month before."""
    figure, shape = canvas(theme, SLUG), radar(view, theme)
    draw_scores(figure, shape, view.axes, theme, Look(now=5, before=3, mark=15, dotted=theme.tokens.ink3))
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

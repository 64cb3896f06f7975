"""The radar of the town in focus: now in gold, a quarter earlier dotted, the district's mean in blue."""

from __future__ import annotations

import math
from typing import Any

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, markers, polyline, text
from dashboard.figures.radar import Radar, draw_grid, floor_of
from dashboard.formats import NA, score
from dashboard.theme import Theme
from data.queries.diagnosis import AxisScore, Diagnosis

SLUG = "basics-radar"


def radar(view: Diagnosis, theme: Theme) -> Radar:
    """The radar in the middle of the panel, with a line of words above, below and three at both sides."""
    width, height = theme.size(SLUG)
    words = theme.data * 1.4
    axes = len(view.axes)
    tall = (height - 2 * words) / (1 + math.cos(math.pi / axes))
    wide = (width - 2 * theme.data * 3.2) / 2 / math.sin(2 * math.pi / axes)
    radius = min(tall, wide)
    spare = (tall - radius) * (1 + math.cos(math.pi / axes)) / 2
    floor = floor_of(v for a in view.axes for v in (a.now, a.before, a.reference))
    return Radar(width / 2, words + radius + spare, radius, axes, floor)


def draw(view: Diagnosis, theme: Theme) -> go.Figure:
    """Words say each score and its change against a quarter earlier."""
    figure = canvas(theme, SLUG)
    shape = radar(view, theme)
    tokens = theme.tokens
    draw_grid(figure, shape, theme)
    reference = [axis.reference for axis in view.axes]
    if None not in reference:
        filled(figure, shape.path(reference), "rgba(76,147,217,.24)")
    polyline(figure, shape.path(reference), width=theme.px(4), color=tokens.line)
    before = shape.path([axis.before for axis in view.axes])
    polyline(figure, before, width=theme.px(4), color=tokens.ink2, dash="dot")
    polyline(figure, shape.path([axis.now for axis in view.axes]), width=theme.px(6), color=tokens.gold)
    points = [shape.at(i, axis.now) for i, axis in enumerate(view.axes) if axis.now is not None]
    edge = {"width": theme.px(3), "color": tokens.ground}
    markers(
        figure,
        [p[0] for p in points],
        [p[1] for p in points],
        size=theme.px(17),
        color=tokens.gold,
        line=edge,
    )
    figure.update_layout(annotations=_words(view, theme, shape))
    return figure


def _words(view: Diagnosis, theme: Theme, shape: Radar) -> list[dict[str, Any]]:
    """One line above and below, three lines around the corner at the sides."""
    found: list[dict[str, Any]] = []
    look: dict[str, Any] = {"size": theme.data, "color": theme.tokens.ink}
    width = theme.size(SLUG)[0]
    for i, axis in enumerate(view.axes):
        x, y = shape.at(i, 100)
        angle = 2 * math.pi * i / shape.axes
        parts = (theme.profile.radar[axis.axis].short, _value(axis), _change(axis, theme))
        if abs(math.sin(angle)) > 0.9:
            # The arrows are wider than their advance: flush with the edge they would be cut.
            inset = theme.px(12)
            edge, anchor = (width - inset, "right") if math.sin(angle) > 0 else (inset, "left")
            for line, words in enumerate(parts):
                down = (line - 1) * theme.data * 1.2
                found.append(text(edge, y + down, words, xanchor=anchor, **look))
        else:
            away = math.copysign(theme.data * 0.78, -math.cos(angle))
            # The lower corners stand close together: their words lean outwards.
            outwards = theme.data * 1.1 * round(math.sin(angle), 6)
            found.append(text(x + outwards, y + away, " ".join(filter(None, parts)), **look))
    return found


def _value(axis: AxisScore) -> str:
    shown = NA if axis.now is None else score(axis.now)
    return f"<b>{'100' if shown == '100.0' else shown}</b>"


def _change(axis: AxisScore, theme: Theme) -> str:
    """An arrow with the points gained or lost; 平 for a change that rounds to nothing."""
    if axis.change is None:
        return ""
    points = round(axis.change, 1)
    if points == 0:
        return f'<span style="color:{theme.tokens.ink3}">平</span>'
    arrow, color = ("▲", theme.tokens.ok) if points > 0 else ("▼", theme.tokens.fall)
    return f'<span style="color:{color}">{arrow}{abs(points):.1f}</span>'

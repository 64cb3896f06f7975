"""The radar of the town in focus: now in gold, a quarter earlier dotted, the district's mean in blue."""

from __future__ import annotations

import math
from typing import Any

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, text
from dashboard.figures.radar import Look, Radar, Room, draw_scores, fitted
from dashboard.formats import NA, score
from dashboard.theme import Theme
from data.queries.diagnosis import AxisScore, Diagnosis

SLUG = "basics-radar"


def radar(view: Diagnosis, theme: Theme) -> Radar:
    """The radar in the middle of the panel, with a line of words above, below and three at both sides."""
    width, height = theme.size(SLUG)
    words = theme.data * 1.4
    return fitted(view.axes, Room(width, height, words, words, theme.data * 3.2))


def draw(view: Diagnosis, theme: Theme) -> go.Figure:
    """Words say each score and its change against a quarter earlier."""
    figure, shape = canvas(theme, SLUG), radar(view, theme)
    draw_scores(figure, shape, view.axes, theme, Look(now=6, before=4, mark=17, dotted=theme.tokens.ink2))
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

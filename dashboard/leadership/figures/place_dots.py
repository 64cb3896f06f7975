"""Organisations where they stand, and on them the ones that need something."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence

import plotly.graph_objects as go

from dashboard.leadership.look import Look
from data.queries.leadership.venues import Dot


def draw_dots(
    look: Look,
    dots: Sequence[Dot],
    marks: Sequence[tuple[Dot, str]],
    overdue: Collection[int],
    url: Callable[[int], str],
    height: int = 420,
) -> go.Figure:
    """``marks`` are dots with their words; those ``overdue`` are diamonds in red. ``url`` opens an organisation."""
    figure = look.figure(height)
    figure.add_scatter(
        x=[dot.lng for dot in dots],
        y=[dot.lat for dot in dots],
        mode="markers",
        name="党组织",
        marker={"size": 5, "color": look.blue[1]},
        hoverinfo="skip",
    )
    for late, word, color, symbol in (
        (False, "待整改", look.gold, "triangle-up"),
        (True, "超期", look.alarm, "diamond"),
    ):
        shown = [(dot, text) for dot, text in marks if (dot.org_id in overdue) is late]
        figure.add_scatter(
            x=[dot.lng for dot, _ in shown],
            y=[dot.lat for dot, _ in shown],
            mode="markers",
            name=word,
            marker={"size": 13, "color": color, "symbol": symbol, "line": {"width": 1, "color": look.card}},
            customdata=[url(dot.org_id) for dot, _ in shown],
            hovertext=[f"{dot.name}　{text}" for dot, text in shown],
            hoverinfo="text",
        )
    _as_map(figure, dots)
    return figure


def _as_map(figure: go.Figure, dots: Sequence[Dot]) -> None:
    """A degree of longitude is as wide as it is in the middle of the dots."""
    middle = sum(dot.lat for dot in dots) / len(dots) if dots else 30
    figure.update_layout(
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        xaxis={"visible": False},
        yaxis={"visible": False, "scaleanchor": "x", "scaleratio": 1 / math.cos(math.radians(middle))},
    )

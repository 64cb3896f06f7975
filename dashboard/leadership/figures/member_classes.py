"""Where a member stands in the four classes: percentiles as a radar of four axes, the district's median dashed."""

from __future__ import annotations

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.formats import percent
from dashboard.leadership.look import SMALL, Look

_RINGS = (0.25, 0.5, 0.75, 1.0)
_MEDIAN = 0.5
_REACH = 1.35


def draw_classes(look: Look, classes: Sequence[tuple[str, float | None]]) -> go.Figure:
    """(class, share 0-1 of members below); a class without points breaks the line."""
    figure = look.figure(300)
    for ring in _RINGS:
        dash = "dash" if ring == _MEDIAN else "solid"
        color = look.district if ring == _MEDIAN else look.rule
        _closed(figure, [ring] * len(classes), color, dash=dash)
    known = all(share is not None for _, share in classes)
    _closed(figure, [share for _, share in classes], look.own, width=3, fill=known)
    for at, (name, share) in enumerate(classes):
        x, y = _point(at, len(classes), 1.18)
        figure.add_annotation(
            x=x, y=y, text=f"{name}<br><b>{percent(share, 0)}</b>", showarrow=False, font={"size": SMALL}
        )
    axis = {"visible": False, "range": [-_REACH, _REACH]}
    figure.update_layout(xaxis=axis, yaxis={**axis, "scaleanchor": "x", "showgrid": False})
    return figure


def _closed(
    figure: go.Figure,
    values: Sequence[float | None],
    color: str,
    *,
    width: int = 1,
    dash: str = "solid",
    fill: bool = False,
) -> None:
    points = [None if v is None else _point(at, len(values), v) for at, v in enumerate(values)]
    points.append(points[0] if points else None)
    figure.add_scatter(
        x=[p and p[0] for p in points],
        y=[p and p[1] for p in points],
        mode="lines+markers" if width > 1 else "lines",
        line={"width": width, "color": color, "dash": dash},
        fill="toself" if fill else None,
        fillcolor="rgba(163,22,28,.10)" if fill else None,
        hoverinfo="skip",
    )


def _point(at: int, axes: int, value: float) -> tuple[float, float]:
    """The first axis points up, then clockwise."""
    angle = 2 * math.pi * at / axes
    return round(value * math.sin(angle), 4), round(value * math.cos(angle), 4)

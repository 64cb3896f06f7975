"""Drawing in panel pixels: x to the right, y downwards, origin at the top left of the panel's body."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.theme import Theme

Path = tuple[list[float | None], list[float | None]]


def canvas(theme: Theme, slug: str) -> go.Figure:
    """An empty figure over the body of a panel whose data coordinates are the panel's pixels."""
    figure = theme.figure(slug)
    width, height = theme.size(slug)
    figure.update_layout(
        xaxis={"range": [0, width], "visible": False},
        yaxis={"range": [height, 0], "visible": False},
    )
    return figure


def polyline(figure: go.Figure, path: Path, **line: Any) -> None:
    """A line through points in panel pixels; None breaks it."""
    figure.add_scatter(x=path[0], y=path[1], mode="lines", line=line, hoverinfo="skip", cliponaxis=False)


def filled(figure: go.Figure, path: Path, fill: str, **line: Any) -> None:
    """A closed area; None in the path begins another ring."""
    figure.add_scatter(
        x=path[0],
        y=path[1],
        mode="lines",
        fill="toself",
        fillcolor=fill,
        line=line or {"width": 0},
        hoverinfo="skip",
        cliponaxis=False,
    )


def markers(figure: go.Figure, x: Sequence[float], y: Sequence[float], **marker: Any) -> None:
    """Points of one look; opacity is set because Plotly makes bubbles half transparent on its own."""
    figure.add_scatter(
        x=x,
        y=y,
        mode="markers",
        marker={"opacity": 1, **marker},
        hoverinfo="skip",
        cliponaxis=False,
    )


def rectangles(boxes: Iterable[tuple[float, float, float, float]]) -> Path:
    """One path of many rectangles (x0, y0, x1, y1): bars without a second bar trace in one plot."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for x0, y0, x1, y1 in boxes:
        xs += [x0, x1, x1, x0, x0, None]
        ys += [y0, y0, y1, y1, y0, None]
    return [None if x is None else round(x, 1) for x in xs[:-1]], [
        None if y is None else round(y, 1) for y in ys[:-1]
    ]


def text(x: float, y: float, words: str, *, size: float, color: str, **place: Any) -> dict[str, Any]:
    """An annotation at a panel pixel, centred unless told otherwise."""
    return {
        "x": round(x, 1),
        "y": round(y, 1),
        "text": words,
        "showarrow": False,
        "xanchor": "center",
        "yanchor": "middle",
        "borderpad": 0,
        "font": {"size": size, "color": color, **place.pop("font", {})},
        **place,
    }


def shortened(words: str, room: float, size: float) -> str:
    """Words cut with … where they are wider than their room; 党支部 becomes 支部 first."""
    if text_width(words, size) > room:
        words = words.replace("党支部", "支部")
    if text_width(words, size) <= room:
        return words
    while len(words) > 1 and text_width(words, size) + size > room:
        words = words[:-1]
    return words + "…"


def text_width(words: str, size: float) -> float:
    """Estimated width of a line: a Chinese character is one em, Latin letters and digits about half."""
    return sum(1.0 if ord(letter) > 0x2E7F else 0.52 for letter in words) * size

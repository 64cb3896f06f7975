"""The most used of the library as bars from 0."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, rectangles
from dashboard.theme import Theme
from data.queries.library import ROWS, Library

SLUG = "library"
# Design pixels: the numbers end; kind, title and number of a row beside its bar.
STRIP, KIND, TITLE, COUNT = 122, 92, 530, 70


@dataclass(frozen=True)
class Where:
    """Panel pixels: top of the rows, height of one, left and right edge of the bars."""

    top: float
    row: float
    bars: tuple[float, float]


def where(theme: Theme) -> Where:
    """Rows keep their height where there are fewer."""
    width, height = theme.size(SLUG)
    top = theme.px(STRIP)
    return Where(top, (height - top) / ROWS, (theme.px(KIND + TITLE), width - theme.px(COUNT)))


def draw(view: Library, theme: Theme) -> go.Figure:
    """One bar per row, the first in the lighter blue."""
    figure = canvas(theme, SLUG)
    place = where(theme)
    left, right = place.bars
    largest = max((line.amount or 0.0 for line in view.most_used), default=0.0)
    if not largest:
        return figure
    half = theme.px(11)
    boxes = []
    for i, line in enumerate(view.most_used):
        y = place.top + (i + 0.5) * place.row
        boxes.append((left, y - half, left + (right - left) * (line.amount or 0.0) / largest, y + half))
    filled(figure, rectangles(boxes[:1]), theme.tokens.blue[3])
    if boxes[1:]:
        filled(figure, rectangles(boxes[1:]), theme.tokens.blue[2])
    return figure

"""Venues by kind as bars from 0, in two columns."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, rectangles
from dashboard.theme import Theme
from data.queries.venues import Venues

SLUG = "venues"
# Design pixels: numbers end, a row; the name and the number beside a bar; the gutter between the columns.
STRIP, ROW, NAME, COUNT, GUTTER = 122, 40, 182, 66, 44
COLUMNS = 2


@dataclass(frozen=True)
class Where:
    """Panel pixels: rows of a column, width of a column, top of what stands below."""

    rows: int
    width: float
    below: float


def where(view: Venues, theme: Theme) -> Where:
    """Down the left column first."""
    rows = -(-len(view.kinds) // COLUMNS)
    width = (theme.size(SLUG)[0] - theme.px(GUTTER)) / COLUMNS
    return Where(rows, width, theme.px(STRIP) + rows * theme.px(ROW) + theme.px(8))


def kind_place(view: Venues, theme: Theme, i: int) -> tuple[float, float]:
    """Left and top of a kind, panel pixels."""
    place = where(view, theme)
    column, row = divmod(i, max(1, place.rows))
    return column * (place.width + theme.px(GUTTER)), theme.px(STRIP) + row * theme.px(ROW)


def draw(view: Venues, theme: Theme) -> go.Figure:
    """One scale for both columns."""
    figure = canvas(theme, SLUG)
    largest = max((n for _, n in view.kinds), default=0.0)
    if not largest:
        return figure
    room = where(view, theme).width - theme.px(NAME + COUNT)
    boxes = []
    for i, (_, n) in enumerate(view.kinds):
        left, top = kind_place(view, theme, i)
        x, y = left + theme.px(NAME), top + theme.px(ROW) / 2
        boxes.append((x, y - theme.px(10), x + max(room * n / largest, theme.px(3)), y + theme.px(10)))
    filled(figure, rectangles(boxes), theme.tokens.blue[2])
    return figure

"""Venues by kind as bars from 0, in two columns."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas
from dashboard.figures.kind_columns import KindColumns
from dashboard.theme import Theme
from data.queries.venues import Venues

SLUG = "venues"
# Design pixels: numbers end, a row; the name and the number beside a bar; the gutter between the columns.
STRIP, ROW, NAME, COUNT, GUTTER = 122, 40, 182, 66, 44
LINES_APART = 8


def kind_columns(view: Venues, theme: Theme) -> KindColumns:
    """The kinds below the numbers."""
    return KindColumns(
        top=theme.px(STRIP),
        row=theme.px(ROW),
        width=theme.size(SLUG)[0],
        gutter=theme.px(GUTTER),
        name=theme.px(NAME),
        count=theme.px(COUNT),
        bar=2 * theme.px(10),
        kinds=len(view.kinds),
    )


def lines_top(view: Venues, theme: Theme) -> float:
    """Upper edge of what stands below the kinds."""
    return kind_columns(view, theme).below + theme.px(LINES_APART)


def draw(view: Venues, theme: Theme) -> go.Figure:
    """One scale for both columns."""
    figure = canvas(theme, SLUG)
    numbers = [n for _, n in view.kinds]
    kind_columns(view, theme).draw(figure, numbers, theme.tokens.blue[2], thinnest=theme.px(3))
    return figure

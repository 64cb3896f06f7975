"""Spark lines under the key figures of the left wing."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.figures.key_figure_tiles import draw_tiles
from dashboard.formats import signed
from dashboard.theme import Theme
from data.queries.key_figures_left import KeyFiguresLeft


def draw(view: KeyFiguresLeft, theme: Theme) -> go.Figure:
    """Lines of organisations and members; an open month of sign-ins would only look like a fall."""
    trends = [view.organisations.trend, view.members.trend, (), ()]
    changes = [signed(view.organisations.change), signed(view.members.change), "", ""]
    return draw_tiles(trends, changes, "key-figures-left", theme)

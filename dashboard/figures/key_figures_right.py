"""Spark lines under the key figures of the right wing."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.figures.key_figure_tiles import draw_tiles
from dashboard.theme import Theme
from data.queries.key_figures_right import KeyFiguresRight


def draw(view: KeyFiguresRight, theme: Theme) -> go.Figure:
    """Lines of the rates over closed months; the lights of now have none."""
    third = view.index.trend if view.index else ()
    trends = [view.theme_days.trend, view.dues.trend, third, view.warnings_closed.trend]
    return draw_tiles(trends, [""] * len(trends), "key-figures-right", theme)

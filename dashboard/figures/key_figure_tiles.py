"""Four tiles in a row: where they stand, and the spark line at the foot of each."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, text_width
from dashboard.figures.spark_lines import Spark, add_sparks
from dashboard.theme import Theme

TILES = 4


def tile_box(theme: Theme, slug: str, index: int) -> tuple[float, float]:
    """Left edge and width of a tile, panel pixels."""
    gap = theme.px(32)
    width = (theme.size(slug)[0] - gap * (TILES - 1)) / TILES
    return index * (width + gap), width


def draw_tiles(
    trends: Sequence[tuple[float | None, ...]], changes: Sequence[str], slug: str, theme: Theme
) -> go.Figure:
    """One spark line per tile; an empty trend leaves its place free, a long change narrows the line."""
    figure = canvas(theme, slug)
    sparks = []
    for index, (values, change) in enumerate(zip(trends, changes, strict=True)):
        left, width = tile_box(theme, slug, index)
        right = left + width - theme.px(12)
        room = theme.px(78) - max(0.0, text_width(change, theme.number) - text_width("+100", theme.number))
        if room >= theme.px(30):
            sparks.append(Spark(values, right - room, right, theme.px(128), theme.px(156)))
    add_sparks(figure, sparks, theme, theme.tokens.muted)
    return figure

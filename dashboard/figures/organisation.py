"""The sectors as one stacked bar over the width of the panel."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas
from dashboard.theme import Theme
from data.queries.organisation import Organisation

# Where the bar stands in the body, design pixels from its top: height of the counts above it, and its own.
BAR_TOP, BAR_HEIGHT = 82, 20


def sector_colors(theme: Theme) -> tuple[str, ...]:
    """Eight blues from light to dark, in the order of the sector groups."""
    light, *_, dark = theme.tokens.blue[::-1]
    return (light, "#6FAEE9", "#4C93D9", "#2E74BE", "#2566AE", "#1F5899", "#1B4F8A", dark)


def draw(view: Organisation, theme: Theme) -> go.Figure:
    """One bar trace; segments keep a gap of the ground between them. Nothing without sectors."""
    figure = canvas(theme, "organisation")
    total = sum(n for _, n in view.sectors)
    if not total:
        return figure
    width = theme.size("organisation")[0]
    gap = theme.px(3)
    lengths = [n / total * width for _, n in view.sectors]
    starts = [sum(lengths[:i]) for i in range(len(lengths))]
    figure.add_bar(
        orientation="h",
        x=[round(max(0.0, length - gap), 1) for length in lengths],
        base=[round(start, 1) for start in starts],
        y=[theme.px(BAR_TOP + BAR_HEIGHT / 2)] * len(lengths),
        width=theme.px(BAR_HEIGHT),
        marker={"color": sector_colors(theme), "line": {"width": 0}},
    )
    return figure

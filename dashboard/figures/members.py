"""The age bands of the members as a ring; its total stands in the middle."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas
from dashboard.figures.ring import Slice, draw_ring
from dashboard.theme import Theme
from data.queries.members import Members


def ring_px(theme: Theme) -> int:
    """Diameter of the ring: nearly the height of the body."""
    return theme.size("members")[1] - theme.px(6)


def age_colors(theme: Theme) -> dict[str, str]:
    """Young light blue to old gold; unknown ages in the muted colour."""
    blue = theme.tokens.blue
    return {
        "to_35": blue[4],
        "36_45": blue[3],
        "46_55": blue[2],
        "56_60": blue[1],
        "from_61": theme.tokens.gold,
        "unknown": theme.tokens.muted,
    }


def draw(view: Members, theme: Theme) -> go.Figure:
    """A ring of the shown bands; withheld bands are one muted slice. Nothing without ages."""
    figure = canvas(theme, "members")
    shown = {group.name: group.count for group in view.ages if group.count}
    if not shown:
        return figure
    colors = age_colors(theme)
    slices: list[Slice] = [(count, colors[name]) for name, count in shown.items()]
    if view.total.value is not None and any(group.count is None for group in view.ages):
        rest = view.total.value - sum(shown.values())
        slices.append((round(max(0.0, rest)), theme.tokens.muted))
    side = ring_px(theme)
    box = (0, (theme.size("members")[1] - side) / 2, side)
    draw_ring(figure, slices, box, hole=0.76, color=theme.tokens.ground, width=theme.px(4))
    return figure

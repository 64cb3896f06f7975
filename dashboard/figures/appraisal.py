"""The grades of the last round as a ring; the progress of the rounds is told by bars of the HTML layer."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas
from dashboard.figures.ring import Slice, draw_ring
from dashboard.theme import Theme
from data.queries.appraisal import Appraisal

SLUG = "appraisal"
# Diameter of the ring, design pixels.
RING = 256


def ring_px(theme: Theme) -> int:
    """Diameter of the ring, real pixels."""
    return theme.px(RING)


def grade_colors(theme: Theme) -> dict[str, str]:
    """Two blues for the good grades, gold for the two that ask for something."""
    tokens = theme.tokens
    return {
        "excellent": tokens.blue[4],
        "qualified": tokens.blue[2],
        "basic": tokens.gold,
        "unqualified": tokens.fall,
    }


def draw(view: Appraisal, theme: Theme) -> go.Figure | None:
    """A ring of the shown grades, withheld ones as one muted slice; no figure for visitors."""
    if view.grades is None:
        return None
    figure = canvas(theme, SLUG)
    colors = grade_colors(theme)
    slices: list[Slice] = [(grade.count, colors[grade.name]) for grade in view.grades.grades if grade.count]
    if not slices:
        return figure
    rest = (view.grades.appraised.value or 0) - sum(count for count, _ in slices)
    if rest > 0 and any(grade.count is None for grade in view.grades.grades):
        slices.append((round(rest), theme.tokens.muted))
    box = (0, 0, ring_px(theme))
    draw_ring(figure, slices, box, hole=0.72, color=theme.tokens.ground, width=theme.px(4))
    return figure

"""Scores over two years as lines with their names at the end; the months that are compared are marked."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.formats import month_label
from dashboard.leadership.figures.score_history import EVERY, RIGHT_PX, ScoreLine, end_labels, score_range
from dashboard.leadership.look import Look


def draw_score_lines(
    look: Look, months: Sequence[str], lines: Sequence[ScoreLine], marked: Sequence[str], height: int = 330
) -> go.Figure:
    """Drawn in this order, the last on top; a month without a score breaks its line."""
    figure = look.figure(height)
    low, high = score_range(lines)
    for month in marked:
        if month in months:
            at = months.index(month)
            figure.add_shape(
                type="line", x0=at, x1=at, y0=0, y1=1, yref="paper", layer="below",
                line={"color": look.rule, "width": 2},
            )  # fmt: skip
    for line in lines:
        figure.add_scatter(
            x=list(range(len(months))),
            y=list(line.values),
            mode="lines",
            line={"color": line.color, "width": line.width, "dash": line.dash},
            text=[month_label(month, year=True) for month in months],
            hovertemplate=f"%{{text}}　{line.name} <b>%{{y:.1f}}</b><extra></extra>",
        )
    end_labels(figure, lines, (low, high), height)
    shown = [i for i in range(len(months)) if (len(months) - 1 - i) % EVERY == 0]
    figure.update_layout(
        margin={"r": RIGHT_PX},
        xaxis={
            "range": [-0.6, len(months) - 0.4],
            "tickvals": shown,
            "ticktext": [f"{months[i][2:4]}-{months[i][5:]}" for i in shown],
        },
        yaxis={"range": [low, high], "nticks": 5},
    )
    return figure

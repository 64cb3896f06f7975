"""Kinds as bars from zero, most on top, each with its number; stacked where a kind has parts."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.leadership.figures.month_columns import Series
from dashboard.leadership.look import Look

ROW, LEAST = 30, 120


def draw_kinds(
    look: Look,
    names: Sequence[str],
    stacks: Sequence[Series],
    *,
    unit: str = "",
    digits: int = 0,
    height: int = 0,
) -> go.Figure:
    """``names`` from the top; the sum of a kind stands at the end of its bar."""
    figure = look.figure(height or max(LEAST, ROW * len(names) + (50 if len(stacks) > 1 else 20)))
    for one in stacks:
        figure.add_bar(
            y=list(names),
            x=list(one.values),
            orientation="h",
            name=one.name,
            marker={"color": one.color},
            hovertemplate=f"%{{y}}　{one.name} %{{x:,.{digits}f}}{unit}<extra></extra>",
        )
    _write_sums(figure, names, stacks, digits)
    figure.update_layout(
        barmode="stack",
        bargap=0.32,
        showlegend=len(stacks) > 1,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
        yaxis={"type": "category", "autorange": "reversed", "ticklabelstandoff": 4, "showgrid": False},
    )
    return figure


def _write_sums(figure: go.Figure, names: Sequence[str], stacks: Sequence[Series], digits: int) -> None:
    sums = [sum(value or 0 for value in kind) for kind in zip(*(one.values for one in stacks), strict=True)]
    highest = max(sums, default=0)
    figure.add_scatter(
        y=list(names),
        x=sums,
        mode="text",
        text=[f" {value:,.{digits}f}" for value in sums],
        textposition="middle right",
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )
    figure.update_layout(xaxis={"range": [0, highest * 1.16 or 1], "visible": False})

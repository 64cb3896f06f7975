"""Organisation life by month: what was held as columns by kind, the share of those who came as a line above."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.formats import NA, month_label, percent
from dashboard.leadership.figures.month_columns import ROOM, Series, month_ticks
from dashboard.leadership.look import SMALL, Look

_RATE, _COUNTS = (0.76, 1.0), (0.0, 0.64)


def draw_life(
    look: Look,
    months: Sequence[str],
    kinds: Sequence[Series],
    rate: Series,
    links: Sequence[str],
    height: int = 300,
) -> go.Figure:
    """Columns from zero, stacked in this order; the rate (0-1) has an axis of its own. A column leads to ``links``."""
    figure, x = look.figure(height), list(range(len(months)))
    for kind in kinds:
        figure.add_bar(
            x=x,
            y=list(kind.values),
            name=kind.name,
            marker={"color": kind.color},
            customdata=list(links),
            text=[month_label(month, year=True) for month in months],
            textposition="none",
            hovertemplate=f"%{{text}}　{kind.name} <b>%{{y:,.0f}}</b> 场<extra></extra>",
        )
    _rate(figure, months, rate)
    known = [value for value in rate.values if value is not None]
    low = max(0.0, min(known, default=0.0) - 0.05)
    figure.update_layout(
        barmode="stack",
        showlegend=True,
        legend={
            "orientation": "h",
            "x": 0,
            "y": _COUNTS[1] + 0.01,
            "yanchor": "bottom",
            "traceorder": "normal",
        },
        xaxis={
            "tickvals": x,
            "ticktext": month_ticks(months),
            "range": [-0.6, len(months) - 0.4],
            "tickangle": 0,
        },
        yaxis={"domain": _COUNTS, "nticks": 5, "range": [0, _highest(kinds) * ROOM or 1], "tickformat": ","},
        yaxis2={
            "domain": _RATE,
            "range": [low, min(1.0, max(known, default=1.0) + 0.08)],
            "tickformat": ".0%",
            "nticks": 3,
            "showgrid": True,
        },
    )
    return figure


def _highest(kinds: Sequence[Series]) -> float:
    columns = zip(*(kind.values for kind in kinds), strict=True)
    return max((sum(value or 0 for value in column) for column in columns), default=0)


def _rate(figure: go.Figure, months: Sequence[str], rate: Series) -> None:
    figure.add_scatter(
        x=list(range(len(months))),
        y=list(rate.values),
        yaxis="y2",
        mode="lines+markers+text",
        name=rate.name,
        line={"color": rate.color, "width": 2},
        marker={"size": 5},
        text=[percent(value) if i == len(months) - 1 else "" for i, value in enumerate(rate.values)],
        textposition="top center",
        textfont={"size": SMALL, "color": rate.color},
        customdata=None,
        hovertext=[
            f"{month_label(month, year=True)}　{rate.name} {NA if value is None else percent(value)}"
            for month, value in zip(months, rate.values, strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
        showlegend=False,
    )

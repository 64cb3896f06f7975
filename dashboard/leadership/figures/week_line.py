"""Weeks as a line of shares from zero to all."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.formats import percent
from dashboard.leadership.look import Look
from data.queries.leadership.platform_care import Week


def draw_weeks(look: Look, weeks: Sequence[Week], height: int = 240) -> go.Figure:
    """One point a week, oldest left; the last one is written out."""
    figure = look.figure(height)
    last = len(weeks) - 1
    figure.add_scatter(
        x=[f"{week.ends_on:%m-%d}" for week in weeks],
        y=[week.share for week in weeks],
        mode="lines+markers+text",
        line={"color": look.superior, "width": 2},
        marker={"size": 7},
        text=[percent(week.share) if i == last else "" for i, week in enumerate(weeks)],
        textposition="top left",
        customdata=[[None, week.compliant, week.accounts] for week in weeks],
        hovertemplate="截至 %{x} 一周　%{y:.1%}（%{customdata[1]}/%{customdata[2]}）<extra></extra>",
        cliponaxis=False,
    )
    figure.update_layout(
        xaxis={"type": "category", "tickangle": 0, "nticks": 6},
        yaxis={"range": [0, 1.08], "tickvals": [0, 0.5, 1], "tickformat": ".0%", "showgrid": True},
    )
    return figure

"""Shares of one whole as bars from 0 to 100 %, each with the same share of another period as a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.formats import percent
from dashboard.leadership.look import Look


@dataclass(frozen=True)
class ShareBar:
    """A share 0-1 with its count; ``before`` that of the other period, None without one."""

    name: str
    share: float
    count: int
    before: float | None = None


def draw_shares(look: Look, bars: Sequence[ShareBar], before_name: str, height: int = 210) -> go.Figure:
    """The first on top; what the mark means stands in the legend."""
    figure = look.figure(height)
    names = [bar.name for bar in bars]
    figure.add_bar(
        y=names,
        x=[bar.share for bar in bars],
        orientation="h",
        marker={"color": look.blue[2]},
        hovertext=[f"{bar.name} {bar.count} 名，占 {percent(bar.share)}" for bar in bars],
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
    )
    if any(bar.before is not None for bar in bars):
        figure.add_scatter(
            y=names,
            x=[bar.before for bar in bars],
            mode="markers",
            name=before_name,
            marker={"symbol": "line-ns", "size": 20, "line": {"width": 3, "color": look.gold}},
            hovertemplate=f"%{{y}}　{before_name} %{{x:.1%}}<extra></extra>",
        )
    for bar in bars:
        figure.add_annotation(
            x=1.02,
            y=bar.name,
            text=f"<b>{percent(bar.share, 0)}</b>　{bar.count} 名",
            showarrow=False,
            xanchor="left",
        )
    figure.update_layout(
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        xaxis={"range": [0, 1.3], "tickvals": [0, 0.5, 1], "tickformat": ".0%", "showgrid": True},
        yaxis={"autorange": "reversed", "showgrid": False},
    )
    return figure

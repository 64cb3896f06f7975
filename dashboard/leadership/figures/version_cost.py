"""Versions of the read model: how long each took, how much of it changed."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.leadership.look import Look
from data.queries.leadership.operation import Published


def draw_versions(look: Look, versions: Sequence[Published], height: int = 260) -> go.Figure:
    """One point a version, oldest left; seconds on a logarithmic axis: a rebuild takes a thousand times an update."""
    shown = list(reversed(versions))
    figure = look.figure(height)
    figure.add_scatter(
        x=[str(one.number) for one in shown],
        y=[max(one.seconds, 0.001) for one in shown],
        mode="markers",
        marker={"size": 8, "color": look.superior},
        text=[f"第 {one.number} 版　{one.at:%m-%d %H:%M}　变动 {one.cells:,} 格" for one in shown],
        hovertemplate="%{text}　%{y:.2f} 秒<extra></extra>",
    )
    figure.update_layout(
        xaxis={"type": "category", "tickangle": 0, "nticks": 8, "showline": True},
        yaxis={"type": "log", "showgrid": True, "dtick": 1, "tickformat": ",~g", "ticksuffix": "秒"},
    )
    return figure

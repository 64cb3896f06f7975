"""Age bands as two bars from the middle: women to the left, men to the right, the youngest at the bottom."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.leadership.look import Look


def draw_pyramid(
    look: Look, bands: Sequence[str], women: Sequence[float], men: Sequence[float], height: int = 300
) -> go.Figure:
    """``bands`` from the youngest; each number stands at the end of its bar."""
    figure = look.figure(height)
    widest = max([*women, *men], default=0) or 1
    for name, values, sign, color in (("女", women, -1, look.gold), ("男", men, 1, look.blue[3])):
        figure.add_bar(
            y=list(bands),
            x=[sign * value for value in values],
            orientation="h",
            name=name,
            marker={"color": color},
            text=[f"{value:,.0f}" if value else "" for value in values],
            textposition="outside",
            customdata=[[None, value] for value in values],
            hovertemplate=f"%{{y}}　{name} %{{customdata[1]:,.0f}} 名<extra></extra>",
            cliponaxis=False,
        )
    figure.update_layout(
        barmode="overlay",
        bargap=0.2,
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        xaxis={"range": [-widest * 1.18, widest * 1.18], "visible": False},
        yaxis={"type": "category", "showgrid": False},
    )
    return figure

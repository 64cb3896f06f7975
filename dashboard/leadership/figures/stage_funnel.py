"""Cases that came to each stage of admission this year, as a funnel of bars about one axis."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import plotly.graph_objects as go

from dashboard.formats import integer, percent
from dashboard.leadership.look import Look

_HALF = 0.38


def draw_funnel(look: Look, stages: Sequence[tuple[str, int]], height: int = 250) -> go.Figure:
    """(stage, cases) top to bottom; between two stages stands how many of the one before the next are."""
    figure = look.figure(height)
    largest = max((n for _, n in stages), default=0) or 1
    for at, ((_, above), (_, below)) in enumerate(pairwise(stages)):
        figure.add_scatter(
            x=[-above / 2, above / 2, below / 2, -below / 2],
            y=[at + _HALF, at + _HALF, at + 1 - _HALF, at + 1 - _HALF],
            mode="none",
            fill="toself",
            fillcolor=look.blue[0],
            hoverinfo="skip",
        )
    figure.add_bar(
        y=list(range(len(stages))),
        x=[n for _, n in stages],
        base=[-n / 2 for _, n in stages],
        orientation="h",
        width=2 * _HALF,
        marker={"color": look.blue[3]},
        text=[integer(n) for _, n in stages],
        textposition="inside",
        insidetextanchor="middle",
        textfont={"color": look.card, "size": 15},
        customdata=[name for name, _ in stages],
        hovertemplate="%{customdata} %{text} 件<extra></extra>",
    )
    for at, ((_, above), (_, below)) in enumerate(pairwise(stages)):
        if above:
            figure.add_annotation(
                x=largest * 0.54,
                y=at + 0.5,
                text=f"{percent(below / above, 0)}",
                showarrow=False,
                xanchor="left",
                font={"color": look.ink3},
            )
    figure.update_layout(
        xaxis={"range": [-largest * 0.52, largest * 0.68], "showticklabels": False},
        yaxis={
            "tickvals": list(range(len(stages))),
            "ticktext": [name for name, _ in stages],
            "range": [len(stages) - 0.5, -0.5],
            "showgrid": False,
        },
    )
    return figure

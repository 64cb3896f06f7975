"""Steps that wait, by kind and by how long they have stood open: the longer, the darker."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.formats import integer
from dashboard.leadership.look import Look


def draw_ages(
    look: Look,
    ages: Sequence[str],
    rows: Sequence[tuple[str, Sequence[int], int]],
    height: int = 250,
) -> go.Figure:
    """(kind, count by age, of these past their limit), the first on top; the last age is drawn as an alarm."""
    figure = look.figure(height)
    names = [name for name, _, _ in rows]
    colors = [*look.blue[: len(ages) - 1], look.alarm]
    for at, (age, color) in enumerate(zip(ages, colors, strict=True)):
        figure.add_bar(
            y=names,
            x=[counts[at] for _, counts, _ in rows],
            name=age,
            orientation="h",
            marker={"color": color},
            hovertemplate=f"%{{y}}　等候{age} %{{x:,}} 件<extra></extra>",
        )
    most = max((sum(counts) for _, counts, _ in rows), default=0)
    for name, counts, late in rows:
        overdue = f"　<b>超期 {integer(late)}</b>" if late else ""
        figure.add_annotation(
            x=sum(counts),
            y=name,
            text=f"{integer(sum(counts))}{overdue}",
            showarrow=False,
            xanchor="left",
            xshift=6,
        )
    figure.update_layout(
        barmode="stack",
        showlegend=True,
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1.02,
            "yanchor": "bottom",
            "traceorder": "normal",
            "entrywidth": 66,
        },
        xaxis={"range": [0, (most or 1) * 1.25], "showticklabels": False},
        yaxis={"autorange": "reversed", "showgrid": False},
    )
    return figure

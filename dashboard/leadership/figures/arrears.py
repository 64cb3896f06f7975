"""Dues still owed by how long ago they fell due: three columns, the longest as an alarm."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.formats import integer
from dashboard.leadership.look import Look


def draw_arrears(look: Look, ages: Sequence[tuple[str, float]], height: int = 250) -> go.Figure:
    """(age, payments still owed), shortest first."""
    figure = look.figure(height)
    figure.add_bar(
        x=[name for name, _ in ages],
        y=[n for _, n in ages],
        width=0.5,
        marker={"color": [look.blue[2], look.gold, look.alarm][: len(ages)]},
        text=[integer(n) for _, n in ages],
        textposition="outside",
        textfont={"size": 16, "color": look.ink},
        cliponaxis=False,
        hovertemplate="%{x} %{y:,} 人次<extra></extra>",
    )
    highest = max((n for _, n in ages), default=0)
    figure.update_layout(yaxis={"range": [0, highest * 1.2 or 1], "showticklabels": False, "showgrid": False})
    return figure

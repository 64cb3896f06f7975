"""How many terms end in each month to come, branches and committees apart; those already past stand first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.leadership.look import Look


@dataclass(frozen=True)
class Ending:
    """Terms that end in one period; ``chosen`` is the one the list below is cut to."""

    label: str
    branches: int
    committees: int
    link: str
    chosen: bool = False


def draw_calendar(look: Look, endings: Sequence[Ending], height: int = 260) -> go.Figure:
    """Stacked columns; a column leads to its list."""
    figure = look.figure(height)
    x = list(range(len(endings)))
    kinds = (
        ("支部", [one.branches for one in endings], look.blue[1]),
        ("党委、党工委、党总支", [one.committees for one in endings], look.superior),
    )
    for name, counts, color in kinds:
        figure.add_bar(
            x=x,
            y=counts,
            name=name,
            marker={
                "color": color,
                "line": {"color": look.gold, "width": [3 if one.chosen else 0 for one in endings]},
            },
            customdata=[one.link for one in endings],
            hovertext=[f"{one.label}　{name} {count} 个" for one, count in zip(endings, counts, strict=True)],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    for i, one in enumerate(endings):
        total = one.branches + one.committees
        if total:
            figure.add_annotation(x=i, y=total, text=f"<b>{total}</b>", showarrow=False, yanchor="bottom")
    figure.update_layout(
        barmode="stack",
        showlegend=True,
        legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1.02, "yanchor": "bottom"},
        margin={"t": 30},
        xaxis={"tickvals": x, "ticktext": [one.label for one in endings]},
        yaxis={"rangemode": "tozero", "visible": False},
    )
    return figure

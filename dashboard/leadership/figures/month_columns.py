"""Months as columns from zero, stacked by kind, with a line of another period beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.leadership.look import Look

ROOM = 1.14


@dataclass(frozen=True)
class Series:
    """One kind over the months; None where nothing is known."""

    name: str
    values: Sequence[float | None]
    color: str


def month_ticks(months: Sequence[str]) -> list[str]:
    """11 … with the year under the first month and every January."""
    return [
        f"{int(month[5:])}月<br>{month[:4]}" if i == 0 or month.endswith("-01") else f"{int(month[5:])}月"
        for i, month in enumerate(months)
    ]


def draw_columns(
    look: Look,
    months: Sequence[str],
    stacks: Sequence[Series],
    *,
    line: Series | None = None,
    url: Callable[[str], str] | None = None,
    share: bool = False,
    unit: str = "",
    height: int = 240,
) -> go.Figure:
    """``url`` gives the address a column of a month opens; shares are 0-1 and written as percent."""
    figure = look.figure(height)
    written = "%{y:.1%}" if share else f"%{{y:,.4~g}}{unit}"
    links = [url(month) for month in months] if url else None
    for one in stacks:
        figure.add_bar(
            x=list(range(len(months))),
            y=list(one.values),
            name=one.name,
            marker={"color": one.color},
            customdata=links,
            text=list(months),
            textposition="none",
            hovertemplate=f"%{{text}}　{one.name} {written}<extra></extra>",
        )
    if line is not None:
        figure.add_scatter(
            x=list(range(len(months))),
            y=list(line.values),
            name=line.name,
            mode="lines+markers",
            line={"color": line.color, "width": 2, "dash": "dot"},
            marker={"size": 6},
            connectgaps=False,
            hovertemplate=f"{line.name} {written}<extra></extra>",
        )
    _lay_out(figure, months, [*stacks, *([line] if line else [])], _highest(stacks, line), share=share)
    return figure


def _highest(stacks: Sequence[Series], line: Series | None) -> float:
    columns = (
        sum(value or 0 for value in column) for column in zip(*(s.values for s in stacks), strict=True)
    )
    return max([*columns, *((value or 0) for value in (line.values if line else ()))], default=0)


def _lay_out(
    figure: go.Figure, months: Sequence[str], shown: Sequence[Series], highest: float, *, share: bool
) -> None:
    figure.update_layout(
        barmode="stack",
        showlegend=len(shown) > 1,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
        xaxis={
            "tickvals": list(range(len(months))),
            "ticktext": month_ticks(months),
            "range": [-0.6, len(months) - 0.4],
            "tickangle": 0,
        },
        yaxis={
            "range": [0, min(1, highest * ROOM) if share else highest * ROOM or 1],
            "showgrid": True,
            "nticks": 5,
            "tickformat": ".2~%" if share else ",",
        },
    )

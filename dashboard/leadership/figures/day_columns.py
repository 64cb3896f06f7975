"""Days of one month as columns from zero; weekends lighter, the chosen day in gold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import plotly.graph_objects as go

from dashboard.formats import integer
from dashboard.leadership.look import Look


def draw_days(
    look: Look,
    days: Sequence[date],
    counts: Mapping[date, float],
    url: Callable[[date], str],
    chosen: date | None = None,
    height: int = 260,
) -> go.Figure:
    """``url`` gives the address a day opens; the fullest day is written out."""
    figure = look.figure(height)
    values = [counts.get(day, 0) for day in days]
    highest = max(values, default=0)
    peak = values.index(highest) if highest else None
    figure.add_bar(
        x=[day.day for day in days],
        y=values,
        marker={"color": [_color(look, day, chosen) for day in days]},
        customdata=[url(day) for day in days],
        text=[integer(value) if i == peak else "" for i, value in enumerate(values)],
        hovertext=[
            f"{day.month}月{day.day}日　{value:,.0f} 次" for day, value in zip(days, values, strict=True)
        ],
        hoverinfo="text",
        textposition="outside",
        cliponaxis=False,
    )
    figure.update_layout(
        bargap=0.2,
        xaxis={
            "tickvals": [day.day for day in days],
            "ticktext": [f"{day.day}<br>{'一二三四五六日'[day.weekday()]}" for day in days],
            "range": [0.3, len(days) + 0.7],
            "tickangle": 0,
        },
        yaxis={"range": [0, highest * 1.14 or 1], "showgrid": True, "nticks": 5, "tickformat": ","},
    )
    return figure


def _color(look: Look, day: date, chosen: date | None) -> str:
    if day == chosen:
        return look.gold
    return look.blue[1] if day.isoweekday() > 5 else look.blue[3]

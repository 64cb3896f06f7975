"""Indicators as columns: how many branches each of them made red and yellow; a column leads to the indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.formats import integer
from dashboard.leadership.look import SMALL, Look

# A name breaks after so many characters, so that it stays below its column.
_LINE = 4


@dataclass(frozen=True)
class LitColumn:
    """One indicator with its red and yellow branches; ``chosen`` is the one the page is about."""

    name: str
    red: float
    yellow: float
    link: str
    chosen: bool = False


def draw_lit_columns(look: Look, columns: Sequence[LitColumn], height: int = 210) -> go.Figure:
    """In this order, red at the foot; the chosen one stands before a tinted ground."""
    figure, x = look.figure(height), list(range(len(columns)))
    for word, values, color, edge in (
        ("红灯", [one.red for one in columns], look.alarm, look.alarm),
        ("黄灯", [one.yellow for one in columns], look.warn_fill, look.warn),
    ):
        figure.add_bar(
            x=x,
            y=values,
            name=word,
            marker={"color": color, "line": {"color": edge, "width": 0}},
            customdata=[one.link for one in columns],
            text=[integer(value) if value else "" for value in values],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"size": SMALL, "color": "#FFFFFF" if word == "红灯" else look.ink},
            hovertext=[
                f"{one.name}　{word} <b>{integer(value)}</b> 个支部"
                for one, value in zip(columns, values, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    for at, one in enumerate(columns):
        if one.chosen:
            figure.add_shape(
                type="rect", x0=at - 0.5, x1=at + 0.5, y0=0, y1=1, yref="paper", layer="below",
                fillcolor="#FFF7E2", line={"width": 0},
            )  # fmt: skip
    figure.update_layout(
        barmode="stack",
        uniformtext={"mode": "hide", "minsize": SMALL - 1},
        showlegend=True,
        legend={
            "orientation": "h",
            "x": 1,
            "xanchor": "right",
            "y": 1,
            "yanchor": "bottom",
            "traceorder": "normal",
        },
        margin={"t": 24},
        xaxis={
            "tickvals": x,
            "ticktext": [_broken(one.name) for one in columns],
            "range": [-0.6, len(columns) - 0.4],
            "tickangle": 0,
            "tickfont": {"size": 12},
        },
        yaxis={"nticks": 4, "rangemode": "tozero", "tickformat": ",d"},
    )
    return figure


def _broken(name: str) -> str:
    return "<br>".join(name[at : at + _LINE] for at in range(0, len(name), _LINE))

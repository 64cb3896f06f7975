"""A score over the quarters: this organisation, its superior and the district."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.formats import decimal
from dashboard.leadership.look import SMALL, Look
from dashboard.leadership.scoring import quarter_words

HEIGHT = 280
_NAMES = 1.9


def draw_quarters(
    look: Look, ends: Sequence[str], lines: Sequence[tuple[str, str, Sequence[float | None]]]
) -> go.Figure:
    """Lines as (name, colour, values by quarter, oldest first); a quarter without a value breaks its line."""
    figure = look.figure(HEIGHT)
    for name, color, values in lines:
        own = color == look.own
        figure.add_scatter(
            x=list(range(len(ends))),
            y=list(values),
            mode="lines+markers",
            name=name,
            line={"color": color, "width": 3 if own else 2},
            marker={"size": 7 if own else 5},
            text=[quarter_words(end) for end in ends],
            hovertemplate=f"{name}　%{{text}}<br>%{{y:.2f}} 分<extra></extra>",
        )
    for (name, color, value), y in zip(*_labels(lines), strict=True):
        figure.add_annotation(
            x=len(ends) - 1,
            y=y,
            text=f"{name} <b>{decimal(value)}</b>",
            showarrow=False,
            xanchor="left",
            xshift=10,
            font={"size": SMALL, "color": color},
        )
    words = [
        quarter_words(end, year=False) + (f"<br>{end[:4]}" if i == 0 or end.endswith("-03") else "")
        for i, end in enumerate(ends)
    ]
    figure.update_layout(
        xaxis={
            "tickvals": list(range(len(ends))),
            "ticktext": words,
            "range": [-0.3, len(ends) - 1 + _NAMES],
        },
        yaxis={"nticks": 5},
    )
    return figure


def _labels(
    lines: Sequence[tuple[str, str, Sequence[float | None]]],
) -> tuple[list[tuple[str, str, float]], list[float]]:
    """Names at the last values, pushed apart where they would lie upon each other."""
    known = [v for _, _, values in lines for v in values if v is not None]
    gap = max((max(known) - min(known)) * 0.11, 1e-6) if known else 0.0
    ends = [(name, color, values[-1]) for name, color, values in lines if values and values[-1] is not None]
    found = sorted(((n, c, float(v)) for n, c, v in ends if v is not None), key=lambda one: one[2])
    heights: list[float] = []
    for _, _, value in found:
        heights.append(max(value, heights[-1] + gap) if heights else value)
    return found, heights

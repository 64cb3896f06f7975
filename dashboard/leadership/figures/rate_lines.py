"""Rates over months as lines with their names at the end; the axis shows where they differ, not zero."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import plotly.graph_objects as go

from dashboard.formats import percent
from dashboard.leadership.figures.month_columns import Series, month_ticks
from dashboard.leadership.look import Look

# Least height of the axis: a difference of less than this looks small.
_LEAST = 0.04
# From here on the axis needs a decimal.
_CLOSE = 0.9


def draw_lines(
    look: Look,
    months: Sequence[str],
    lines: Sequence[Series],
    *,
    url: Callable[[str], str],
    height: int = 250,
) -> go.Figure:
    """Shares 0-1; the first line is the organisation's own, with marks that open their month."""
    figure = look.figure(height)
    known = [value for line in lines for value in line.values if value is not None]
    low = min(known, default=0.0)
    low = max(0.0, min(low, 1 - _LEAST) - 0.01)
    top = 1 + (1 - low) * 0.04
    labels = _ends(lines, top - low)
    for at, line in enumerate(lines):
        figure.add_scatter(
            x=list(range(len(months))),
            y=list(line.values),
            name=line.name,
            mode="lines+markers" if at == 0 else "lines",
            line={"color": line.color, "width": 2.5 if at == 0 else 1.5},
            marker={"size": 7},
            cliponaxis=False,
            customdata=[url(month) for month in months] if at == 0 else None,
            text=list(months),
            hovertemplate=f"%{{text}}　{line.name} %{{y:.1%}}<extra></extra>",
        )
        if labels[at] is not None:
            figure.add_annotation(
                x=len(months) - 1,
                y=labels[at],
                text=f"{line.name} <b>{percent(line.values[-1])}</b>",
                showarrow=False,
                xanchor="left",
                xshift=10,
                font={"color": line.color},
            )
    figure.update_layout(
        xaxis={
            "tickvals": list(range(len(months))),
            "ticktext": _quarterly(months),
            "range": [-0.5, len(months) - 0.6],
            "tickangle": 0,
        },
        yaxis={"range": [low, top], "tickformat": ".1%" if low > _CLOSE else ".0%", "nticks": 5},
        margin={"r": 76 + 14 * max((len(line.name) for line in lines), default=0)},
    )
    return figure


def _ends(lines: Sequence[Series], span: float) -> list[float | None]:
    """Where the names stand: at the last value, moved apart where two would stand on each other."""
    ends = [line.values[-1] if line.values else None for line in lines]
    apart = span * 0.1
    order = sorted((at for at, end in enumerate(ends) if end is not None), key=lambda at: -(ends[at] or 0))
    placed: list[float | None] = [None] * len(lines)
    above = 2.0
    for at in order:
        above = min(ends[at] or 0.0, above - apart)
        placed[at] = above
    return placed


def _quarterly(months: Sequence[str]) -> list[str]:
    """The first month of every quarter in words: all of them would shrink each other."""
    ticks = month_ticks(months)
    return [
        tick if month[5:] in ("01", "04", "07", "10") else ""
        for tick, month in zip(ticks, months, strict=True)
    ]

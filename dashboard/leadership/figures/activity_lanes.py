"""Organisation life as lanes over months: how many of each kind were held in time, and what was entered afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.formats import integer, month_label
from dashboard.leadership.look import SMALL, Look

ROW_PX = 36


@dataclass(frozen=True)
class Lane:
    """Counts by month (None: no row or no feed), a link each; ``late`` marks entries that count for nothing."""

    name: str
    counts: Sequence[float | None]
    links: Sequence[str]
    late: bool = False


def draw_lanes(look: Look, months: Sequence[str], lanes: Sequence[Lane], open_month: str) -> go.Figure:
    """A filled mark with its number was held and counts, a hollow diamond was entered late, a dot is none."""
    figure = look.figure(ROW_PX * len(lanes) + 64)
    rows = len(lanes)
    for row, lane in enumerate(lanes):
        _marks(figure, look, months, lane, rows - 1 - row)
    if open_month in months:
        at = months.index(open_month)
        figure.add_shape(
            type="rect", x0=at - 0.5, x1=at + 0.5, y0=-0.6, y1=rows - 0.4, layer="below",
            fillcolor=look.ground, line={"width": 0},
        )  # fmt: skip
        figure.add_annotation(
            x=at, y=rows - 0.35, text="进行中", showarrow=False, yanchor="bottom", font={"color": look.ink3}
        )
    figure.update_layout(
        xaxis={
            "range": [-0.6, len(months) - 0.4],
            "tickvals": list(range(len(months))),
            "ticktext": [_month(month, first=i == 0) for i, month in enumerate(months)],
        },
        yaxis={
            "range": [-0.6, rows + 0.1],
            "tickvals": list(range(rows)),
            "ticktext": [lane.name for lane in reversed(lanes)],
            "tickfont": {"size": SMALL + 1, "color": look.ink2},
        },
    )
    return figure


def _marks(figure: go.Figure, look: Look, months: Sequence[str], lane: Lane, y: int) -> None:
    known = [(i, count) for i, count in enumerate(lane.counts) if count is not None]
    color = look.warn if lane.late else look.superior
    words = "补录（不计入）" if lane.late else "有效"
    figure.add_scatter(
        x=[i for i, _ in known],
        y=[y] * len(known),
        mode="markers+text",
        marker={
            "symbol": ["diamond-open" if lane.late and count else "circle" for _, count in known],
            "size": [(26 if lane.late else 24) if count else 5 for _, count in known],
            "color": [color if count else look.rule for _, count in known],
            "opacity": 1,
            "line": {"width": [1.5 if lane.late and count else 0 for _, count in known], "color": color},
        },
        text=[integer(count) if count else "" for _, count in known],
        textfont={"size": SMALL, "color": look.warn if lane.late else look.card},
        customdata=[lane.links[i] for i, _ in known],
        hovertext=[
            f"{month_label(months[i], year=True)}　{lane.name}{words} {integer(count)} 次"
            for i, count in known
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _month(month: str, *, first: bool) -> str:
    """11月; the first one and every January with the year."""
    return f"{month[:4]}<br>{month_label(month)}" if first or month.endswith("-01") else month_label(month)

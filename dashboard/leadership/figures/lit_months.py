"""Two years of a score beside those it is compared with; below, how many branches were red and yellow each month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.formats import integer, month_label
from dashboard.leadership.figures.score_history import EVERY, RIGHT_PX, ScoreLine, end_labels, score_range
from dashboard.leadership.look import SMALL, Look

_LINES, _COLUMNS = (0.42, 1.0), (0.0, 0.3)


@dataclass(frozen=True)
class LitMonth:
    """A month with its red and yellow branches, None without a row; ``link`` leads to it."""

    month: str
    red: float | None
    yellow: float | None
    link: str = ""


def draw_lit_months(
    look: Look, months: Sequence[LitMonth], lines: Sequence[ScoreLine], height: int = 330
) -> go.Figure:
    """Lines above, drawn in this order; columns from zero below."""
    figure, names = look.figure(height), [month_label(one.month, year=True) for one in months]
    x = list(range(len(months)))
    for line in lines:
        figure.add_scatter(
            x=x,
            y=list(line.values),
            mode="lines",
            line={"color": line.color, "width": line.width, "dash": line.dash},
            text=names,
            hovertemplate=f"%{{text}}　{line.name} <b>%{{y:.1f}}</b><extra></extra>",
        )
    _columns(figure, look, months, names)
    low, high = score_range(lines)
    end_labels(figure, lines, (low, high), height)
    shown = [i for i in x if (len(x) - 1 - i) % EVERY == 0]
    figure.update_layout(
        barmode="stack",
        margin={"r": RIGHT_PX},
        xaxis={
            "range": [-0.6, len(x) - 0.4],
            "tickvals": shown,
            "ticktext": [f"{months[i].month[2:4]}-{months[i].month[5:]}" for i in shown],
            "anchor": "y2",
        },
        yaxis={"range": [low, high], "domain": _LINES, "nticks": 5},
        yaxis2={"domain": _COLUMNS, "nticks": 3, "rangemode": "tozero", "showgrid": True},
    )
    return figure


def _columns(figure: go.Figure, look: Look, months: Sequence[LitMonth], names: Sequence[str]) -> None:
    last = months[-1] if months else None
    for place, (word, values, color, edge) in enumerate(
        (
            ("红灯支部", [one.red for one in months], look.alarm, look.alarm),
            ("黄灯支部", [one.yellow for one in months], look.warn_fill, look.warn),
        )
    ):
        figure.add_bar(
            x=list(range(len(months))),
            y=values,
            yaxis="y2",
            marker={"color": color},
            customdata=[one.link for one in months],
            text=list(names),
            textposition="none",
            hovertemplate=f"%{{text}}　{word} <b>%{{y:,.0f}}</b> 个<extra></extra>",
        )
        if last is not None and values[-1] is not None:
            figure.add_annotation(
                x=1,
                xref="paper",
                y=_COLUMNS[1] - 0.02 - place * 0.07,
                yref="paper",
                xanchor="left",
                yanchor="top",
                showarrow=False,
                text=f"{word} <b>{integer(values[-1])}</b>",
                font={"size": SMALL, "color": edge},
            )

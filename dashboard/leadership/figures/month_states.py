"""Months of one organisation as columns: a rate beside the mean of the district, or states stacked on each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.formats import integer, month_label, percent
from dashboard.leadership.look import Look
from dashboard.leadership.small_rates import FEW, SMALLEST


@dataclass(frozen=True)
class RateMonth:
    """Cases of a month, None without a feed; the mean of the district 0-1."""

    month: str
    numerator: float | None
    denominator: float | None
    average: float | None
    link: str = ""

    @property
    def rate(self) -> float | None:
        """Share 0-1; None without cases."""
        return self.numerator / self.denominator if self.numerator is not None and self.denominator else None


@dataclass(frozen=True)
class State:
    """One state of the stack: members per month; ``beside`` stands as a mark beside the stack, not in it."""

    name: str
    counts: Sequence[float | None]
    color: str
    links: Sequence[str]
    beside: bool = False


def draw_rates(look: Look, months: Sequence[RateMonth], average_name: str, height: int = 250) -> go.Figure:
    """Columns of the rate from 0; hollow where fewer than five cases stand behind it; the district as a line."""
    figure = look.figure(height)
    x = list(range(len(months)))
    few = [(one.denominator or 0) < SMALLEST for one in months]
    figure.add_bar(
        x=x,
        y=[one.rate for one in months],
        marker={
            "color": [look.card if small else look.blue[2] for small in few],
            "line": {"width": [1 if small else 0 for small in few], "color": look.blue[3]},
        },
        customdata=[one.link for one in months],
        hovertext=[_rate_words(one) for one in months],
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
    )
    figure.add_scatter(
        x=x,
        y=[one.average for one in months],
        mode="lines",
        line={"color": look.district, "width": 2},
        name=average_name,
        hovertemplate=f"{average_name} %{{y:.1%}}<extra></extra>",
    )
    figure.update_layout(**_months(look, [one.month for one in months]))
    figure.update_layout(yaxis={"range": [0, 1.02], "tickformat": ".0%", "nticks": 5}, showlegend=True)
    return figure


def draw_states(look: Look, months: Sequence[str], states: Sequence[State], height: int = 250) -> go.Figure:
    """Members by state, stacked from 0 in this order."""
    figure = look.figure(height)
    x = list(range(len(months)))
    for state in states:
        words = [
            f"{month_label(month, year=True)}　{state.name} {integer(count)} 名"
            for month, count in zip(months, state.counts, strict=True)
        ]
        shown = {"customdata": list(state.links), "hovertext": words, "name": state.name}
        if state.beside:
            marker = {
                "symbol": "diamond",
                "size": 9,
                "color": state.color,
                "line": {"width": 1, "color": look.card},
            }
            counts = [count or None for count in state.counts]
            figure.add_scatter(
                x=x,
                y=counts,
                mode="markers",
                marker=marker,
                hovertemplate="%{hovertext}<extra></extra>",
                **shown,
            )
        else:
            figure.add_bar(
                x=x,
                y=list(state.counts),
                marker={"color": state.color},
                hovertemplate="%{hovertext}<extra></extra>",
                **shown,
            )
    figure.update_layout(**_months(look, months), barmode="stack", showlegend=True)
    figure.update_layout(yaxis={"rangemode": "tozero", "nticks": 5})
    return figure


def _rate_words(one: RateMonth) -> str:
    if one.rate is None:
        return f"{month_label(one.month, year=True)}　无应到人次"
    few = f"，{FEW}" if (one.denominator or 0) < SMALLEST else ""
    return (
        f"{month_label(one.month, year=True)}　{percent(one.rate)}"
        f"（{integer(one.numerator)} / {integer(one.denominator)}{few}）"
    )


def _months(look: Look, months: Sequence[str]) -> dict[str, object]:
    return {
        "legend": {"orientation": "h", "x": 1, "xanchor": "right", "y": 1.0, "yanchor": "bottom"},
        "margin": {"t": 28},
        "xaxis": {
            "tickvals": list(range(len(months))),
            "ticktext": [month_label(month) for month in months],
            "range": [-0.6, len(months) - 0.4],
        },
    }

"""The nodes of a quarter on its calendar: a bar per period, filled by the states of branches, a mark per node day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import plotly.graph_objects as go

from dashboard.formats import percent
from dashboard.leadership.look import SMALL, Look
from data.clock import add_months, first_day, last_day
from data.queries.leadership.quarter_nodes import NodePeriod, State

ROW, HEAD, THICK = 38, 44, 0.62
# (name of a node, its periods with the share that is written into each bar)
Row = tuple[str, Sequence[tuple[NodePeriod, float | None]]]
# In the order of a bar, left to right.
WORDS: Mapping[State, str] = {
    "done": "已完成",
    "partly": "未满分",
    "pending": "待完成",
    "reminded": "已过节点未完成",
    "missed": "周期结束未完成",
}


def draw_nodes(
    look: Look,
    end: str,
    today: date,
    rows: Sequence[Row],
    url: Callable[[NodePeriod], str],
) -> go.Figure:
    """Rows top to bottom; the quarter ends with the month ``end``."""
    figure = look.figure(HEAD + ROW * len(rows))
    start = first_day(add_months(end, -2))
    for state, color in _colors(look).items():
        _segments(figure, state, color, start, rows, url)
    _month_lines(figure, look, end, start, len(rows))
    _node_days(figure, look, start, today, rows)
    figure.add_trace(_shares(look, start, rows))
    if start <= today <= last_day(end):
        _today(figure, look, (today - start).days + 0.5)
    figure.update_layout(
        barmode="overlay",
        xaxis={"range": [-0.5, (last_day(end) - start).days + 1.5], "side": "top", "tickmode": "array"}
        | _months(end, start),
        yaxis={
            "range": [len(rows) - 0.5, -0.5],
            "tickvals": list(range(len(rows))),
            "ticktext": [name for name, _ in rows],
            "showgrid": False,
        },
    )
    return figure


def _colors(look: Look) -> Mapping[State, str]:
    return {
        "done": look.blue[2],
        "partly": look.blue[1],
        "pending": look.rule_soft,
        "reminded": look.warn_fill,
        "missed": look.alarm,
    }


def _segments(
    figure: go.Figure,
    state: State,
    color: str,
    start: date,
    rows: Sequence[Row],
    url: Callable[[NodePeriod], str],
) -> None:
    """One trace per state: its share of each period's bar."""
    bases, widths, places, links, said = [], [], [], [], []
    for y, (name, periods) in enumerate(rows):
        for period, _ in periods:
            if not period.asked or not period.branches[state]:
                continue
            left, wide = (period.first - start).days + 0.3, (period.last - period.first).days + 0.4
            before = sum(period.branches[one] for one in WORDS if _is_before(one, state))
            bases.append(left + wide * before / period.asked)
            widths.append(wide * period.branches[state] / period.asked)
            places.append(y)
            links.append(url(period))
            share = percent(period.branches[state] / period.asked)
            said.append(f"{name}<br>{WORDS[state]} {period.branches[state]} / {period.asked} 个（{share}）")
    figure.add_bar(
        x=widths,
        base=bases,
        y=places,
        orientation="h",
        width=THICK,
        marker={"color": color},
        name=WORDS[state],
        customdata=links,
        text=said,
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
    )


def _is_before(one: State, other: State) -> bool:
    order = list(WORDS)
    return order.index(one) < order.index(other)


def _node_days(
    figure: go.Figure,
    look: Look,
    start: date,
    today: date,
    rows: Sequence[Row],
) -> None:
    """A diamond below the bar at each node day, hollow while it is to come."""
    for past in (True, False):
        marks = [
            ((day - start).days + 1, y + THICK / 2, f"{name}<br>节点 {day.month}月{day.day}日")
            for y, (name, periods) in enumerate(rows)
            for period, _ in periods
            for day in period.days
            if (day < today) == past
        ]
        figure.add_scatter(
            x=[x for x, _, _ in marks],
            y=[y for _, y, _ in marks],
            text=[text for _, _, text in marks],
            mode="markers",
            marker={
                "symbol": "diamond" if past else "diamond-open",
                "size": 9,
                "color": look.ink2,
            },
            hovertemplate="%{text}<extra></extra>",
            cliponaxis=False,
        )


def _shares(look: Look, start: date, rows: Sequence[Row]) -> go.Scatter:
    """The share at the beginning of each bar; one trace of words, as each annotation costs a millisecond."""
    words = [
        ((period.first - start).days + 0.8, y, percent(share), look.card if _is_red(period) else look.ink)
        for y, (_, periods) in enumerate(rows)
        for period, share in periods
        if period.asked and share is not None
    ]
    return go.Scatter(
        x=[x for x, _, _, _ in words],
        y=[y for _, y, _, _ in words],
        text=[text for _, _, text, _ in words],
        mode="text",
        textposition="middle right",
        textfont={"size": SMALL, "color": [color for _, _, _, color in words]},
        hoverinfo="skip",
    )


def _is_red(period: NodePeriod) -> bool:
    """Whether the bar is red from its beginning on."""
    return period.branches["missed"] == period.asked


def _months(end: str, start: date) -> dict[str, object]:
    months = [add_months(end, n) for n in (-2, -1, 0)]
    middles = [((first_day(m) - start).days + (last_day(m) - start).days + 1) / 2 for m in months]
    return {"tickvals": middles, "ticktext": [f"{int(m[5:])}月" for m in months]}


def _month_lines(figure: go.Figure, look: Look, end: str, start: date, rows: int) -> None:
    for month in (add_months(end, -1), end):
        x = (first_day(month) - start).days
        figure.add_shape(
            type="line", x0=x, x1=x, y0=-0.5, y1=rows - 0.5, line={"color": look.rule, "width": 1}
        )


def _today(figure: go.Figure, look: Look, x: float) -> None:
    line = {"color": look.own, "width": 2, "dash": "dot"}
    figure.add_shape(type="line", x0=x, x1=x, y0=0, y1=1, yref="paper", line=line)
    figure.add_annotation(
        x=x,
        y=1,
        yref="paper",
        yanchor="bottom",
        text="今天",
        showarrow=False,
        font={"size": SMALL, "color": look.own},
    )

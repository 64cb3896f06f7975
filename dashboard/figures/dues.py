"""The collection rate as a line; below it who had not paid in full by the cut-off, and who has since."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, markers, polyline, rectangles, text
from dashboard.figures.month_chart import MonthColumns, month_names, rate_axis, rule, tick_words
from dashboard.figures.time_axis import round_ticks
from dashboard.theme import Theme
from data.queries.dues import Dues, DuesStates

SLUG = "dues"
# Design pixels of the body: foot of the numbers, left edge of the months.
STRIP, LEFT = 158, 96
_COLUMN_SHARE = 0.6
# Of the room below the numbers the line takes so much, where columns stand below it.
_LINE_SHARE = 0.36


def draw(view: Dues, theme: Theme) -> go.Figure:
    """Visitors get the line alone, over the whole room."""
    figure = canvas(theme, SLUG)
    width, height = theme.size(SLUG)
    row = theme.caption * 1.3
    columns = MonthColumns(theme.px(LEFT), width, len(view.months))
    month_names(figure, theme, columns, view.months, height - row * 0.45)
    top, base = theme.px(STRIP) + theme.px(14), height - row - theme.px(8)
    limit = base if view.states is None else top + (base - top) * _LINE_SHARE
    _line(figure, view, theme, columns, (top, limit))
    if view.states is not None:
        _columns(figure, view.states, theme, columns, (limit + theme.px(34), base))
    return figure


def _line(
    figure: go.Figure, view: Dues, theme: Theme, columns: MonthColumns, span: tuple[float, float]
) -> None:
    known = [rate.value for rate in view.rates if rate.value is not None]
    if not known:
        return
    axis = rate_axis(known, *span)
    shown = axis.ticks if span[1] - span[0] > theme.caption * 5 else (axis.ticks[0], axis.ticks[-1])
    for tick in shown:
        rule(figure, theme, (columns.left, columns.right), axis.y(tick), tick_words(tick))
    xs = [columns.x(i) for i in range(len(view.rates))]
    ys = [None if rate.value is None else axis.y(rate.value) for rate in view.rates]
    polyline(figure, (list(xs), ys), color=theme.tokens.line, width=theme.px(5))
    if ys[-1] is not None:
        rim = {"color": theme.tokens.ground, "width": theme.px(3)}
        markers(figure, xs[-1:], [ys[-1]], size=theme.px(18), color=theme.tokens.gold, line=rim)


def _columns(
    figure: go.Figure,
    states: Sequence[DuesStates],
    theme: Theme,
    columns: MonthColumns,
    span: tuple[float, float],
) -> None:
    """Unpaid and short upwards from the base line, made up since then downwards: both start at 0."""
    up = max((_value(s.short.value) + _value(s.unpaid.value) for s in states), default=0)
    down = max((_value(s.makeup.value) for s in states), default=0)
    if not up + down:
        return
    scale = (span[1] - span[0]) / (up + down)
    middle, half = span[0] + up * scale, columns.step * _COLUMN_SHARE / 2
    _tick(figure, theme, columns, up, scale, middle)
    stacks: dict[str, list[tuple[float, float, float, float]]] = {"unpaid": [], "short": [], "makeup": []}
    for i, state in enumerate(states):
        x0, x1 = columns.x(i) - half, columns.x(i) + half
        unpaid, short, made = (_value(a.value) * scale for a in (state.unpaid, state.short, state.makeup))
        stacks["unpaid"].append((x0, middle - unpaid, x1, middle))
        stacks["short"].append((x0, middle - unpaid - short, x1, middle - unpaid))
        stacks["makeup"].append((x0, middle, x1, middle + made))
    tokens = theme.tokens
    for name, color in (("unpaid", tokens.blue[3]), ("short", tokens.gold), ("makeup", tokens.blue[1])):
        filled(figure, rectangles(stacks[name]), color)
    rule(figure, theme, (columns.left, columns.right), round(middle, 1), "")
    look: dict[str, Any] = {"size": theme.caption, "color": tokens.ink2, "xanchor": "left"}
    for words, y in (("未足额", middle - theme.caption * 0.7), ("补缴", middle + theme.caption * 0.7)):
        figure.add_annotation(text(0, y, words, **look))


def _tick(
    figure: go.Figure, theme: Theme, columns: MonthColumns, up: float, scale: float, middle: float
) -> None:
    """The highest round number with its line; only the line where the word of the half stands beside it."""
    for tick in round_ticks(up)[-1:]:
        y = round(middle - tick * scale, 1)
        is_apart = middle - y > theme.caption * 2
        rule(figure, theme, (columns.left, columns.right), y, f"{tick:,}" if is_apart else "")


def _value(amount: float | None) -> float:
    return amount or 0.0

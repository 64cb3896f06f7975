"""Login compliance of twelve weeks as a line, and how many of the pushed reports were opened as bars."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, markers, polyline, rectangles, text
from dashboard.figures.month_chart import MonthColumns, rate_axis, rule, tick_words
from dashboard.formats import day_label
from dashboard.theme import Theme
from data.queries.platform_operation import PlatformOperation

SLUG = "platform-operation"
# Design pixels of the body: foot of the numbers, left edge of the line, height of a report's row and of its bar.
STRIP, LEFT, RIGHT, REPORT_ROW, REPORT_BAR = 150, 92, 26, 62, 12

# A line so many captions high says in words what it is.
TALL = 10


def reports_top(view: PlatformOperation, theme: Theme) -> float:
    """Upper edge of the rows of reports."""
    return float(theme.size(SLUG)[1] - len(view.reports) * theme.px(REPORT_ROW))


def draw(view: PlatformOperation, theme: Theme) -> go.Figure:
    """The line between the numbers and the reports."""
    figure = canvas(theme, SLUG)
    _line(figure, view, theme)
    _reports(figure, view, theme)
    return figure


def _line(figure: go.Figure, view: PlatformOperation, theme: Theme) -> None:
    known = [share.value for _, share in view.weeks if share.value is not None]
    if not known:
        return
    row = theme.caption * 1.3
    columns = MonthColumns(theme.px(LEFT), theme.size(SLUG)[0] - theme.px(RIGHT), len(view.weeks))
    base = reports_top(view, theme) - theme.px(14) - row
    top = theme.px(STRIP) + theme.caption * 0.6
    if base - top > theme.caption * TALL:
        words = f"近 {len(view.weeks)} 周登录达标率"
        look: dict[str, Any] = {"size": theme.caption, "color": theme.tokens.ink3, "xanchor": "left"}
        figure.add_annotation(text(theme.px(6), top + theme.caption * 0.5, words, **look))
        top += theme.caption * 2
    axis = rate_axis(known, top, base)
    for tick in (axis.ticks[0], axis.ticks[-1]):
        rule(figure, theme, (columns.left, columns.right), axis.y(tick), tick_words(tick))
    xs: list[float | None] = [columns.x(i) for i in range(len(view.weeks))]
    ys = [None if share.value is None else axis.y(share.value) for _, share in view.weeks]
    polyline(figure, (xs, ys), color=theme.tokens.line, width=theme.px(5))
    if ys[-1] is not None:
        rim = {"color": theme.tokens.ground, "width": theme.px(3)}
        last = columns.x(len(view.weeks) - 1)
        markers(figure, [last], [ys[-1]], size=theme.px(18), color=theme.tokens.gold, line=rim)
    _days(figure, view, theme, columns, base + row * 0.6)


def _days(figure: go.Figure, view: PlatformOperation, theme: Theme, columns: MonthColumns, y: float) -> None:
    """The Sundays of the first, a middle and the last week."""
    last = len(view.weeks) - 1
    for i in dict.fromkeys((0, len(view.weeks) // 2, last)):
        color = theme.tokens.gold_high if i == last else theme.tokens.ink2
        words = day_label(view.weeks[i][0])
        figure.add_annotation(text(columns.x(i), y, words, size=theme.caption, color=color))


def _reports(figure: go.Figure, view: PlatformOperation, theme: Theme) -> None:
    """Opened of pushed, from nothing to all."""
    width, top = theme.size(SLUG)[0], reports_top(view, theme)
    spans = []
    for i in range(len(view.reports)):
        foot = top + (i + 1) * theme.px(REPORT_ROW) - theme.px(4)
        spans.append((foot - theme.px(REPORT_BAR), foot))
    if spans:
        filled(figure, rectangles((0, a, width, b) for a, b in spans), theme.tokens.rule_soft)
        shares = [report.opened_share.value or 0.0 for report in view.reports]
        boxes = [(0, a, width * share, b) for share, (a, b) in zip(shares, spans, strict=True)]
        filled(figure, rectangles(boxes), theme.tokens.blue[3])

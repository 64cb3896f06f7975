"""Service hours as columns by month with the share of members who served above them; open needs by kind as bars."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, markers, polyline, rectangles, text
from dashboard.figures.kind_columns import KindColumns
from dashboard.figures.month_chart import MonthColumns, month_names, rule
from dashboard.figures.time_axis import round_ticks
from dashboard.formats import percent, wan
from dashboard.theme import Theme
from data.queries.volunteering import ServiceMonth, Volunteering

SLUG = "volunteering"
# Design pixels of the body: numbers end, left edge of the columns, the line's band, names of the months.
STRIP, LEFT, LINE, MONTHS, GAP = 158, 112, 104, 36, 0
# The needs: their top, their head, a row; of a row's half the name and the number beside the bar; a line of the list.
NEEDS, HEAD, ROW, NAME, COUNT, LIST_ROW = 500, 64, 44, 152, 58, 47
GUTTER, LIST_APART = 48, 14
_COLUMN_SHARE = 0.62


def kind_columns(view: Volunteering, theme: Theme) -> KindColumns:
    """Open needs by kind, below their head."""
    return KindColumns(
        top=theme.px(NEEDS + HEAD),
        row=theme.px(ROW),
        width=theme.size(SLUG)[0],
        gutter=theme.px(GUTTER),
        name=theme.px(NAME),
        count=theme.px(COUNT),
        bar=2 * theme.px(11),
        kinds=len(view.kinds),
    )


def list_top(view: Volunteering, theme: Theme) -> float:
    """Upper edge of the newest needs."""
    return kind_columns(view, theme).below + theme.px(LIST_APART)


def draw(view: Volunteering, theme: Theme) -> go.Figure:
    """Columns and bars start at 0, the line too; the running month is hollow and has no point of the line."""
    figure = canvas(theme, SLUG)
    width, _ = theme.size(SLUG)
    months = (*view.months, view.running)
    columns = MonthColumns(theme.px(LEFT), width, len(months))
    base = theme.px(NEEDS - 24 - MONTHS)
    month_names(figure, theme, columns, [one.month for one in months], base + theme.px(MONTHS) / 2)
    top = theme.px(STRIP)
    _line(figure, view, theme, columns, (top + theme.caption * 1.2, top + theme.px(LINE) + theme.caption))
    _columns(figure, months, theme, columns, (top + theme.px(LINE + GAP) + theme.caption * 1.6, base))
    numbers = [n for _, n in view.kinds]
    kind_columns(view, theme).draw(figure, numbers, theme.tokens.blue[2])
    return figure


def _line(
    figure: go.Figure, view: Volunteering, theme: Theme, columns: MonthColumns, span: tuple[float, float]
) -> None:
    shares = [month.participation.value for month in view.months]
    known = [(n, i) for i, n in enumerate(shares) if n is not None]
    highest = max(known, default=(0.0, 0))[0]
    if not highest:
        return
    top, base = span
    ys = [None if n is None else round(base - n / highest * (base - top), 1) for n in shares]
    xs = [columns.x(i) for i in range(len(shares))]
    polyline(figure, (list(xs), ys), color=theme.tokens.gold, width=theme.px(5))
    tokens = theme.tokens
    look: dict[str, Any] = {"size": theme.caption, "color": tokens.gold_high}
    figure.add_annotation(text(0, top + (base - top) / 2, "参与率", **look, xanchor="left"))
    for i in {max(known)[1], len(shares) - 1}:
        y, n = ys[i], shares[i]
        if y is not None and n is not None:
            rim = {"color": tokens.ground, "width": theme.px(3)}
            markers(figure, [xs[i]], [y], size=theme.px(16), color=tokens.gold, line=rim)
            figure.add_annotation(text(xs[i], y - theme.caption * 0.85, percent(n), **look))


def _columns(
    figure: go.Figure,
    months: tuple[ServiceMonth, ...],
    theme: Theme,
    columns: MonthColumns,
    span: tuple[float, float],
) -> None:
    top, base = span
    highest = max((month.hours.value or 0.0 for month in months), default=0.0)
    if not highest:
        return
    scale = (base - top) / highest
    for tick in round_ticks(highest):
        rule(figure, theme, (columns.left, columns.right), round(base - tick * scale, 1), wan(tick, 0))
    rule(figure, theme, (columns.left, columns.right), base, "")
    half = columns.step * _COLUMN_SHARE / 2
    boxes = [
        (columns.x(i) - half, base - (month.hours.value or 0.0) * scale, columns.x(i) + half, base)
        for i, month in enumerate(months)
    ]
    blue = theme.tokens.blue
    filled(figure, rectangles(boxes[:-2]), blue[2])
    filled(figure, rectangles(boxes[-2:-1]), blue[3])
    if months[-1].hours.value:
        edge = theme.px(3)
        x0, y0, x1, y1 = boxes[-1]
        hollow = rectangles([(x0 + edge / 2, y0 + edge / 2, x1 - edge / 2, y1)])
        filled(figure, hollow, theme.tokens.ground2, color=theme.tokens.line, width=edge)

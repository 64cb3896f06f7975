"""Twelve columns of branches: those with a theme party day in blue, those without as a gold cap and a number."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, rectangles, text
from dashboard.figures.month_chart import MonthColumns, month_names, rule
from dashboard.figures.time_axis import round_ticks
from dashboard.formats import NO_DATA, integer
from dashboard.theme import Theme
from data.queries.theme_day import ThemeDay

SLUG = "theme-day"
# Design pixels of the body: foot of the numbers, left edge of the columns.
STRIP, LEFT = 150, 92
_COLUMN_SHARE = 0.66


def draw(view: ThemeDay, theme: Theme) -> go.Figure:
    """Columns start at 0 and reach up to all branches of their month."""
    figure = canvas(theme, SLUG)
    width, height = theme.size(SLUG)
    columns = MonthColumns(theme.px(LEFT), width, len(view.months))
    row = theme.caption * 1.3
    head, base = theme.px(STRIP) + row / 2, height - row
    top = head + row * 0.7
    month_names(figure, theme, columns, [month.month for month in view.months], height - row * 0.45)
    _columns(figure, view, theme, columns, (top, base))
    _missed(figure, view, theme, columns, head)
    return figure


def _columns(
    figure: go.Figure, view: ThemeDay, theme: Theme, columns: MonthColumns, span: tuple[float, float]
) -> None:
    top, base = span
    highest = max((month.eligible for month in view.months), default=0)
    scale = (base - top) / max(1, highest)
    for tick in round_ticks(highest):
        rule(figure, theme, (columns.left, columns.right), round(base - tick * scale, 1), f"{tick:,}")
    rule(figure, theme, (columns.left, columns.right), round(base, 1), "")
    half = columns.step * _COLUMN_SHARE / 2
    held, missed = [], []
    for i, month in enumerate(view.months):
        if month.held is None:
            continue
        x0, x1, whole = columns.x(i) - half, columns.x(i) + half, base - month.eligible * scale
        limit = base - month.held * scale
        if month.missed:
            # A cap of a few branches is still to be seen.
            limit = max(limit, whole + theme.px(5))
            missed.append((x0, whole, x1, limit))
        held.append((x0, limit, x1, base))
    blue = theme.tokens.blue
    for boxes, color in ((held[:-1], blue[2]), (held[-1:], blue[3]), (missed, theme.tokens.gold)):
        if boxes:
            filled(figure, rectangles(boxes), color)


def _missed(figure: go.Figure, view: ThemeDay, theme: Theme, columns: MonthColumns, y: float) -> None:
    gold, ink3 = theme.tokens.gold_high, theme.tokens.ink3
    figure.add_annotation(text(0, y, "未开展", size=theme.caption, color=gold, xanchor="left"))
    for i, month in enumerate(view.months):
        if month.missed is not None:
            figure.add_annotation(
                text(columns.x(i), y, integer(month.missed), size=theme.caption, color=gold)
            )
        elif i == len(view.months) - 1 or not i:
            figure.add_annotation(text(columns.x(i), y, NO_DATA, size=theme.caption, color=ink3))

"""Class hours per member from January on against the even pace of the target; courses as bars; the registered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, markers, polyline, rectangles, text
from dashboard.figures.meetings import apart
from dashboard.figures.month_chart import MonthColumns, rule
from dashboard.figures.ring import draw_ring
from dashboard.formats import decimal
from dashboard.theme import Theme
from data.queries.figures_of_month import Amount
from data.queries.study import TARGET_HOURS, Study

SLUG = "study"
# Design pixels of the body: numbers end, the line's left and right edges, its names, the lower half with its head.
STRIP, LEFT, END, MONTHS, LOWER, HEAD = 160, 56, 158, 44, 566, 72
# Names and numbers of the courses beside their bars, the widest row, the ring.
NAME, COUNT, ROW, RING = 158, 70, 56, 212
COURSES_SHARE = 0.6
# Months of the year, class hours from rule to rule.
_YEAR, _TICK = 12, 10


@dataclass(frozen=True)
class Where:
    """Panel pixels of the lower half: top of its rows, height of one, left and right edge of the bars."""

    top: float
    row: float
    bars: tuple[float, float]
    right: float


def where(view: Study, theme: Theme) -> Where:
    """Courses have the left part, the ring the right one."""
    width, height = theme.size(SLUG)
    top, right = theme.px(LOWER + HEAD), width * COURSES_SHARE
    row = min((height - top) / max(1, len(view.courses)), theme.px(ROW))
    return Where(top, row, (theme.px(NAME), right - theme.px(COUNT)), right)


def draw(view: Study, theme: Theme) -> go.Figure:
    """The line starts at 0 hours, bars at 0 lessons; nothing is drawn of what is not known."""
    figure = canvas(theme, SLUG)
    _hours(figure, view, theme)
    _courses(figure, view, theme)
    _ring(figure, view, theme)
    return figure


def _hours(figure: go.Figure, view: Study, theme: Theme) -> None:
    width, _ = theme.size(SLUG)
    columns = MonthColumns(theme.px(LEFT), width - theme.px(END), _YEAR)
    top, base = theme.px(STRIP + 20), theme.px(LOWER - MONTHS - 24)
    known = [a.value for a in (*view.this_year, *view.last_year) if a.value is not None]
    highest = max([TARGET_HOURS, *known]) * 1.04
    scale = (base - top) / highest
    for tick in range(_TICK, int(highest), _TICK):
        rule(figure, theme, (columns.left, columns.right), round(base - tick * scale, 1), str(tick))
    rule(figure, theme, (columns.left, columns.right), base, "0")
    tokens = theme.tokens
    ends: list[tuple[float, str, str]] = []
    for values, color, name, dash in (
        ([Amount.of(TARGET_HOURS * (i + 1) / _YEAR) for i in range(_YEAR)], tokens.gold, "目标", "dot"),
        (view.last_year, tokens.muted, str(view.year - 1), "solid"),
    ):
        ys = _line(figure, columns, values, base, scale, color=color, width=theme.px(4), dash=dash)
        if ys and values[-1].value is not None:
            ends.append((ys[-1], f"{name} {decimal(values[-1].value, 0 if dash == 'dot' else 1)}", color))
    _this_year(figure, view, theme, columns, (base, scale))
    _ends(figure, theme, columns, ends, (top, base))
    _months(figure, view, theme, columns, base + theme.px(MONTHS) / 2)


def _line(
    figure: go.Figure,
    columns: MonthColumns,
    values: Sequence[Amount],
    base: float,
    scale: float,
    **line: object,
) -> list[float]:
    """Pixels of the known values, which have no gap before the last."""
    ys = [round(base - a.value * scale, 1) for a in values if a.value is not None]
    if ys:
        polyline(figure, ([columns.x(i) for i in range(len(ys))], list(ys)), **line)
    return ys


def _this_year(
    figure: go.Figure, view: Study, theme: Theme, columns: MonthColumns, axis: tuple[float, float]
) -> None:
    """The running month is not over: its point is hollow and says its year."""
    ys = _line(figure, columns, view.this_year, *axis, color=theme.tokens.line, width=theme.px(7))
    if not ys:
        return
    x, rim = columns.x(len(ys) - 1), {"color": theme.tokens.gold, "width": theme.px(4)}
    markers(figure, [x], [ys[-1]], size=theme.px(20), color=theme.tokens.ground, line=rim)
    y = ys[-1] - theme.caption * 0.95
    look: dict[str, Any] = {"size": theme.caption, "color": theme.tokens.ink}
    figure.add_annotation(text(x, y, f"{view.year}", **look))


def _ends(
    figure: go.Figure,
    theme: Theme,
    columns: MonthColumns,
    ends: list[tuple[float, str, str]],
    room: tuple[float, float],
) -> None:
    """Names at the ends of the lines, never upon each other."""
    ends.sort()
    places = apart([y for y, _, _ in ends], theme.caption * 1.25, room)
    x = columns.right + theme.px(2)
    for y, (_, words, color) in zip(places, ends, strict=True):
        color = theme.tokens.ink2 if color == theme.tokens.muted else color
        figure.add_annotation(text(x, y, words, size=theme.caption, color=color, xanchor="left"))


def _months(figure: go.Figure, view: Study, theme: Theme, columns: MonthColumns, y: float) -> None:
    """Every other month, counted back from the running one."""
    last = len(view.this_year) - 1
    for i in range(_YEAR):
        if (last - i) % 2 == 0:
            color = theme.tokens.gold_high if i == last else theme.tokens.ink2
            figure.add_annotation(text(columns.x(i), y, f"{i + 1}月", size=theme.caption, color=color))


def _courses(figure: go.Figure, view: Study, theme: Theme) -> None:
    place = where(view, theme)
    largest = max((part.amount.value or 0.0 for part in view.courses), default=0.0)
    if not largest:
        return
    left, right = place.bars
    half = min(place.row * 0.26, theme.px(13))
    boxes = []
    for i, part in enumerate(view.courses):
        y = place.top + (i + 0.5) * place.row
        boxes.append((left, y - half, left + (right - left) * (part.amount.value or 0.0) / largest, y + half))
    filled(figure, rectangles(boxes), theme.tokens.blue[2])


def ring_box(theme: Theme) -> tuple[float, float, float]:
    """Left, top and diameter of the ring, panel pixels."""
    width, _ = theme.size(SLUG)
    side = theme.px(RING)
    left = width * COURSES_SHARE + theme.px(40) + (width * (1 - COURSES_SHARE) - theme.px(40) - side) / 2
    return left, theme.px(LOWER + HEAD + 8), side


def _ring(figure: go.Figure, view: Study, theme: Theme) -> None:
    if view.registered.value is None or not view.under_45.value:
        return
    slices = [
        (view.registered.value, theme.tokens.blue[3]),
        (max(0.0, view.under_45.value - view.registered.value), theme.tokens.rule_soft),
    ]
    draw_ring(figure, slices, ring_box(theme), hole=0.76)

"""The membership: its total as a line, monthly gain and loss as columns below, occupations as bars beside."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, markers, polyline, rectangles, text
from dashboard.formats import integer, month_label
from dashboard.theme import Theme
from data.queries.member_trend import MemberTrend

SLUG = "member-trend"
# Design pixels: the big number, month names, the gap between line and columns; names and numbers beside the bars.
NUMBER, MONTHS, GAP, NAME, COUNT = 96, 40, 44, 150, 118
TREND_SHARE = 0.5
TALLEST_ROW = 64
# The columns carry a net of a few dozen; the line takes more of the height.
LINE_SHARE = 0.46


@dataclass(frozen=True)
class Where:
    """Right edge of the trend and left edge of the bars; rooms of line and columns, panel pixels."""

    right: float
    line: tuple[float, float]
    columns: tuple[float, float]
    bars: tuple[float, float]
    row: float


def where(view: MemberTrend, theme: Theme) -> Where:
    """The trend has the left half, the occupations the right one."""
    width, height = theme.size(SLUG)
    right = width * TREND_SHARE
    top, bottom = theme.px(NUMBER), height - theme.px(MONTHS)
    split = top + (bottom - top - theme.px(GAP)) * LINE_SHARE
    left = right + theme.px(48)
    bars = (left + theme.px(NAME), width - theme.px(COUNT))
    row = min(height / max(1, len(view.occupations)), theme.px(TALLEST_ROW))
    return Where(right, (top, split), (split + theme.px(GAP), bottom), bars, row)


def draw(view: MemberTrend, theme: Theme) -> go.Figure:
    """A line with its newest point, columns from zero (losses downwards), bars from zero."""
    figure = canvas(theme, SLUG)
    place = where(view, theme)
    step = place.right / max(1, len(view.months))
    _line(figure, view, theme, place, step)
    _columns(figure, view, theme, place, step)
    _bars(figure, view, theme, place)
    figure.update_layout(annotations=[*_month_names(view, theme, step), *_first(view, theme, place)])
    return figure


def _first(view: MemberTrend, theme: Theme, place: Where) -> list[dict[str, object]]:
    """The oldest total over the beginning of the line, where the line climbs from there."""
    members = [month.members for month in view.months]
    known = [n for n in members if n is not None]
    if not known or members[0] is None or members[0] > sum(known) / len(known):
        return []
    y = place.line[1] - theme.caption * 1.5
    words = integer(members[0])
    return [text(theme.px(8), y, words, size=theme.caption, color=theme.tokens.ink3, xanchor="left")]


def _line(figure: go.Figure, view: MemberTrend, theme: Theme, place: Where, step: float) -> None:
    known = [month.members for month in view.months if month.members is not None]
    if not known:
        return
    low, high = min(known), max(known)
    top, bottom = place.line

    def y(members: float | None) -> float | None:
        if members is None:
            return None
        share = (members - low) / (high - low) if high > low else 0.5
        return round(bottom - share * (bottom - top - theme.px(10)), 1)

    xs = [round((i + 0.5) * step, 1) for i in range(len(view.months))]
    ys = [y(month.members) for month in view.months]
    polyline(figure, (list(xs), ys), color=theme.tokens.line, width=theme.px(5))
    if ys[-1] is not None:
        dot = {"color": theme.tokens.ground, "width": theme.px(3)}
        markers(figure, xs[-1:], [ys[-1]], size=theme.px(16), color=theme.tokens.gold, line=dot)


def _columns(figure: go.Figure, view: MemberTrend, theme: Theme, place: Where, step: float) -> None:
    """The open month's column is hollow: it is not over."""
    nets = [month.net for month in view.months]
    gain, loss = max((n or 0 for n in nets), default=0), -min((n or 0 for n in nets), default=0)
    if gain <= 0 and loss <= 0:
        return
    top, bottom = place.columns
    scale = (bottom - top) / (max(gain, 0) + max(loss, 0))
    zero = top + max(gain, 0) * scale
    half = step * 0.34
    for sign, color in ((1, theme.tokens.blue[3]), (-1, theme.tokens.fall)):
        boxes = [
            ((i + 0.5) * step - half, *_span(zero, n * scale), (i + 0.5) * step + half)
            for i, n in enumerate(nets[:-1])
            if n is not None and n * sign > 0
        ]
        if boxes:
            filled(figure, rectangles((x0, y0, x1, y1) for x0, y0, y1, x1 in boxes), color)
    last = nets[-1]
    if last:
        y0, y1 = _span(zero, last * scale)
        x = (len(nets) - 0.5) * step
        edge = theme.px(3)
        box = rectangles([(x - half + edge / 2, y0 + edge / 2, x + half - edge / 2, y1)])
        filled(figure, box, theme.tokens.ground2, color=theme.tokens.line, width=edge)
    polyline(figure, ([0, place.right], [zero, zero]), color=theme.tokens.rule, width=theme.px(2))


def _span(zero: float, height: float) -> tuple[float, float]:
    return (zero - height, zero) if height >= 0 else (zero, zero - height)


def _bars(figure: go.Figure, view: MemberTrend, theme: Theme, place: Where) -> None:
    largest = max((part.amount.value or 0 for part in view.occupations), default=0)
    if not largest:
        return
    left, right = place.bars
    half = place.row * 0.26
    boxes = []
    for i, part in enumerate(view.occupations):
        if part.amount.value:
            y = (i + 0.5) * place.row
            boxes.append((left, y - half, left + (right - left) * part.amount.value / largest, y + half))
    filled(figure, rectangles(boxes), theme.tokens.blue[2])


def _month_names(view: MemberTrend, theme: Theme, step: float) -> list[dict[str, object]]:
    """The year at January, the middle of the year, and the open month."""
    last = len(view.months) - 1
    y = theme.size(SLUG)[1] - theme.px(MONTHS) / 2
    names: list[dict[str, object]] = []
    for i, month in enumerate(view.months):
        number = int(month.month[5:])
        if i != last and (number not in (1, 7) or last - i < 4):
            continue
        words = f"<b>{month.month[:4]}</b>" if number == 1 and i != last else month_label(month.month)
        color = theme.tokens.gold_high if i == last else theme.tokens.ink2
        anchor = {"xanchor": "right"} if i == last else {}
        x = (i + 1) * step if i == last else (i + 0.5) * step
        names.append(text(x, y, words, size=theme.caption, color=color, **anchor))
    return names

"""The time axis: bars of meetings, a gold line of the theme-day rate, events above, the open month hollow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, markers, polyline, rectangles, text, text_width
from dashboard.figures.event_labels import place_events
from dashboard.theme import Theme
from data.queries.time_axis import TimeAxis

SLUG = "time-axis"
_BAR_SHARE = 0.64


@dataclass(frozen=True)
class Frame:
    """Where the parts of the axis lie, in panel pixels."""

    left: float
    right: float
    step: float
    event_y: tuple[float, float]
    rate: tuple[float, float]
    bars: tuple[float, float]
    months_y: float

    def x(self, index: int) -> float:
        """Middle of a month's column."""
        return self.left + (index + 0.5) * self.step


def frame(theme: Theme, months: int) -> Frame:
    """Rows from the bottom: month names, bars, rate line, two rows of event words."""
    width, height = theme.size(SLUG)
    row = theme.caption * 1.22
    left, right = theme.px(84), width - theme.px(204)
    base = height - row * 1.08
    first_row = row * 0.56
    rate_top = first_row + row * 2 + theme.px(2)
    bars_top = rate_top + (base - rate_top) * 0.42
    return Frame(
        left=left,
        right=right,
        step=(right - left) / max(months, 1),
        event_y=(first_row, first_row + row),
        rate=(rate_top, bars_top - theme.px(14)),
        bars=(bars_top, base),
        months_y=height - row * 0.5,
    )


def draw(view: TimeAxis, theme: Theme) -> go.Figure:
    """Bars start at 0; the rate has its own row above, because its changes are a few points of a hundred."""
    figure = canvas(theme, SLUG)
    where = frame(theme, len(view.months))
    figure.update_layout(annotations=_month_names(view, theme, where))
    _events(figure, view, theme, where)
    _bars(figure, view, theme, where)
    _rate(figure, view, theme, where)
    return figure


def _bars(figure: go.Figure, view: TimeAxis, theme: Theme, where: Frame) -> None:
    top, base = where.bars
    counts = [month.meetings or 0 for month in view.months]
    ticks = round_ticks(max(counts, default=0))
    scale = (base - top) / max(*counts, ticks[-1] if ticks else 1, 1)
    for tick in ticks:
        _rule(figure, theme, where, base - tick * scale, f"{tick:,}")
    half = where.step * _BAR_SHARE / 2
    boxes = [
        (where.x(i) - half, base - count * scale, where.x(i) + half, base) for i, count in enumerate(counts)
    ]
    filled(figure, rectangles(boxes[:-1]), theme.tokens.blue[2])
    edge = theme.px(3)
    x0, y0, x1, y1 = boxes[-1]
    hollow = rectangles([(x0 + edge / 2, min(y0, y1 - edge), x1 - edge / 2, y1 - edge / 2)])
    filled(figure, hollow, _veil(theme.tokens.blue[2]), width=edge, color=theme.tokens.line)


def _rate(figure: go.Figure, view: TimeAxis, theme: Theme, where: Frame) -> None:
    """Closed months only: the share of an unfinished month is not to be compared with theirs."""
    shares = [month.theme_day_share for month in view.months[:-1]]
    known = [share for share in shares if share is not None]
    if not known:
        return
    low, high, line = rate_range(known)
    top, bottom = where.rate
    ys = [None if s is None else bottom - (s - low) / (high - low) * (bottom - top) for s in shares]
    _rule(figure, theme, where, bottom - (line - low) / (high - low) * (bottom - top), f"{line * 100:.0f}%")
    xs = [round(where.x(i), 1) for i in range(len(ys))]
    rounded = [None if y is None else round(y, 1) for y in ys]
    polyline(figure, (list(xs), rounded), width=theme.px(5), color=theme.tokens.gold)
    if rounded[-1] is not None:
        dot = {"width": theme.px(3), "color": theme.tokens.ground}
        markers(figure, xs[-1:], [rounded[-1]], size=theme.px(16), color=theme.tokens.gold, line=dot)


def _events(figure: go.Figure, view: TimeAxis, theme: Theme, where: Frame) -> None:
    index = {month.month: i for i, month in enumerate(view.months)}
    wanted = [
        (where.x(index[event.month]), event.text, text_width(event.text, theme.caption))
        for event in theme.profile.events
        if event.month in index
    ]
    placed = place_events(wanted, right_edge=theme.size(SLUG)[0], gap=theme.px(18))
    stems: tuple[list[float | None], list[float | None]] = ([], [])
    for event in placed:
        y = where.event_y[event.level]
        middle = (event.left + event.right) / 2
        figure.add_annotation(text(middle, y, event.words, size=theme.caption, color=theme.tokens.gold_high))
        stems[0].extend((round(event.x, 1), round(event.x, 1), None))
        stems[1].extend((round(y + theme.caption * 0.62, 1), round(where.bars[1], 1), None))
    polyline(figure, stems, width=theme.px(2), color=theme.tokens.gold, dash="dot")


def _month_names(view: TimeAxis, theme: Theme, where: Frame) -> list[dict[str, object]]:
    """Quarter months, the year at January and the open month: twelve names a year would have to shrink."""
    last = len(view.months) - 1
    names = []
    for i, month in enumerate(view.months):
        year, number = month.month[:4], int(month.month[5:])
        if i != last and (number % 3 != 1 or last - i < 3):
            continue
        january = number == 1
        tokens = theme.tokens
        color = tokens.gold_high if i == last else tokens.ink if january else tokens.ink2
        words = f"<b>{year}</b>" if january and i != last else f"{number}月"
        names.append(text(where.x(i), where.months_y, words, size=theme.caption, color=color))
    return names


def _rule(figure: go.Figure, theme: Theme, where: Frame, y: float, words: str) -> None:
    """A soft line across with its value at the left."""
    polyline(
        figure,
        ([where.left, where.right], [round(y, 1), round(y, 1)]),
        width=theme.px(2),
        color=theme.tokens.rule_soft,
    )
    x = where.left - theme.px(12)
    figure.add_annotation(text(x, y, words, size=theme.caption, color=theme.tokens.ink3, xanchor="right"))


def round_ticks(highest: float) -> tuple[int, ...]:
    """Two round values below the highest bar, the upper one at 60-100 % of it; none for no data."""
    if highest < 2:
        return ()
    steps = [m * 10**e for e in range(0, 8) for m in (1, 2, 3, 4, 5)]
    step = max(s for s in steps if s * 2 <= highest)
    return (step, step * 2)


def rate_range(shares: Sequence[float]) -> tuple[float, float, float]:
    """(low, high, reference line): the span of the shares with air, and the 5 % step nearest its middle."""
    low, high = min(shares), max(shares)
    air = max((high - low) * 0.12, 0.005)
    line = round((low + high) / 2 * 20) / 20
    return min(low - air, line), max(high + air, line), line


def _veil(color: str) -> str:
    """The colour at a quarter of its strength."""
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},.25)"

"""Lost members as a waterfall from all cases to those taken in, and the rate of quarterly reports as a line."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, markers, polyline, rectangles, text
from dashboard.formats import percent
from dashboard.theme import Theme
from data.queries.floating_lost import FloatingLost

SLUG = "floating-lost"
# Design pixels: a tile, the head of a part, the words over and under the columns, the line's left and right words.
TILE, HEAD, WORDS, LEFT, RIGHT = 118, 62, 44, 84, 24
WATERFALL_SHARE = 0.56


@dataclass(frozen=True)
class Parts:
    """Tops of the two heads, and the rooms below them from top to bottom, panel pixels."""

    waterfall_head: float
    waterfall: tuple[float, float]
    line_head: float
    line: tuple[float, float]


def parts(theme: Theme) -> Parts:
    """Three tiles, the waterfall, the line."""
    height = theme.size(SLUG)[1]
    head, top = theme.px(HEAD), theme.px(3 * TILE)
    room = height - top - 2 * head
    middle = top + head + room * WATERFALL_SHARE
    return Parts(top, (top + head, middle), middle, (middle + head, height))


@dataclass(frozen=True)
class Step:
    """One column: what it is, its share of all cases, and where it hangs (shares); a fall hangs between two."""

    name: str
    share: float
    low: float
    high: float
    is_fall: bool = False


def steps(view: FloatingLost) -> tuple[Step, ...]:
    """From all cases to those taken in; none without cases."""
    found, taken = view.lost.found_share.value, view.lost.integrated_share.value
    if found is None or taken is None:
        return ()
    return (
        Step("立案", 1.0, 0.0, 1.0),
        Step("未找到", 1 - found, found, 1.0, is_fall=True),
        Step("已找到", found, 0.0, found),
        Step("未纳入", found - taken, taken, found, is_fall=True),
        Step("已纳入", taken, 0.0, taken),
    )


def columns(theme: Theme) -> list[tuple[float, float]]:
    """Left and right edges of the five columns."""
    step = theme.size(SLUG)[0] / 5
    return [(step * i + step * 0.12, step * (i + 1) - step * 0.12) for i in range(5)]


def column_y(theme: Theme, share: float) -> float:
    """Pixel of a share of all cases."""
    top, bottom = parts(theme).waterfall
    high, base = top + theme.px(WORDS), bottom - theme.px(WORDS)
    return base - share * (base - high)


def draw(view: FloatingLost, theme: Theme) -> go.Figure:
    """Standing columns blue, the last one gold, falls hatched out in the muted colour."""
    figure = canvas(theme, SLUG)
    edges = columns(theme)
    found = steps(view)
    looks = (
        ([0, 2], theme.tokens.blue[2]),
        ([4], theme.tokens.gold),
        ([1, 3], theme.tokens.muted),
    )
    for indexes, color in looks if found else ():
        boxes = [
            (edges[i][0], column_y(theme, found[i].high), edges[i][1], column_y(theme, found[i].low))
            for i in indexes
            if found[i].share > 0
        ]
        if boxes:
            filled(figure, rectangles(boxes), color)
    if found:
        _joints(figure, found, edges, theme)
    _line(figure, view, theme)
    return figure


def _joints(
    figure: go.Figure, found: tuple[Step, ...], edges: list[tuple[float, float]], theme: Theme
) -> None:
    """Soft lines from the end of one column to the beginning of the next."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for i, level in enumerate((1.0, found[2].high, found[2].high, found[4].high)):
        y = round(column_y(theme, level), 1)
        xs += [round(edges[i][1], 1), round(edges[i + 1][0], 1), None]
        ys += [y, y, None]
    polyline(figure, (xs[:-1], ys[:-1]), color=theme.tokens.ink3, width=theme.px(2), dash="dot")


def _line(figure: go.Figure, view: FloatingLost, theme: Theme) -> None:
    """The rate by quarter over the span of its values; the top and bottom of the span are named."""
    known = [amount.value for _, amount in view.quarters if amount.value is not None]
    if not known:
        return
    top, bottom = parts(theme).line
    bottom -= theme.px(WORDS)
    low, high = rate_span(known)
    left, right = theme.px(LEFT), theme.size(SLUG)[0] - theme.px(RIGHT)
    step = (right - left) / max(1, len(view.quarters) - 1)
    for share in (low, high):
        y = round(bottom - (share - low) / (high - low) * (bottom - top - theme.px(16)), 1)
        polyline(figure, ([left, right], [y, y]), color=theme.tokens.rule_soft, width=theme.px(2))
        words = percent(share, 0)
        figure.add_annotation(
            text(left - theme.px(12), y, words, size=theme.caption, color=theme.tokens.ink3, xanchor="right")
        )
    xs = [round(left + i * step, 1) for i in range(len(view.quarters))]
    ys = [
        None
        if amount.value is None
        else round(bottom - (amount.value - low) / (high - low) * (bottom - top - theme.px(16)), 1)
        for _, amount in view.quarters
    ]
    polyline(figure, (list(xs), ys), color=theme.tokens.line, width=theme.px(5))
    if ys[-1] is not None:
        dot = {"color": theme.tokens.ground, "width": theme.px(3)}
        markers(figure, xs[-1:], [ys[-1]], size=theme.px(16), color=theme.tokens.gold, line=dot)
    for i, (month, _) in enumerate(view.quarters):
        if i in (0, len(view.quarters) - 1) or month.endswith("-03"):
            words, anchor = f"{month[2:4]}年{int(month[5:]) // 3}季", "center"
            anchor = "left" if i == 0 else "right" if i == len(view.quarters) - 1 else anchor
            if 0 < i < 2 or len(view.quarters) - 3 <= i < len(view.quarters) - 1:
                continue
            y = bottom + theme.px(WORDS) / 2
            figure.add_annotation(
                text(xs[i], y, words, size=theme.caption, color=theme.tokens.ink3, xanchor=anchor)
            )


def rate_span(shares: list[float]) -> tuple[float, float]:
    """Five-percent steps around the shares, at least ten percent apart."""
    low = floor(round(min(shares) * 20, 6)) / 20
    high = ceil(round(max(shares) * 20, 6)) / 20
    low = max(0.0, min(low, high - 0.1))
    return low, max(high, low + 0.1)

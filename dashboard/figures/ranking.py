"""The ranking as dots on one axis: now a large dot, a month ago a small one, the district average dotted."""

from __future__ import annotations

import math
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, markers, polyline, text, text_width
from dashboard.theme import Theme
from data.queries.ranking import Ranking

SLUG = "ranking"
# Design pixels of the body: height of the header row, the track of the dots.
HEADER, TRACK_LEFT, TRACK_RIGHT = 44, 282, 408
# Rows are never taller than this, however few towns may be shown.
TALLEST_ROW = 140
TICK_STEPS = (1, 2, 5, 10, 20, 50)


@dataclass(frozen=True)
class Track:
    """The common axis: score range and the pixels it spans."""

    low: float
    high: float
    left: float
    right: float

    def x(self, score: float) -> float:
        """Pixel of a score."""
        share = (score - self.low) / (self.high - self.low)
        return round(self.left + share * (self.right - self.left), 1)


def row_px(theme: Theme, rows: int) -> float:
    """Height of a row, real pixels."""
    room = theme.size(SLUG)[1] - theme.px(HEADER)
    return min(room / max(1, rows), theme.px(TALLEST_ROW))


def track(view: Ranking, theme: Theme) -> tuple[Track, list[float]]:
    """The axis and its grid values: two to four round steps that hold every dot."""
    scores = [row.score for row in view.rows]
    scores += [row.score_before for row in view.rows if row.score_before is not None]
    if view.average.value is not None:
        scores.append(view.average.value)
    low, high = min(scores), max(scores)
    step = next((s for s in TICK_STEPS if (high - low) / s <= 3), TICK_STEPS[-1])
    first, last = math.floor(low / step) * step, math.ceil(high / step) * step
    last = max(last, first + step)
    ticks = [first + i * step for i in range(round((last - first) / step) + 1)]
    return Track(first, last, theme.px(TRACK_LEFT), theme.px(TRACK_RIGHT)), [float(t) for t in ticks]


def draw(view: Ranking, theme: Theme) -> go.Figure:
    """Grid, average and dots over the whole panel; nothing when no town is ranked."""
    figure = canvas(theme, SLUG)
    if not view.rows:
        return figure
    axis, ticks = track(view, theme)
    height = row_px(theme, len(view.rows))
    top = theme.px(HEADER)
    bottom = top + height * len(view.rows)
    for tick in ticks:
        polyline(figure, ([axis.x(tick)] * 2, [top, bottom]), color=theme.tokens.rule_soft, width=theme.px(2))
    _average(figure, view, theme, axis, (top, bottom))
    _dots(figure, view, theme, axis, [top + (i + 0.5) * height for i in range(len(view.rows))])
    figure.update_layout(annotations=_heads(view, theme, axis, ticks))
    return figure


def _average(figure: go.Figure, view: Ranking, theme: Theme, axis: Track, span: tuple[float, float]) -> None:
    if view.average.value is None:
        return
    x = axis.x(view.average.value)
    polyline(figure, ([x, x], list(span)), color=theme.tokens.gold, width=theme.px(3), dash="dot")


def _dots(figure: go.Figure, view: Ranking, theme: Theme, axis: Track, ys: list[float]) -> None:
    """Dots above the average are light, those below are deep: the same blue carries the quantity."""
    moves: tuple[list[float | None], list[float | None]] = ([], [])
    before = [
        (axis.x(r.score_before), y) for r, y in zip(view.rows, ys, strict=True) if r.score_before is not None
    ]
    for row, y in zip(view.rows, ys, strict=True):
        if row.score_before is not None:
            moves[0].extend([axis.x(row.score_before), axis.x(row.score), None])
            moves[1].extend([round(y, 1), round(y, 1), None])
    muted = theme.tokens.muted
    polyline(figure, (moves[0][:-1], moves[1][:-1]), color=muted, width=theme.px(4))
    markers(figure, [x for x, _ in before], [round(y, 1) for _, y in before], size=theme.px(10), color=muted)
    blue, average = theme.tokens.blue, view.average.value
    markers(
        figure,
        [axis.x(row.score) for row in view.rows],
        [round(y, 1) for y in ys],
        size=theme.px(20),
        color=[blue[4] if average is None or row.score >= average else blue[2] for row in view.rows],
        line={"color": "#DDEBFB", "width": theme.px(2)},
    )


def _heads(view: Ranking, theme: Theme, axis: Track, ticks: list[float]) -> list[dict[str, object]]:
    """The word of the average, and the ends of the axis where they keep clear of it."""
    y, size, word = theme.px(HEADER) / 2, theme.caption, theme.profile.words.average
    heads = []
    taken: list[tuple[float, float]] = []
    if view.average.value is not None:
        x, half = axis.x(view.average.value), text_width(word, size) / 2
        heads.append(text(x, y, word, size=size, color=theme.tokens.gold))
        taken.append((x - half, x + half))
    for tick in (ticks[0], ticks[-1]):
        x, half = axis.x(tick), text_width(f"{tick:g}", size) / 2 + theme.px(4)
        if all(x + half < left or x - half > right for left, right in taken):
            heads.append(text(x, y, f"{tick:g}", size=size, color=theme.tokens.ink3))
    return heads

"""Thirty days of posts, views, comments and likes: four areas from 0, today apart because it is not over."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, markers, polyline, text
from dashboard.formats import day_label
from dashboard.theme import Theme
from data.queries.posts import Posts, Series

SLUG = "posts"
# Design pixels: the days' names at the foot, left of the areas (name and number), right of them (today and mean).
FOOT, LEFT, RIGHT, GAP = 36, 366, 188, 22


@dataclass(frozen=True)
class Where:
    """Panel pixels: height of a row, left and right edge of the areas."""

    row: float
    left: float
    right: float


def where(view: Posts, theme: Theme) -> Where:
    """Rows of equal height over the foot."""
    width, height = theme.size(SLUG)
    rows = max(1, len(view.series))
    return Where((height - theme.px(FOOT)) / rows, theme.px(LEFT), width - theme.px(RIGHT))


def draw(view: Posts, theme: Theme) -> go.Figure:
    """Each area has its own scale from 0 to its highest day."""
    figure = canvas(theme, SLUG)
    place = where(view, theme)
    for i, series in enumerate(view.series):
        if series.today.value is not None:
            _area(figure, series, theme, place, i)
    if figure.data:
        y = theme.size(SLUG)[1] - theme.px(FOOT) / 2
        tokens = theme.tokens
        first, today = day_label(view.first), f"今日 {day_label(view.today)}"
        for x, words, color, anchor in (
            (place.left, first, tokens.ink3, "left"),
            (place.right, today, tokens.gold_high, "center"),
        ):
            figure.add_annotation(text(x, y, words, size=theme.caption, color=color, xanchor=anchor))
    return figure


def _area(figure: go.Figure, series: Series, theme: Theme, place: Where, i: int) -> None:
    base = (i + 1) * place.row - theme.px(6)
    tall = place.row - theme.px(GAP)
    highest = max(n for n in series.days if n is not None) or 1.0
    step = (place.right - place.left) / (len(series.days) - 1)
    points = [
        (round(place.left + k * step, 1), round(base - n / highest * tall, 1))
        for k, n in enumerate(series.days)
        if n is not None
    ]
    over, tokens = points[:-1], theme.tokens
    xs, ys = [x for x, _ in over], [y for _, y in over]
    filled(figure, ([*xs, xs[-1], xs[0]], [*ys, base, base]), tokens.blue[0])
    polyline(figure, (list(xs), list(ys)), color=tokens.line, width=theme.px(4))
    running: tuple[list[float | None], list[float | None]] = (
        [xs[-1], points[-1][0]],
        [ys[-1], points[-1][1]],
    )
    polyline(figure, running, color=tokens.line, width=theme.px(4), dash="dot")
    rim = {"color": tokens.gold, "width": theme.px(4)}
    markers(figure, [points[-1][0]], [points[-1][1]], size=theme.px(16), color=tokens.ground, line=rim)
    polyline(figure, ([place.left, place.right], [base, base]), color=tokens.rule, width=theme.px(2))

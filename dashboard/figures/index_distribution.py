"""The index in shapes: members by band of points as columns, and a column per town, both from 0."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, polyline, rectangles, text
from dashboard.formats import decimal, integer
from dashboard.theme import Theme
from dashboard.town_names import short_town
from data.queries.index_distribution import Band, IndexDistribution
from data.queries.members import SMALLEST_SHOWN

SLUG = "index-distribution"
# Design pixels: left edge of the bands (the lead number stands there), height of the upper half with its scale.
LEAD, UPPER = 240, 218
_GAP_SHARE = 0.08

# Left, top, right and foot of a column, panel pixels.
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Axis:
    """Columns from ``left`` with one ``step`` each, between two pixels."""

    left: float
    step: float
    top: float
    base: float


def draw(view: IndexDistribution, theme: Theme) -> go.Figure:
    """Withheld bands keep their place and say so; a half without data stays empty."""
    figure = canvas(theme, SLUG)
    if view.bands:
        _bands(figure, view, theme)
    if view.towns:
        _towns(figure, view, theme)
    return figure


def _bands(figure: go.Figure, view: IndexDistribution, theme: Theme) -> None:
    width, _ = theme.size(SLUG)
    row = theme.caption * 1.3
    left = theme.px(LEAD)
    axis = Axis(left, (width - left) / len(view.bands), row, theme.px(UPPER) - row)
    largest = max((band.count or 0 for band in view.bands), default=0) or 1
    tokens, middle = theme.tokens, view.middle
    boxes: dict[str, list[tuple[float, float, float, float]]] = {tokens.blue[2]: [], tokens.blue[3]: []}
    for i, band in enumerate(view.bands):
        x0, x1 = _edges(axis, i)
        high = (band.count or 0) / largest * (axis.base - axis.top)
        if band.count:
            high = max(high, theme.px(3))
            boxes[tokens.blue[3] if band is middle else tokens.blue[2]].append(
                (x0, axis.base - high, x1, axis.base)
            )
        color = tokens.ink if band.count else tokens.ink3
        words = text(
            (x0 + x1) / 2, axis.base - high - row * 0.5, _count(band), size=theme.caption, color=color
        )
        figure.add_annotation(words)
        if i:
            place = (axis.left + i * axis.step, axis.base + row * 0.55)
            figure.add_annotation(text(*place, _edge(band), size=theme.caption, color=tokens.ink3))
    for color, some in boxes.items():
        if some:
            filled(figure, rectangles(some), color)
    polyline(figure, ([left, width], [axis.base, axis.base]), color=tokens.rule, width=theme.px(2))


def _count(band: Band) -> str:
    if band.is_small:
        return f"<{SMALLEST_SHOWN}"
    return "略" if band.count is None else integer(band.count)


def _edge(band: Band) -> str:
    """The lower edge; the last one says what it is."""
    return f"{band.low}分" if band.high is None else str(band.low)


def _edges(axis: Axis, i: int) -> tuple[float, float]:
    x = axis.left + i * axis.step
    return x + axis.step * _GAP_SHARE, x + axis.step * (1 - _GAP_SHARE)


def _towns(figure: go.Figure, view: IndexDistribution, theme: Theme) -> None:
    """Towns above the average in the lighter blue."""
    width, height = theme.size(SLUG)
    row, count = theme.caption * 1.15, len(view.towns)
    step = min(width / count, theme.px(150))
    # A narrow column has its name in two letters, one above the other.
    upright = step < theme.caption * 3.1
    foot = row * (2 if upright else 1) + theme.px(4)
    axis = Axis(0, step, theme.px(UPPER + 16) + row * 2, height - foot)
    largest, mean = max(town.mean for town in view.towns) or 1.0, view.mean.value or 0.0
    above: list[Box] = []
    below: list[Box] = []
    for i, town in enumerate(view.towns):
        x0, x1 = _edges(axis, i)
        top = axis.base - town.mean / largest * (axis.base - axis.top)
        (above if town.mean >= mean else below).append((x0, top, x1, axis.base))
        x = (x0 + x1) / 2
        value = text(x, top - row * 0.5, decimal(town.mean), size=theme.caption, color=theme.tokens.ink)
        figure.add_annotation(value)
        name = short_town(town.name)
        for k, letters in enumerate(name[:2] if upright else [name[:3]]):
            y = axis.base + theme.px(2) + row * (k + 0.55)
            figure.add_annotation(text(x, y, letters, size=theme.caption, color=theme.tokens.ink2))
    for boxes, color in ((above, theme.tokens.blue[3]), (below, theme.tokens.blue[1])):
        if boxes:
            filled(figure, rectangles(boxes), color)

"""The index in shapes: members by band of points as columns, and a column or a dot per town."""

from __future__ import annotations

import math
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.canvas import Path, canvas, filled, markers, polyline, rectangles, text, text_width
from dashboard.formats import decimal, integer
from dashboard.theme import Theme
from data.queries.index_distribution import Band, IndexDistribution
from data.queries.small_cells import SMALLEST_SHOWN

SLUG = "index-distribution"
# Design pixels: left edge of the bands (the lead number stands there), height of the upper half with its scale.
LEAD, UPPER = 240, 218
_GAP_SHARE = 0.08
# Where the lowest town has more than this share of the highest, columns from 0 would all look the same.
ALIKE = 0.85

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


def _valued(view: IndexDistribution, step: float, theme: Theme) -> set[int]:
    """Columns that carry their value: all where it fits on a column, else as many as fit from the first to the last."""
    last = len(view.towns) - 1
    width = max(text_width(decimal(town.mean), theme.caption) for town in view.towns) + theme.px(10)
    every = math.ceil(width / step)
    shown = {i for i in range(0, last + 1, every) if i == 0 or last - i >= every}
    return shown | {last}


def _towns(figure: go.Figure, view: IndexDistribution, theme: Theme) -> None:
    """Columns from 0, or dots about the average where columns would all look the same."""
    width, height = theme.size(SLUG)
    row, count = theme.caption * 1.15, len(view.towns)
    step = min(width / count, theme.px(150))
    # A narrow column has its name in two letters, one above the other.
    upright = step < theme.caption * 3.1
    foot = row * (2 if upright else 1) + theme.px(4)
    axis = Axis(0, step, theme.px(UPPER + 16) + row * 2, height - foot)
    means = [town.mean for town in view.towns]
    alike = view.mean.value is not None and min(means) > ALIKE * max(means)
    tops = _dots(figure, view, theme, axis) if alike else _columns(figure, view, theme, axis)
    valued = _valued(view, step, theme)
    for i, town in enumerate(view.towns):
        if i in valued:
            _value(figure, theme, axis, i, tops[i], decimal(town.mean))
        x, name = axis.left + (i + 0.5) * step, theme.short_town(town.name)
        for k, letters in enumerate(name[:2] if upright else [name[:3]]):
            y = axis.base + theme.px(2) + row * (k + 0.55)
            figure.add_annotation(text(x, y, letters, size=theme.caption, color=theme.tokens.ink2))


def _value(figure: go.Figure, theme: Theme, axis: Axis, i: int, top: float, words: str) -> None:
    """A value above its column, inside the panel."""
    half = text_width(words, theme.caption) / 2
    x = min(max(axis.left + (i + 0.5) * axis.step, half), theme.size(SLUG)[0] - half)
    y = top - theme.caption * 0.6
    figure.add_annotation(text(x, y, words, size=theme.caption, color=theme.tokens.ink))


def _columns(figure: go.Figure, view: IndexDistribution, theme: Theme, axis: Axis) -> list[float]:
    """Towns above the average in the lighter blue; returns the upper edges."""
    largest, mean = max(town.mean for town in view.towns) or 1.0, view.mean.value or 0.0
    tops = [axis.base - town.mean / largest * (axis.base - axis.top) for town in view.towns]
    above: list[Box] = []
    below: list[Box] = []
    for i, town in enumerate(view.towns):
        x0, x1 = _edges(axis, i)
        (above if town.mean >= mean else below).append((x0, tops[i], x1, axis.base))
    for boxes, color in ((above, theme.tokens.blue[3]), (below, theme.tokens.blue[1])):
        if boxes:
            filled(figure, rectangles(boxes), color)
    return tops


def _dots(figure: go.Figure, view: IndexDistribution, theme: Theme, axis: Axis) -> list[float]:
    """A dot per town and its distance from the dotted average; returns the upper edges of the dots."""
    means, mean = [town.mean for town in view.towns], view.mean.value or 0.0
    low, high, size = min(*means, mean), max(*means, mean), theme.px(18)
    top, base = axis.top + size / 2, axis.base - size
    scale = (base - top) / (high - low or 1.0)
    xs = [round(axis.left + (i + 0.5) * axis.step, 1) for i in range(len(means))]
    ys = [round(top + (high - value) * scale, 1) for value in means]
    middle = round(top + (high - mean) * scale, 1)
    end = axis.left + axis.step * len(means)
    polyline(
        figure, ([axis.left, end], [middle, middle]), color=theme.tokens.gold, width=theme.px(3), dash="dot"
    )
    stems: Path = ([], [])
    for x, y in zip(xs, ys, strict=True):
        stems[0].extend((x, x, None))
        stems[1].extend((middle, y, None))
    polyline(figure, stems, color=theme.tokens.blue[2], width=theme.px(4))
    for color, is_above in ((theme.tokens.blue[4], True), (theme.tokens.blue[3], False)):
        chosen = [i for i, value in enumerate(means) if (value >= mean) is is_above]
        if chosen:
            markers(figure, [xs[i] for i in chosen], [ys[i] for i in chosen], size=size, color=color)
    return [y - size / 2 for y in ys]

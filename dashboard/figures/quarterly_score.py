"""Scores of the towns as columns from 0, and below each node of the quarter how much of it is done."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, polyline, rectangles
from dashboard.theme import Theme
from data.queries.quarterly_score import QuarterlyScore, QuarterNode

SLUG = "quarterly-score"
# Design pixels of the body: room of the district's number left of the columns, foot of the columns, node cells.
NUMBER, COLUMNS_FOOT, NODE_HEAD, NODE_GAP, NODE_BAR = 196, 118, 46, 22, 10
NODE_COLUMNS = 3
FULL = 100


@dataclass(frozen=True)
class Cell:
    """A node's place, panel pixels."""

    left: float
    top: float
    width: float
    height: float


def node_cells(theme: Theme, count: int) -> list[Cell]:
    """Three columns, filled row by row, below the columns of the towns."""
    width, height = theme.size(SLUG)
    top = theme.px(COLUMNS_FOOT) + theme.px(NODE_HEAD)
    rows = max(1, -(-count // NODE_COLUMNS))
    each = (width - theme.px(NODE_GAP) * (NODE_COLUMNS - 1)) / NODE_COLUMNS
    tall = (height - top) / rows
    return [
        Cell(i % NODE_COLUMNS * (each + theme.px(NODE_GAP)), top + i // NODE_COLUMNS * tall, each, tall)
        for i in range(count)
    ]


def done(node: QuarterNode, theme: Theme) -> float | None:
    """Share 0-1 of the quarter's points that is there; None where nobody is asked."""
    weight = theme.profile.rule(node.indicator).weight
    return None if node.points.value is None or not weight else min(1.0, node.points.value / weight)


def draw(view: QuarterlyScore, theme: Theme) -> go.Figure:
    """Nothing where the set is not enabled."""
    figure = canvas(theme, SLUG)
    _columns(figure, view, theme)
    _nodes(figure, view, theme)
    return figure


def _columns(figure: go.Figure, view: QuarterlyScore, theme: Theme) -> None:
    """One column per town, the best first, on the track of a hundred; the first and the last stand out."""
    if not view.units:
        return
    left, right = theme.px(NUMBER), theme.size(SLUG)[0]
    foot, top = theme.px(COLUMNS_FOOT) - theme.caption * 1.3, theme.px(8)
    step = (right - left) / len(view.units)
    half = step * 0.34
    spans = [(left + (i + 0.5) * step - half, left + (i + 0.5) * step + half) for i in range(len(view.units))]
    boxes = [
        (a, foot - unit.score / FULL * (foot - top), b, foot)
        for unit, (a, b) in zip(view.units, spans, strict=True)
    ]
    last = len(boxes) - 1
    filled(figure, rectangles(boxes[1:last] or boxes[:1]), theme.tokens.blue[2])
    filled(figure, rectangles([boxes[0]]), theme.tokens.blue[4])
    if last:
        filled(figure, rectangles([boxes[last]]), theme.tokens.gold)
    if view.whole.value is not None:
        y = round(foot - view.whole.value / FULL * (foot - top), 1)
        polyline(figure, ([left, right], [y, y]), color=theme.tokens.gold, width=theme.px(3), dash="dot")


def _nodes(figure: go.Figure, view: QuarterlyScore, theme: Theme) -> None:
    cells = node_cells(theme, len(view.nodes))
    if not cells:
        return
    bar, lift = theme.px(NODE_BAR), theme.px(6)
    spans = [
        (c.left, c.top + c.height - lift - bar, c.left + c.width, c.top + c.height - lift) for c in cells
    ]
    filled(figure, rectangles(spans), theme.tokens.rule_soft)
    shares = [done(node, theme) or 0.0 for node in view.nodes]
    boxes = [(a, b, a + (c - a) * share, d) for share, (a, b, c, d) in zip(shares, spans, strict=True)]
    filled(figure, rectangles(boxes), theme.tokens.blue[3])

"""The funnel of admission: as wide as the cases that came to a stage this year, each stage leading to the next."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, rectangles
from dashboard.theme import Theme
from data.queries.development_funnel import DevelopmentFunnel

SLUG = "development-funnel"
# Design pixels: the row of heads, the two lines at the foot, the names left and the numbers right of the funnel.
HEADS, FOOT, NAMES, NUMBERS = 44, 128, 190, 250
BAR_SHARE = 0.74


@dataclass(frozen=True)
class Shape:
    """Where the funnel stands, panel pixels; rows from ``top`` on."""

    left: float
    right: float
    top: float
    row: float

    @property
    def middle(self) -> float:
        """Its axis."""
        return (self.left + self.right) / 2

    def bar(self, index: int) -> tuple[float, float]:
        """Upper and lower edge of a stage."""
        above = self.top + index * self.row + self.row * (1 - BAR_SHARE) / 2
        return above, above + self.row * BAR_SHARE


def shape(view: DevelopmentFunnel, theme: Theme) -> Shape:
    """The funnel of this view; without limits it has the foot's room too."""
    width, height = theme.size(SLUG)
    top, foot = theme.px(HEADS), theme.px(FOOT) if view.limits else 0
    row = (height - top - foot) / max(1, len(view.stages))
    return Shape(theme.px(NAMES), width - theme.px(NUMBERS), top, row)


def draw(view: DevelopmentFunnel, theme: Theme) -> go.Figure:
    """Bars on one axis and what joins them; a stage without a number leaves a gap."""
    figure = canvas(theme, SLUG)
    where = shape(view, theme)
    largest = max((stage.reached.value or 0 for stage in view.stages), default=0)
    if not largest:
        return figure
    reach = (where.right - where.left) / 2
    halves = [None if s.reached.value is None else reach * s.reached.value / largest for s in view.stages]
    xs: list[float | None] = []
    ys: list[float | None] = []
    for i, (upper, lower) in enumerate(pairwise(halves)):
        if upper is None or lower is None:
            continue
        y0, y1 = where.bar(i)[1], where.bar(i + 1)[0]
        ends = (where.middle - upper, where.middle + upper, where.middle + lower, where.middle - lower)
        xs += [*(round(x, 1) for x in ends), None]
        ys += [round(y0, 1), round(y0, 1), round(y1, 1), round(y1, 1), None]
    if xs:
        filled(figure, (xs[:-1], ys[:-1]), theme.tokens.blue[0])
    boxes = [
        (where.middle - half, where.bar(i)[0], where.middle + half, where.bar(i)[1])
        for i, half in enumerate(halves)
        if half
    ]
    filled(figure, rectangles(boxes), theme.tokens.blue[2])
    return figure

"""The sparklines of the check-up: twelve months of the mean score of each indicator, in two columns of rows."""

from __future__ import annotations

import math
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas
from dashboard.figures.spark_lines import Spark, add_sparks
from dashboard.lit_rules import checked_rules
from dashboard.theme import Theme
from data.queries.check_up_matrix import CheckedIndicator, CheckUp

SLUG = "check-up-matrix"
COLUMNS = 2
HEADER, TALLEST, BETWEEN = 40, 120, 44
# Points a score moves within a year before its line takes the height of the row.
NOTABLE = 3.0
# The sparkline in its row, design pixels from the right edge of the column.
SPARK_RIGHT, SPARK_WIDTH = 218, 90


@dataclass(frozen=True)
class Cell:
    """A row of the matrix, panel pixels."""

    left: float
    top: float
    width: float
    height: float


def checked(view: CheckUp, theme: Theme) -> list[CheckedIndicator]:
    """The indicators of the district's light system, in the order of the view."""
    rules = checked_rules(theme.profile)
    return [item for item in view.indicators if item.indicator in rules]


def columns(theme: Theme) -> list[tuple[float, float]]:
    """Left edge and width of the columns."""
    width = (theme.size(SLUG)[0] - theme.px(BETWEEN) * (COLUMNS - 1)) / COLUMNS
    return [(i * (width + theme.px(BETWEEN)), width) for i in range(COLUMNS)]


def cells(theme: Theme, count: int) -> list[Cell]:
    """Rows down the first column, then down the second."""
    per_column = max(1, math.ceil(count / COLUMNS))
    head = theme.px(HEADER)
    height = min((theme.size(SLUG)[1] - head) / per_column, theme.px(TALLEST))
    edges = columns(theme)
    return [
        Cell(edges[i // per_column][0], head + i % per_column * height, edges[i // per_column][1], height)
        for i in range(count)
    ]


def draw(view: CheckUp, theme: Theme) -> go.Figure:
    """Each line in its own range: the shape of a year, not its level; what hardly moves lies flat."""
    figure = canvas(theme, SLUG)
    found = checked(view, theme)
    sparks = []
    for item, cell in zip(found, cells(theme, len(found)), strict=True):
        right = cell.left + cell.width - theme.px(SPARK_RIGHT)
        middle = cell.top + cell.height / 2
        half = cell.height * 0.27 * min(1.0, _spread(item.scores) / NOTABLE)
        sparks.append(Spark(item.scores, right - theme.px(SPARK_WIDTH), right, middle - half, middle + half))
    add_sparks(figure, sparks, theme, theme.tokens.line)
    return figure


def _spread(scores: tuple[float | None, ...]) -> float:
    """Points between the lowest and the highest score."""
    known = [value for value in scores if value is not None]
    return max(known) - min(known) if known else 0.0

"""Five rows of small pictures over 24 closed months: four lines, and columns of members moved in and out."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, rectangles
from dashboard.figures.spark_lines import Spark, add_sparks
from dashboard.theme import Theme
from data.queries.monthly_operation import MonthlyOperation

SLUG = "monthly-operation"
LINES = (
    "hs_b_dues_collection",
    "hs_b_attendance_rate",
    "study_hours_per_member",
    "volunteer_hours_per_member",
)
ROWS = len(LINES) + 1
# Where the pictures stand, design pixels of the body.
LEFT, RIGHT = 190, 374


def row_box(theme: Theme, index: int) -> tuple[float, float]:
    """Top and height of a row, panel pixels."""
    height = theme.size(SLUG)[1] / ROWS
    return index * height, height


def draw(view: MonthlyOperation, theme: Theme) -> go.Figure:
    """All lines in one trace, the columns in two filled ones: in above the middle, out below it."""
    figure = canvas(theme, SLUG)
    left, right = theme.px(LEFT), theme.px(RIGHT)
    sparks = []
    for index, measure in enumerate(LINES):
        top, height = row_box(theme, index)
        values = view.series[measure].values
        sparks.append(Spark(values, left, right, top + height * 0.24, top + height * 0.76))
    add_sparks(figure, sparks, theme, theme.tokens.line)
    _moves(figure, view, theme, (left, right))
    return figure


def _moves(figure: go.Figure, view: MonthlyOperation, theme: Theme, span: tuple[float, float]) -> None:
    moved_in, moved_out = view.series["moved_in"].values, view.series["moved_out"].values
    largest = max((value or 0 for value in (*moved_in, *moved_out)), default=0)
    if not largest:
        return
    top, height = row_box(theme, ROWS - 1)
    middle, reach, gap = top + height / 2, height * 0.4, theme.px(1)
    step = (span[1] - span[0]) / len(moved_in)
    for values, direction, color in (
        (moved_in, -1, theme.tokens.line),
        (moved_out, 1, theme.tokens.blue[2]),
    ):
        boxes = [
            (
                span[0] + i * step + gap,
                middle + direction * gap,
                span[0] + (i + 1) * step - gap,
                middle + direction * (gap + reach * value / largest),
            )
            for i, value in enumerate(values)
            if value
        ]
        if boxes:
            filled(figure, rectangles(boxes), color)

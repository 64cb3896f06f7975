"""Cadres: age and education of each kind as shares of a bar, and the reserve of every town as a column."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, polyline, rectangles
from dashboard.theme import Theme
from data.queries.cadres import Cadres

SLUG = "cadres"
# Design pixels: heads; names, age bar, mean age, education bar, its share; the room of the reserve at the right.
HEADS, NAME, AGE, MEAN, EDUCATION, COLLEGE = 48, 148, 132, 88, 96, 92
GAP = 16
RESERVE_TOP, RESERVE_COLUMNS = 128, 150
BAR_SHARE = 0.5
# Reserve cadres asked of every village and community (§9.1).
TARGET = 2.0


@dataclass(frozen=True)
class Table:
    """Left edges of the two bars and of the reserve, and the height of a row, panel pixels."""

    ages: float
    education: float
    reserve: float
    row: float


def table(view: Cadres, theme: Theme) -> Table:
    """One row per kind."""
    height = theme.size(SLUG)[1]
    ages = theme.px(NAME)
    education = ages + theme.px(AGE + MEAN + GAP)
    row = (height - theme.px(HEADS)) / max(1, len(view.kinds or ()))
    return Table(ages, education, education + theme.px(EDUCATION + COLLEGE + 3 * GAP), row)


def age_colors(theme: Theme) -> tuple[str, ...]:
    """The younger the brighter."""
    blue = theme.tokens.blue
    return (blue[4], blue[2], blue[1], blue[0])


def draw(view: Cadres, theme: Theme) -> go.Figure:
    """One trace per colour; columns from zero with the target as a dotted line."""
    figure = canvas(theme, SLUG)
    if not view.kinds:
        return figure
    where = table(view, theme)
    blue = theme.tokens.blue
    education = (blue[3], blue[1], blue[0], theme.tokens.rule)
    _shares(
        figure,
        [kind.ages for kind in view.kinds],
        (where.ages, theme.px(AGE)),
        age_colors(theme),
        where,
        theme,
    )
    _shares(
        figure,
        [kind.education for kind in view.kinds],
        (where.education, theme.px(EDUCATION)),
        education,
        where,
        theme,
    )
    _reserve(figure, view, theme, where)
    return figure


def _shares(
    figure: go.Figure,
    rows: list[tuple[int, ...]],
    span: tuple[float, float],
    colors: tuple[str, ...],
    where: Table,
    theme: Theme,
) -> None:
    for part, color in enumerate(colors):
        boxes = []
        for i, row in enumerate(rows):
            total = sum(row)
            if not total or not row[part]:
                continue
            y = theme.px(HEADS) + (i + 0.5) * where.row
            half = where.row * BAR_SHARE / 2
            start, end = (span[0] + span[1] * sum(row[:k]) / total for k in (part, part + 1))
            boxes.append((start, y - half, end, y + half))
        if boxes:
            filled(figure, rectangles(boxes), color)


def _reserve(figure: go.Figure, view: Cadres, theme: Theme, where: Table) -> None:
    ratios = [town.ratio.value or 0.0 for town in view.towns]
    if not ratios:
        return
    width = theme.size(SLUG)[0]
    top, base = theme.px(RESERVE_TOP), theme.px(RESERVE_TOP + RESERVE_COLUMNS)
    scale = (base - top) / max(*ratios, TARGET)
    step = (width - where.reserve) / len(ratios)
    for enough, color in ((True, theme.tokens.blue[3]), (False, theme.tokens.fall)):
        boxes = [
            (
                where.reserve + i * step + step * 0.14,
                base - ratio * scale,
                where.reserve + (i + 1) * step - step * 0.14,
                base,
            )
            for i, ratio in enumerate(ratios)
            if ratio and (ratio >= TARGET) == enough
        ]
        if boxes:
            filled(figure, rectangles(boxes), color)
    y = round(base - TARGET * scale, 1)
    polyline(figure, ([where.reserve, width], [y, y]), color=theme.tokens.gold, width=theme.px(3), dash="dot")

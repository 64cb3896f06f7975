"""Twelve months of lit branches as stacked columns; for visitors twelve months of rectified warnings."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, polyline, rectangles, text
from dashboard.figures.enlarged import enlargement
from dashboard.formats import integer, month_label
from dashboard.theme import Theme
from data.queries.warning_overview import LitBranches, RectifiedTrend

SLUG = "warning-overview"
# Left edge of the columns and room for the words of the last one, design pixels.
LEFT, LABELS = 340, 96
DESIGNED = (904, 452)
# The line of the reminded at the foot, where there is one.
FOOT = 62


# Values by month, None where there is no data, and their colour.
Stack = tuple[list[float | None], str]


def scale(theme: Theme) -> float:
    """How much larger than designed the panel stands."""
    return enlargement(theme, SLUG, DESIGNED)


def foot_px(view: LitBranches | RectifiedTrend, theme: Theme) -> int:
    """Height of the line of the reminded; 0 without one."""
    return theme.px(FOOT * min(1.4, scale(theme))) if view.reminded else 0


def draw(view: LitBranches | RectifiedTrend, theme: Theme) -> go.Figure:
    """Bars from 0; the last column carries its numbers."""
    tokens = theme.tokens
    if isinstance(view, LitBranches):
        months = [lit.month for lit in view.months]
        stacks: list[Stack] = [
            ([lit.red for lit in view.months], tokens.alarm),
            ([lit.yellow for lit in view.months], tokens.warn),
        ]
    else:
        months = [month for month, _ in view.months]
        stacks = [([n for _, n in view.months], tokens.line)]
    figure = canvas(theme, SLUG)
    _columns(figure, months, stacks, theme, foot_px(view, theme))
    return figure


def _columns(figure: go.Figure, months: list[str], stacks: list[Stack], theme: Theme, beneath: int) -> None:
    width, whole = theme.size(SLUG)
    height = whole - beneath
    left, right = theme.px(LEFT * scale(theme)), width - theme.px(LABELS)
    top, base = theme.data * 0.7, height - theme.caption * 1.5
    step = (right - left) / max(1, len(months))
    highest = max([1.0, *(sum(s[i] or 0.0 for s, _ in stacks) for i in range(len(months)))])
    under = [base] * len(months)
    words: list[dict[str, Any]] = []
    for values, color in stacks:
        boxes = []
        for i, value in enumerate(values):
            foot, under[i] = under[i], under[i] - (value or 0.0) * (base - top) / highest
            x = left + i * step
            boxes.append((x + step * 0.14, under[i], x + step * 0.86, foot))
        # Yellow of past months stands hollow: a wall of it would drown the red below.
        hollow = color == theme.tokens.warn
        edge = {"width": theme.px(2), "color": color}
        filled(figure, rectangles(boxes[:-1]), _pale(color) if hollow else color, **edge)
        filled(figure, rectangles(boxes[-1:]), color, **edge)
        if values and values[-1] is not None:
            middle = (boxes[-1][1] + boxes[-1][3]) / 2
            look: dict[str, Any] = {"size": theme.number, "color": color, "xanchor": "left"}
            words.append(text(right + theme.px(10), middle, integer(values[-1]), **look))
    polyline(figure, ([left, right], [base, base]), width=theme.px(2), color=theme.tokens.rule)
    figure.update_layout(annotations=[*_apart(words, theme), *_names(months, theme, left, step, base)])


def _pale(color: str) -> str:
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},.2)"


def _apart(words: list[dict[str, Any]], theme: Theme) -> list[dict[str, Any]]:
    """Numbers at the end of thin stacks, moved up so that none covers the one below."""
    for below, above in pairwise(words):
        above["y"] = min(above["y"], below["y"] - theme.number * 1.15)
    return words


def _names(months: list[str], theme: Theme, left: float, step: float, base: float) -> list[dict[str, Any]]:
    """Every third month and the last one."""
    last = len(months) - 1
    y = base + theme.caption * 0.85
    return [
        text(left + (i + 0.5) * step, y, month_label(month), size=theme.caption, color=theme.tokens.ink3)
        for i, month in enumerate(months)
        if (last - i) % 3 == 0
    ]

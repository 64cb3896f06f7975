"""Today in shapes: sign-ins by method as one bar, and the activities of two weeks as columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, polyline, rectangles, text
from dashboard.figures.enlarged import enlargement
from dashboard.formats import day_label, integer
from dashboard.theme import Theme
from data.queries.today import Today

SLUG = "today"
DESIGNED = (904, 452)
# Rows of the panel in design pixels: numbers end, bar of methods, names of its parts, columns begin.
NUMBERS, BAR, COLUMNS_TOP = 132, 24, 244
GAP = 4


@dataclass(frozen=True)
class Part:
    """One method of the bar: pixels from and to, and its colour."""

    method: str
    value: float
    x0: float
    x1: float
    color: str


def scale(theme: Theme) -> float:
    """How much larger than designed the panel stands."""
    return enlargement(theme, SLUG, DESIGNED)


def parts(view: Today, theme: Theme) -> list[Part]:
    """The bar of methods over the whole width; no bar without sign-ins."""
    total = view.signed_in.value
    if not total or any(amount.value is None for _, amount in view.signins):
        return []
    width = theme.size(SLUG)[0]
    colors = (theme.tokens.blue[4], theme.tokens.blue[3], theme.tokens.blue[2])
    found, x = [], 0.0
    for (method, amount), color in zip(view.signins, colors, strict=True):
        share = (amount.value or 0.0) / total
        found.append(Part(method, amount.value or 0.0, x, x + share * width, color))
        x += share * width
    return found


def draw(view: Today, theme: Theme) -> go.Figure:
    """Columns from 0; today is not over and stands hollow in gold."""
    figure = canvas(theme, SLUG)
    top, thick = (theme.px(n * scale(theme)) for n in (NUMBERS, BAR))
    for part in parts(view, theme):
        box = (part.x0, top, max(part.x0, part.x1 - theme.px(GAP)), top + thick)
        filled(figure, rectangles([box]), part.color)
    if any(day.held is not None for day in view.days):
        _days(figure, view, theme)
    return figure


def _days(figure: go.Figure, view: Today, theme: Theme) -> None:
    width, height = theme.size(SLUG)
    top, base = theme.px(COLUMNS_TOP * scale(theme)) + theme.number * 1.1, height - theme.caption * 1.5
    step = width / len(view.days)
    per_activity = (base - top) / max(1.0, *(day.held or 0.0 for day in view.days))
    boxes = [
        (i * step + step * 0.14, base - (day.held or 0.0) * per_activity, (i + 1) * step - step * 0.14, base)
        for i, day in enumerate(view.days)
    ]
    filled(figure, rectangles(boxes[:-1]), theme.tokens.blue[2])
    filled(figure, rectangles(boxes[-1:]), "rgba(231,183,90,.18)", width=theme.px(3), color=theme.tokens.gold)
    polyline(figure, ([0, width], [base, base]), width=theme.px(2), color=theme.tokens.rule)
    figure.update_layout(annotations=_words(view, theme, boxes, base))


def _words(
    view: Today, theme: Theme, boxes: list[tuple[float, float, float, float]], base: float
) -> list[dict[str, Any]]:
    """Every day by number where it has room, else the highest and today; the first, a week ago and today by name."""
    highest = max(range(len(boxes)), key=lambda i: view.days[i].held or 0.0)
    last = len(boxes) - 1
    roomy = theme.size(SLUG)[0] / len(boxes) > theme.number * 3.2
    words = []
    for i in range(len(boxes)) if roomy else sorted({highest, last}):
        color = theme.tokens.gold if i == last else theme.tokens.ink
        x, y = (boxes[i][0] + boxes[i][2]) / 2, boxes[i][1] - theme.number * 0.6
        words.append(text(x, y, integer(view.days[i].held), size=theme.number, color=color))
    for i, anchor in ((0, "left"), (7, "center"), (last, "right")):
        x = {"left": boxes[i][0], "right": boxes[i][2]}.get(anchor, (boxes[i][0] + boxes[i][2]) / 2)
        label = "今日" if i == last else day_label(view.days[i].on)
        look: dict[str, Any] = {"size": theme.caption, "color": theme.tokens.ink3, "xanchor": anchor}
        words.append(text(x, base + theme.caption * 0.85, label, **look))
    return words

"""Ninety days of organisation life stacked by kind, the unified days marked, today, and the plan hatched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.figures.canvas import Path, canvas, filled, markers, polyline, text, text_width
from dashboard.figures.time_axis import round_ticks
from dashboard.formats import day_label, month_label
from dashboard.theme import Theme
from data.clock import month_of
from data.queries.activity_axis import GROUPS, ActivityAxis

SLUG = "activity-axis"
# Design pixels: room for the ticks at the left and for the numbers at the right.
LEFT, NUMBERS = 76, 440


@dataclass(frozen=True)
class DayColumns:
    """Days from left to right over the counts, panel pixels; ``scale`` is pixels per activity."""

    left: float
    right: float
    step: float
    top: float
    base: float
    scale: float

    def x(self, index: int) -> int:
        """Left edge of a day."""
        return round(self.left + index * self.step)

    def y(self, count: float) -> int:
        """Height of a count."""
        return round(self.base - count * self.scale)


def group_colors(theme: Theme) -> dict[str, str]:
    """From the ground up: gold for the unified day, blues for what is due, muted for the rest."""
    blue, tokens = theme.tokens.blue, theme.tokens
    return dict(zip(GROUPS, (blue[2], tokens.gold, blue[4], blue[3], tokens.muted), strict=True))


def day_columns(view: ActivityAxis, theme: Theme) -> DayColumns:
    """Marks above, names of months below; the highest day fills the height."""
    width, height = theme.size(SLUG)
    left, right = theme.px(LEFT), width - theme.px(NUMBERS)
    top, base = theme.caption * 3.4, height - theme.caption * 1.4
    days = [*view.held, *view.planned]
    highest = max((day.total for day in days), default=0)
    return DayColumns(
        left, right, (right - left) / max(1, len(days)), top, base, (base - top) / max(1, highest)
    )


def draw(view: ActivityAxis, theme: Theme) -> go.Figure:
    """Steps, not slopes: between two days there is nothing. An empty canvas without data."""
    figure = canvas(theme, SLUG)
    if not view.held:
        return figure
    where = day_columns(view, theme)
    _ticks(figure, view, theme, where)
    below = [0] * len(view.held)
    for k, group in enumerate(GROUPS):
        above = [low + day.counts[k] for low, day in zip(below, view.held, strict=True)]
        if above != below:
            filled(figure, _band(where, below, above, 0), group_colors(theme)[group])
        below = above
    _plan(figure, view, theme, where)
    polyline(
        figure, ([where.left, where.right], [where.base] * 2), color=theme.tokens.rule, width=theme.px(2)
    )
    _names(figure, view, theme, where)
    _unified(figure, view, theme, where)
    return figure


def _band(where: DayColumns, below: list[int], above: list[int], first: int) -> Path:
    """One ring between two staircases."""
    edges = [(where.x(first + i), where.x(first + i + 1)) for i in range(len(above))]
    up = [(x, where.y(n)) for (x0, x1), n in zip(edges, above, strict=True) for x in (x0, x1)]
    down = [(x, where.y(n)) for (x0, x1), n in zip(edges, below, strict=True) for x in (x0, x1)]
    ring = [*up, *reversed(down), up[0]]
    return [x for x, _ in ring], [y for _, y in ring]


def _plan(figure: go.Figure, view: ActivityAxis, theme: Theme, where: DayColumns) -> None:
    totals = [day.total for day in view.planned]
    if not any(totals):
        return
    xs, ys = _band(where, [0] * len(totals), totals, len(view.held))
    line = theme.tokens.line
    figure.add_scatter(
        x=xs,
        y=ys,
        mode="lines",
        fill="toself",
        line={"color": line, "width": theme.px(2)},
        fillpattern={
            "shape": "/",
            "fgcolor": line,
            "bgcolor": "rgba(0,0,0,0)",
            "size": theme.px(12),
            "solidity": 0.25,
        },
        hoverinfo="skip",
    )


def _ticks(figure: go.Figure, view: ActivityAxis, theme: Theme, where: DayColumns) -> None:
    look: dict[str, Any] = {"size": theme.caption, "color": theme.tokens.ink3, "xanchor": "right"}
    for tick in round_ticks(max(day.total for day in (*view.held, *view.planned))):
        y = where.y(tick)
        polyline(figure, ([where.left, where.right], [y, y]), color=theme.tokens.rule_soft, width=theme.px(2))
        figure.add_annotation(text(where.left - theme.px(10), y, f"{tick:,}", **look))


def _names(figure: go.Figure, view: ActivityAxis, theme: Theme, where: DayColumns) -> None:
    """The first day of each month, and today with its line up to the marks."""
    y, today = where.base + theme.caption * 0.75, where.x(len(view.held))
    half = text_width("今日", theme.caption) * 0.8
    for i, day in enumerate((*view.held, *view.planned)):
        if day.day.day != 1:
            continue
        x = where.x(i)
        polyline(
            figure,
            ([x, x], [where.base, where.base + theme.px(8)]),
            color=theme.tokens.rule,
            width=theme.px(2),
        )
        if abs(x - today) > half * 2:
            name = month_label(month_of(day.day))
            figure.add_annotation(text(x, y, name, size=theme.caption, color=theme.tokens.ink2))
    tokens = theme.tokens
    polyline(figure, ([today, today], [where.top, where.base]), color=tokens.ink, width=theme.px(3))
    figure.add_annotation(text(today, y, "今日", size=theme.caption, color=tokens.ink))


def _unified(figure: go.Figure, view: ActivityAxis, theme: Theme, where: DayColumns) -> None:
    """A diamond over the day of each month that most branches chose, with its date and its number."""
    first = view.held[0].day
    days = [(where.x((day.day - first).days) + where.step / 2, day) for day in view.unified]
    ends = [0.0, 0.0]
    gold = theme.tokens.gold_high
    for x, day in days:
        words = f"{day_label(day.day)} {day.theme_days:,}场"
        half = text_width(words, theme.caption) / 2
        middle = min(max(x, where.left + half), where.right - half)
        row = 0 if middle - half >= ends[0] else 1
        ends[row] = middle + half + theme.px(16)
        y = theme.caption * (1.75 if row == 0 else 0.6)
        figure.add_annotation(text(middle, y, words, size=theme.caption, color=gold))
        top = where.y(day.total) - theme.px(12)
        polyline(
            figure,
            ([x, x], [theme.caption * 2.4, top]),
            color=theme.tokens.gold,
            width=theme.px(2),
            dash="dot",
        )
    rim = {"color": theme.tokens.ground, "width": theme.px(2)}
    markers(
        figure,
        [x for x, _ in days],
        [where.y(day.total) - theme.px(10) for _, day in days],
        size=theme.px(20),
        symbol="diamond",
        color=theme.tokens.gold,
        line=rim,
    )

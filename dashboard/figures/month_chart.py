"""The frame of a chart over months: columns of equal width, their names, and an axis of counts or of rates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.figures.canvas import polyline, text, text_width
from dashboard.formats import month_label
from dashboard.theme import Theme

# Steps of a rate axis: at most so many of them between its lowest value and all.
_RATE_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5)
_MAX_STEPS = 3


@dataclass(frozen=True)
class MonthColumns:
    """Months from left to right, panel pixels."""

    left: float
    right: float
    count: int

    @property
    def step(self) -> float:
        """Width of a month."""
        return (self.right - self.left) / max(1, self.count)

    def x(self, index: int) -> float:
        """Middle of a month."""
        return round(self.left + (index + 0.5) * self.step, 1)


@dataclass(frozen=True)
class RateAxis:
    """Shares from ``low`` to ``high`` between two pixels; it does not begin at 0 and says so by its ticks."""

    low: float
    high: float
    ticks: tuple[float, ...]
    top: float
    base: float

    def y(self, share: float) -> float:
        """Pixel of a share."""
        return round(self.base - (share - self.low) / (self.high - self.low) * (self.base - self.top), 1)


def rate_axis(shares: Sequence[float], top: float, base: float) -> RateAxis:
    """An axis from a round share below the lowest up to all, with two to four ticks; all is what is asked for."""
    lowest = min(shares, default=0.0)
    for step in _RATE_STEPS:
        steps = max(1, math.ceil((1 - lowest) / step - 1e-9))
        if steps <= _MAX_STEPS:
            break
    ticks = tuple(round(1 - k * step, 6) for k in reversed(range(steps + 1)))
    return RateAxis(ticks[0], 1.0, ticks, top, base)


def tick_words(share: float) -> str:
    """A tick of a rate axis: 98%."""
    return f"{round(share * 100, 2):g}%"


def rule(figure: go.Figure, theme: Theme, span: tuple[float, float], y: float, words: str) -> None:
    """A soft line across with its value left of it."""
    polyline(figure, (list(span), [y, y]), color=theme.tokens.rule_soft, width=theme.px(2))
    if words:
        look: dict[str, Any] = {"size": theme.caption, "color": theme.tokens.ink3, "xanchor": "right"}
        figure.add_annotation(text(span[0] - theme.px(10), y, words, **look))


def month_names(
    figure: go.Figure, theme: Theme, columns: MonthColumns, months: Sequence[str], y: float
) -> None:
    """Every month, or every third where they have no room; the year at January, the last one in gold."""
    every = 1 if columns.step >= text_width("12月", theme.caption) * 1.08 else 3
    last = len(months) - 1
    for i, month in enumerate(months):
        if (last - i) % every:
            continue
        january = month.endswith("-01")
        words = f"<b>{month[:4]}</b>" if january else month_label(month)
        tokens = theme.tokens
        color = tokens.gold_high if i == last else tokens.ink if january else tokens.ink2
        figure.add_annotation(text(columns.x(i), y, words, size=theme.caption, color=color))

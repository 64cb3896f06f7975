"""Twelve months of warnings raised and rectified (reception mode); the internal feed is words only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, polyline, rectangles, text
from dashboard.theme import Theme
from data.queries.warning_feed import OpenWarnings, Rectified

SLUG = "warning-feed"


@dataclass(frozen=True)
class TrendFrame:
    """Where the trend lies, in panel pixels."""

    left: float
    right: float
    top: float
    base: float
    months_y: float


def trend_frame(theme: Theme) -> TrendFrame:
    """The lower left part of the panel; the big number stands above it, the indicators to the right."""
    height = theme.size(SLUG)[1]
    names = theme.caption * 1.3
    return TrendFrame(
        left=0,
        right=theme.px(388),
        top=theme.px(176),
        base=height - names - theme.px(4),
        months_y=height - names / 2 - theme.px(2),
    )


def draw(view: OpenWarnings | Rectified, theme: Theme) -> go.Figure | None:
    """Outlined columns are warnings raised in the month, their filled part is what is rectified by now."""
    if isinstance(view, OpenWarnings):
        return None
    figure = canvas(theme, SLUG)
    where = trend_frame(theme)
    step = (where.right - where.left) / max(len(view.months), 1)
    scale = (where.base - where.top) / max(1, *(month.raised for month in view.months))
    raised, rectified = [], []
    for i, month in enumerate(view.months):
        x0 = where.left + i * step + step * 0.14
        x1 = where.left + (i + 1) * step - step * 0.14
        raised.append((x0, where.base - month.raised * scale, x1, where.base))
        rectified.append((x0, where.base - month.rectified * scale, x1, where.base))
    filled(figure, rectangles(raised), theme.tokens.blue[0], width=theme.px(2), color=theme.tokens.muted)
    filled(figure, rectangles(rectified), theme.tokens.line)
    polyline(
        figure,
        ([where.left, where.right], [where.base, where.base]),
        width=theme.px(2),
        color=theme.tokens.rule,
    )
    figure.update_layout(annotations=_month_names(view, theme, where, step))
    return figure


def _month_names(view: Rectified, theme: Theme, where: TrendFrame, step: float) -> list[dict[str, object]]:
    """Every fourth month and the last one, whose name ends with its column."""
    last = len(view.months) - 1
    look: dict[str, Any] = {"size": theme.caption, "color": theme.tokens.ink3}
    names = []
    for i, month in enumerate(view.months):
        words = f"{int(month.month[5:])}月"
        if i == last:
            names.append(text(where.right, where.months_y, words, xanchor="right", **look))
        elif (last - i) % 4 == 0:
            names.append(text(where.left + (i + 0.5) * step, where.months_y, words, **look))
    return names

"""The ranking of committees as bars from 0 to full marks: what branches and members attained, and what is lost."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, polyline, rectangles, text, text_width
from dashboard.theme import Theme
from data.queries.committee_ranking import CommitteeRanking
from data.queries.committee_scores import BRANCH_POINTS, MEMBER_POINTS

SLUG = "committee-ranking"
# Design pixels of the body: header row, foot with the risers and units, left edge of the bars, height of a bar.
HEADER, FOOT, BARS_LEFT, BAR = 52, 124, 1010, 34
TALLEST_ROW = 86
CHECK_UP_POINTS = 100


@dataclass(frozen=True)
class BarAxis:
    """Points from 0 to ``full`` between two panel pixels."""

    full: float
    left: float
    right: float

    def x(self, points: float) -> float:
        """Pixel of some points."""
        return round(self.left + points / self.full * (self.right - self.left), 1)


def row_px(theme: Theme, rows: int) -> float:
    """Height of a row, real pixels."""
    room = theme.size(SLUG)[1] - theme.px(HEADER) - theme.px(FOOT)
    return min(room / max(1, rows), theme.px(TALLEST_ROW) * 1.2)


def bar_axis(view: CommitteeRanking, theme: Theme) -> BarAxis:
    """800 points, or 100 of the check-up."""
    full = BRANCH_POINTS + MEMBER_POINTS if view.basis == "points" else CHECK_UP_POINTS
    return BarAxis(full, theme.px(BARS_LEFT), theme.size(SLUG)[0])


def draw(view: CommitteeRanking, theme: Theme) -> go.Figure:
    """One bar per row on the track of full marks, the district as a dotted line; nothing when nobody is ranked."""
    figure = canvas(theme, SLUG)
    if not view.towns:
        return figure
    axis, height, top = bar_axis(view, theme), row_px(theme, len(view.towns)), theme.px(HEADER)
    half = theme.px(BAR) / 2
    spans = [
        (top + (i + 0.5) * height - half, top + (i + 0.5) * height + half) for i in range(len(view.towns))
    ]
    tokens = theme.tokens
    both = view.basis == "points"
    filled(figure, rectangles((axis.left, a, axis.right, b) for a, b in spans), tokens.rule_soft)
    rows = list(zip(view.towns, spans, strict=True))
    filled(
        figure, rectangles((axis.left, a, axis.x(row.branch_mean), b) for row, (a, b) in rows), tokens.blue[2]
    )
    if both:
        members = [(axis.x(row.branch_mean), a, axis.x(row.total), b) for row, (a, b) in rows]
        filled(figure, rectangles(members), tokens.blue[4])
    if view.average.value is not None:
        x = axis.x(view.average.value)
        bottom = top + height * len(view.towns)
        polyline(figure, ([x, x], [top, bottom]), color=tokens.gold, width=theme.px(3), dash="dot")
    figure.update_layout(annotations=_heads(view, theme, axis))
    return figure


def _heads(view: CommitteeRanking, theme: Theme, axis: BarAxis) -> list[dict[str, object]]:
    """Full marks at the end of the axis, the word of the average where it keeps clear of it."""
    y, size, tokens = theme.px(HEADER) / 2, theme.caption, theme.tokens
    end = f"{axis.full:g}"
    heads = [
        text(axis.left, y, "0", size=size, color=tokens.ink3, xanchor="left"),
        text(axis.right, y, end, size=size, color=tokens.ink3, xanchor="right"),
    ]
    if view.average.value is not None:
        word = theme.profile.words.average
        half = text_width(word, size) / 2
        limit = axis.right - text_width(end, size) - theme.px(14) - half
        x = min(axis.x(view.average.value), limit)
        heads.append(text(x, y, word, size=size, color=tokens.gold))
    return heads

"""Where points get lost: groups as bars of attainable points, items as dots on one axis of their share attained."""

from __future__ import annotations

import math
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, markers, polyline, rectangles, text
from dashboard.score_items import Group, Item, groups_of, items_of
from dashboard.theme import Theme
from data.queries.score_breakdown import ScoreBreakdown

SLUG = "score-breakdown"
# Design pixels of the body: a group's row, head of the items, edges of the bars and of the dots' axis.
GROUP_ROW, HEAD, BAR = 54, 42, 26
NAMES, NUMBERS, RATES = 232, 250, 118
MOST_ITEMS, TALLEST_ROW, WEAKEST = 20, 72, 3
_STEPS = (0.02, 0.05, 0.1, 0.2, 0.25, 0.5)


@dataclass(frozen=True)
class Plan:
    """Where things stand, panel pixels; items are those shown."""

    groups: tuple[Group, ...]
    items: tuple[Item, ...]
    group_row: float
    top: float
    row: float

    def item_y(self, index: int) -> float:
        """Middle of an item's row."""
        return round(self.top + (index + 0.5) * self.row, 1)


def plan(view: ScoreBreakdown, theme: Theme) -> Plan:
    """Groups above, items below; rows share what is left."""
    groups, items = groups_of(view, theme.profile), items_of(view, theme.profile)[:MOST_ITEMS]
    top = theme.px(HEAD) + len(groups) * theme.px(GROUP_ROW) + theme.px(HEAD) if groups else theme.px(HEAD)
    room = theme.size(SLUG)[1] - top
    return Plan(
        groups, items, theme.px(GROUP_ROW), top, min(room / max(1, len(items)), theme.px(TALLEST_ROW))
    )


def weakest(items: tuple[Item, ...]) -> frozenset[str]:
    """The three items with the lowest share."""
    return frozenset(item.indicator for item in items[:WEAKEST] if item.rate is not None)


def draw(view: ScoreBreakdown, theme: Theme) -> go.Figure:
    """Nothing where nobody is scored."""
    figure = canvas(theme, SLUG)
    found = plan(view, theme)
    if found.groups:
        _groups(figure, found, theme)
    if any(item.rate is not None for item in found.items):
        _items(figure, found, theme)
    return figure


def _groups(figure: go.Figure, found: Plan, theme: Theme) -> None:
    """All groups on one scale of points: the longest bar is the group with most of them."""
    left, right = theme.px(NAMES), theme.size(SLUG)[0] - theme.px(NUMBERS)
    scale = (right - left) / max(group.attainable for group in found.groups)
    half = theme.px(BAR) / 2
    spans = [theme.px(HEAD) + (i + 0.5) * found.group_row for i in range(len(found.groups))]
    rows = list(zip(found.groups, spans, strict=True))
    lost = [
        (left + min(g.attained, g.attainable) * scale, y - half, left + g.attainable * scale, y + half)
        for g, y in rows
    ]
    filled(figure, rectangles(lost), theme.tokens.gold)
    kept = [(left, y - half, left + min(g.attained, g.attainable) * scale, y + half) for g, y in rows]
    filled(figure, rectangles(kept), theme.tokens.blue[3])


def _items(figure: go.Figure, found: Plan, theme: Theme) -> None:
    """The axis ends at full marks and begins at a round share below the lowest; its ticks say so."""
    rates = [r for item in found.items for r in (item.rate, item.before) if r is not None]
    left, right = theme.px(NAMES) + theme.px(24), theme.size(SLUG)[0] - theme.px(RATES) - theme.px(14)
    ticks = share_ticks(min(rates))

    def x(share: float) -> float:
        return round(left + (share - ticks[0]) / (1 - ticks[0]) * (right - left), 1)

    tokens = theme.tokens
    bottom = found.top + found.row * len(found.items)
    for tick in ticks:
        polyline(figure, ([x(tick)] * 2, [found.top, bottom]), color=tokens.rule_soft, width=theme.px(2))
        words = f"{round(tick * 100):g}%"
        figure.add_annotation(
            text(x(tick), found.top - theme.px(HEAD) / 2, words, size=theme.caption, color=tokens.ink3)
        )
    places = [(item, found.item_y(i)) for i, item in enumerate(found.items) if item.rate is not None]
    moves_x: list[float | None] = []
    moves_y: list[float | None] = []
    for item, y in places:
        if item.before is not None and item.rate is not None:
            moves_x += [x(item.before), x(item.rate), None]
            moves_y += [y, y, None]
    polyline(figure, (moves_x[:-1], moves_y[:-1]), color=tokens.muted, width=theme.px(4))
    before = [(x(item.before), y) for item, y in places if item.before is not None]
    markers(figure, [a for a, _ in before], [y for _, y in before], size=theme.px(10), color=tokens.muted)
    weak = weakest(found.items)
    markers(
        figure,
        [x(item.rate) for item, _ in places if item.rate is not None],
        [y for _, y in places],
        size=theme.px(20),
        color=[tokens.gold if item.indicator in weak else tokens.blue[3] for item, _ in places],
        line={"color": "#DDEBFB", "width": theme.px(2)},
    )


def share_ticks(lowest: float) -> list[float]:
    """Two to four shares from a round one at or below the lowest up to 1."""
    for step in _STEPS:
        steps = max(1, math.ceil((1 - lowest) / step - 1e-9))
        if steps <= 3:
            break
    return [round(1 - k * step, 6) for k in reversed(range(steps + 1))]

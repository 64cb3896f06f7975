"""Points in words: groups with their share and what is lost, items with their share of full marks."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.figures.score_breakdown import HEAD, Plan, plan, weakest
from dashboard.formats import NA, decimal, percent, signed
from dashboard.quarters import quarter_label
from dashboard.score_items import Group, Item, keeps_points
from dashboard.theme import Theme
from data.queries.score_breakdown import ScoreBreakdown
from layouts.measured import measured


def note(view: ScoreBreakdown, theme: Theme) -> str:
    """Whose mean it is, and of when."""
    return f"{theme.profile.words.whole}支部均值 · 截至{quarter_label(view.quarter)}"


def body(view: ScoreBreakdown, theme: Theme) -> list[Component]:
    """Groups, then items; a word when nobody is scored."""
    found = plan(view, theme)
    if not found.items:
        return [html.Div(f"{quarter_label(view.quarter)}尚无计分数据", className="breakdown-none")]
    parts: list[Component] = []
    if found.groups:
        full = sum(group.attainable for group in found.groups)
        unit = "分" if keeps_points(theme.profile) else "权重分"
        words = f"应得 {decimal(full)} {unit}" if full else ""
        parts.append(_head(words, ("得分率", "失分"), 0, theme))
        parts += [_group(group, i, found, theme) for i, group in enumerate(found.groups)]
    parts.append(_head("失分项", ("得分率",), found.top - theme.px(HEAD), theme))
    weak = weakest(found.items)
    parts += [_item(item, i, found, item.indicator in weak) for i, item in enumerate(found.items)]
    return parts


def _head(word: str, ends: tuple[str, ...], top: float, theme: Theme) -> Component:
    right = [html.Span(end, className="end") for end in ends]
    spans = [html.Span(word, className="word"), *right]
    return html.Div(spans, className="breakdown-head", style=_box(top, theme.px(HEAD)))


def _group(group: Group, index: int, found: Plan, theme: Theme) -> Component:
    top = theme.px(HEAD) + index * found.group_row
    return html.Div(
        [
            html.Span(group.name, className="name"),
            measured(percent(group.rate), "group_rate", group.rate, "n"),
            measured(signed(-group.lost, 1), "group_lost", group.lost, "lost"),
        ],
        className="breakdown-group",
        style=_box(top, found.group_row),
    )


def _item(item: Item, index: int, found: Plan, weak: bool) -> Component:
    shown = NA if item.rate is None else percent(item.rate)
    return html.Div(
        [
            html.Span(item.name, className="name"),
            measured(shown, f"{item.indicator}_rate", item.rate, "n"),
        ],
        className="breakdown-item weak" if weak else "breakdown-item",
        style=_box(found.top + index * found.row, found.row),
    )


def _box(top: float, height: float) -> dict[str, str]:
    return {"top": f"{top:.1f}px", "height": f"{height:.1f}px"}

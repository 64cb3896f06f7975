"""Cadres in words: mean age and education of each kind, the reserve per village and community, the lowest towns."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.figures.cadres import (
    AGE,
    COLLEGE,
    EDUCATION,
    HEADS,
    MEAN,
    RESERVE_COLUMNS,
    RESERVE_TOP,
    TARGET,
    table,
)
from dashboard.formats import NO_DATA, decimal, integer, percent
from dashboard.theme import Theme
from data.queries.cadres import Cadres, Kind
from layouts.amount import amount_shown
from layouts.measured import measured

KIND_NAMES = {
    "village_secretary": "村书记",
    "community_secretary": "社区书记",
    "two_new_secretary": "两新书记",
    "committee_member": "两委成员",
    "graduate_cadre": "大学生",
    "reserve": "后备干部",
}
LOWEST = 3


def note(view: Cadres, theme: Theme) -> list[Component]:
    """All cadres, and how many keep their record up to date."""
    if not view.kinds:
        return []
    total = measured(integer(view.total), "cadres", view.total, "v")
    updated = amount_shown(view.updated, percent, "ks_cadre_update_rate", "v")
    return [html.Span(["在岗 ", total, " 名"]), html.Span(["按季更新 ", updated])]


def body(view: Cadres, theme: Theme) -> list[Component]:
    """Heads, one row per kind, the reserve at the right."""
    if not view.kinds:
        return [html.Div(f"基层干部{NO_DATA}", className="cadre-none")]
    where = table(view, theme)
    columns = (
        ("≤35岁", "平均", where.ages, AGE + MEAN, "young"),
        ("大专以上", "", where.education, EDUCATION + COLLEGE, "college"),
    )
    heads = [
        html.Div(
            [html.Span(word, className=name), html.Span(number)],
            className="cadre-head",
            style={
                "left": f"{left:.0f}px",
                "width": f"{theme.px(width)}px",
                "height": f"{theme.px(HEADS)}px",
            },
        )
        for word, number, left, width, name in columns
    ]
    rows = [cell for i, kind in enumerate(view.kinds) for cell in _row(kind, i, view, theme)]
    return [*heads, *rows, *_reserve(view, theme)]


def _row(kind: Kind, index: int, view: Cadres, theme: Theme) -> list[Component]:
    where = table(view, theme)
    place = {"top": f"{theme.px(HEADS) + index * where.row:.1f}px", "height": f"{where.row:.1f}px"}
    mean = amount_shown(kind.mean_age, integer, f"age:{kind.kind}")
    college = amount_shown(kind.college, _whole_percent, f"college:{kind.kind}")
    cells = (
        (KIND_NAMES[kind.kind], 0.0, where.ages, "name"),
        ([mean, html.Span("岁", className="u")], where.ages + theme.px(AGE), theme.px(MEAN), "value"),
        (college, where.education + theme.px(EDUCATION), theme.px(COLLEGE), "value"),
    )
    return [
        html.Div(
            words,
            className=f"cadre-cell {name}",
            style={**place, "left": f"{left:.0f}px", "width": f"{width:.0f}px"},
        )
        for words, left, width, name in cells
    ]


def _whole_percent(share: float) -> str:
    return percent(share, 0)


def _reserve(view: Cadres, theme: Theme) -> list[Component]:
    left = {"left": f"{table(view, theme).reserve:.0f}px"}
    head = html.Div(
        "后备干部 名/村社", className="cadre-head", style={**left, "height": f"{theme.px(HEADS)}px"}
    )
    number = html.Div(
        [
            amount_shown(view.reserve, decimal, "ks_cadre_reserve_ratio"),
            html.Span(f"目标 {TARGET:g}", className="target"),
        ],
        className="cadre-reserve",
        style={**left, "top": f"{theme.px(HEADS)}px"},
    )
    lowest = [town for town in reversed(view.towns) if town.ratio.value is not None][:LOWEST]
    rows = [
        html.Div(
            [
                html.Span(theme.short_town(town.name)),
                measured(decimal(town.ratio.value), f"reserve:{town.name}", town.ratio.value),
            ],
            className="cadre-town" if (town.ratio.value or 0) >= TARGET else "cadre-town low",
        )
        for town in lowest
    ]
    foot = html.Div(
        [html.Div(f"{theme.profile.words.towns}由高到低，末{len(rows)}位", className="words"), *rows],
        className="cadre-lowest",
        style={**left, "top": f"{theme.px(RESERVE_TOP + RESERVE_COLUMNS)}px"},
    )
    return [head, number, *([foot] if rows else [])]

"""Finding → measure → resource → limit of the indicators that trouble the district most."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.formats import NA, day_label, integer
from dashboard.lit_rules import checked_rules
from dashboard.prescriptions import resources_for
from dashboard.theme import Theme
from data.indicators.rules import IndicatorRule
from data.queries.prescriptions import Ailment, Prescriptions
from layouts.light_count import light_count
from layouts.measured import measured

MAX_ROWS = 6


def note(view: Prescriptions, theme: Theme) -> str:
    """How many of how many are shown."""
    count = len(_chosen(view, theme))
    return f"{theme.profile.words.whole}前 {count} 项" if count else ""


def body(view: Prescriptions, theme: Theme) -> list[Component]:
    """The most red first; a word when the district is well."""
    chosen = _chosen(view, theme)
    if not chosen:
        return [html.Div("当前没有亮灯指标", className="prescription-none")]
    rules = checked_rules(theme.profile)
    rows = [_row(i + 1, item, rules[item.indicator], view) for i, item in enumerate(chosen)]
    return [html.Div(rows, className="prescription-rows")]


def _chosen(view: Prescriptions, theme: Theme) -> list[Ailment]:
    rules = checked_rules(theme.profile)
    return [item for item in view.ailments if item.indicator in rules][:MAX_ROWS]


def _row(place: int, item: Ailment, rule: IndicatorRule, view: Prescriptions) -> Component:
    head = [
        html.Span(str(place), className="place"),
        html.Span(rule.short, className="indicator"),
        light_count("red", item.red, f"{rule.id}_red"),
        light_count("yellow", item.yellow, f"{rule.id}_yellow"),
    ]
    return html.Div(
        [
            html.Div(head, className="line head"),
            _line("诊断", html.Span(rule.finding or NA, className="finding")),
            _line("处方", html.Span(rule.measure or NA, className="measure")),
            _line("资源", html.Span(_resources(rule.id, view), className="resource"), *_limit(item)),
        ],
        className="prescription-row",
    )


def _line(label: str, *parts: Component) -> Component:
    return html.Div([html.Span(label, className="label"), *parts], className="line")


def _resources(indicator: str, view: Prescriptions) -> str:
    """The kind of the library that helps and how many there are; 无数据 without a library."""
    if not view.resources:
        return "资料库无数据"
    kind, word = resources_for(indicator)
    return f"{word} {integer(view.resources.get(kind, 0))} 个"


def _limit(item: Ailment) -> list[Component]:
    """The next limit of its warnings; how many are past theirs stands in its place when none is to come."""
    if item.due_on is not None:
        return [html.Span(["限 ", html.Span(day_label(item.due_on), className="d")], className="limit")]
    if item.overdue:
        late = measured(integer(item.overdue), "overdue", item.overdue, "d")
        return [html.Span(["超期 ", late, " 件"], className="limit late")]
    return []

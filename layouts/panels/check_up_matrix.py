"""The check-up in words: one row per indicator with its value, mean score, and red and yellow branches."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.figures.check_up_matrix import HEADER, Cell, cells, checked, columns
from dashboard.formats import NA, month_label, score
from dashboard.indicator_values import is_counted, value_words, whole_words
from dashboard.lit_rules import checked_rules
from dashboard.theme import Theme
from data.indicators.rules import IndicatorRule
from data.queries.check_up_matrix import CheckedIndicator, CheckUp
from layouts.light_count import light_count


def note(view: CheckUp, theme: Theme) -> str:
    """Which check-up, of how many indicators, in which order."""
    count = len(checked(view, theme))
    if not count:
        return ""
    words = f"{month_label(view.months[-1])}体检 · {count} 项 · 红灯多者在前"
    rules = checked_rules(theme.profile).values()
    if any(rule.turns_branch_red for rule in rules) and not all(rule.turns_branch_red for rule in rules):
        words += " · * 项红灯则支部红灯，其他项红灯则支部黄灯"
    return words


def body(view: CheckUp, theme: Theme) -> list[Component]:
    """A head above each column that holds a row; a word when nothing was checked."""
    found = checked(view, theme)
    if not found:
        return [html.Div(f"{month_label(view.months[-1])}尚无体检结果", className="check-none")]
    places = cells(theme, len(found))
    starts = {cell.left for cell in places}
    heads = [_head(left, width, view, theme) for left, width in columns(theme) if left in starts]
    return [*heads, *(_row(item, cell, theme) for item, cell in zip(found, places, strict=True))]


def _head(left: float, width: float, view: CheckUp, theme: Theme) -> Component:
    words = [
        ("指标 · 指标值 · 均分", "name"),
        (f"{len(view.months)}个月", "spark"),
        ("红", "light"),
        ("黄", "light"),
    ]
    return html.Div(
        [html.Span(word, className=name) for word, name in words],
        className="check-row head",
        style=_box(Cell(left, 0, width, theme.px(HEADER))),
    )


def _row(item: CheckedIndicator, cell: Cell, theme: Theme) -> Component:
    rule = checked_rules(theme.profile)[item.indicator]
    mean = item.month.score
    value = _value(item)
    shown = NA if mean.value is None else score(mean.value)
    return html.Div(
        [
            html.Span(
                [
                    html.Div([rule.short, *_mark(rule)], className="indicator"),
                    html.Div(
                        [
                            *([html.Span(value)] if value else []),
                            html.Span(["均分 ", html.Span(shown, className="d")]),
                        ],
                        className="values",
                    ),
                ],
                className="name",
            ),
            html.Span(className="spark"),
            light_count("red", item.month.red, f"{item.indicator}_red"),
            light_count("yellow", item.month.yellow, f"{item.indicator}_yellow"),
        ],
        className="check-row",
        style=_box(cell),
    )


def _mark(rule: IndicatorRule) -> list[Component]:
    """A sign at the indicators whose red is the branch's own."""
    return [html.Span("*", className="turns")] if rule.turns_branch_red else []


def _value(item: CheckedIndicator) -> str:
    """Of gaps and ages the worst branch, of what is counted the sum, else the pooled ratio or the mean."""
    if item.worst is not None:
        return f"最差 {whole_words(item.indicator, item.worst)}"
    if is_counted(item.indicator):
        return f"共 {whole_words(item.indicator, item.month.total)}"
    return value_words(item.indicator, item.month.value)


def _box(cell: Cell) -> dict[str, str]:
    return {
        "left": f"{cell.left:.1f}px",
        "top": f"{cell.top:.1f}px",
        "width": f"{cell.width:.1f}px",
        "height": f"{cell.height:.1f}px",
    }

"""The numbers of today, the names of the ways to sign in, and what the columns are."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.figures.today import BAR, NUMBERS, parts, scale
from dashboard.formats import integer, long_day_label
from dashboard.theme import Theme
from data.queries.figures_of_month import Amount
from data.queries.small_cells import SMALLEST_SHOWN
from data.queries.today import Today
from layouts.amount import amount_shown
from layouts.measured import measured

METHOD_WORDS = {"qr": "二维码", "wechat": "微信", "id_card": "刷身份证"}


def note(view: Today, theme: Theme) -> str:
    """The day."""
    return long_day_label(view.on)


def body(view: Today, theme: Theme) -> list[Component]:
    """Five numbers, the methods below their bar, the head of the columns."""
    numbers = [
        _number("组织活动", view.activities, "场", "activities"),
        _persons("签到", view.signed_in, "signins", "signed_in" in view.few, "人次"),
        _number("信息", view.posts, "条", "posts"),
        _persons("转接办结", view.transfers, "transfers", "transfers" in view.few),
        _persons("政治生日", view.birthdays, "birthdays", "birthdays" in view.few),
    ]
    known = any(day.held is not None for day in view.days)
    words = f"近 {len(view.days) - 1} 天与今日组织活动（场）" if known else "近日组织活动无数据"
    rows = [
        html.Div(numbers, className="today-numbers"),
        *_methods(view, theme),
        html.Div(words, className="today-days"),
    ]
    return [html.Div(rows, className="today-rows", style={"--k": f"{scale(theme):g}"})]


def _number(words: str, amount: Amount, unit: str, measure: str) -> Component:
    shown = amount_shown(amount, integer, measure)
    return _tile(words, shown, unit if amount.value is not None else "")


def _persons(words: str, amount: Amount, measure: str, few: bool, unit: str = "人") -> Component:
    """A count of persons: a few of them are told as fewer than five."""
    if few:
        return _tile(words, measured(f"<{SMALLEST_SHOWN}", measure, None), unit)
    return _number(words, amount, unit, measure)


def _tile(words: str, number: Component, unit: str) -> Component:
    return html.Div(
        [
            html.Div(words, className="w"),
            html.Div([number, html.Span(unit, className="u")], className="v"),
        ],
        className="today-number",
    )


def _no_methods(view: Today) -> str:
    if "signed_in" in view.few or view.signed_in.value:
        return "签到人次较少，不分方式"
    return "签到无数据" if view.signed_in.value is None else "今日尚无签到"


def _methods(view: Today, theme: Theme) -> list[Component]:
    """Name and number of each method in the order of its part of the bar; a word without sign-ins."""
    found = parts(view, theme)
    top = {"top": f"{theme.px((NUMBERS + BAR + 8) * scale(theme))}px"}
    if not found:
        word = _no_methods(view)
        return [html.Div(word, className="today-methods none", style=top)]
    total = view.signed_in.value or 1.0
    names = [
        html.Span(
            [
                html.Span(className="swatch", style={"background": part.color}),
                f"{METHOD_WORDS[part.method]} ",
                measured(integer(part.value), f"signins_{part.method}", part.value, "d"),
                html.Span(f" {part.value / total:.0%}", className="u"),
            ]
        )
        for part in found
    ]
    return [html.Div(names, className="today-methods", style=top)]

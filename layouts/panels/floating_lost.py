"""The three programmes as tiles, the waterfall's words, and the newest rate of quarterly reports."""

from __future__ import annotations

from itertools import pairwise

from dash import html
from dash.development.base_component import Component

from dashboard.amounts import shown
from dashboard.figures.floating_lost import HEAD, TILE, WORDS, column_y, columns, parts, steps
from dashboard.formats import NA, NO_DATA, integer, percent, percent_number
from dashboard.theme import Theme
from data.queries.figures_of_month import Amount
from data.queries.floating_lost import FloatingLost, Programme
from layouts.amount import amount_shown
from layouts.measured import measured


def note(view: FloatingLost, theme: Theme) -> str:
    """The quarter the rates belong to."""
    return f"{quarter_name(view.quarter)} · {theme.profile.words.whole}"


def quarter_name(month: str) -> str:
    """The quarter that ends with a month: 2026年3季度."""
    return f"{month[:4]}年{int(month[5:]) // 3}季度"


def body(view: FloatingLost, theme: Theme) -> list[Component]:
    """Tiles above, then the words of the two pictures."""
    tiles = [
        _tile(0, "风筝工程", "流动党员按季汇报", view.kite, "d_floating_report_rate", theme),
        _tile(1, "归巢工程", "失联党员已找到", view.homecoming, "lost_found_share", theme),
        _tile(2, "先锋工程", "在职党员进社区", view.vanguard, "community_share", theme),
    ]
    where = parts(theme)
    heads = [
        _head("失联党员：从立案到纳入管理", where.waterfall_head, theme),
        _head("流动党员季度汇报率", where.line_head, theme, view.quarters[-1][1]),
    ]
    found = steps(view)
    if not found:
        word = "没有失联党员" if view.lost.found_share.state == "na" else f"失联党员{NO_DATA}"
        heads.append(_none(word, where.waterfall[0], theme))
    if all(amount.value is None for _, amount in view.quarters):
        word = "没有应汇报的流动党员" if view.quarters[-1][1].state == "na" else f"季度汇报{NO_DATA}"
        heads.append(_none(word, where.line[0], theme))
    return [*tiles, *heads, *_columns(view, theme)]


def _tile(at: int, name: str, what: str, programme: Programme, measure: str, theme: Theme) -> Component:
    amount = programme.rate
    below: list[str | Component] = [what]
    if programme.done is not None and programme.due is not None and amount.value is not None:
        counts = f"{shown(programme.done, integer)}/{shown(programme.due, integer)}"
        below = [what, " ", html.Span(counts, className="v")]
    return html.Div(
        [
            html.Div([html.Div(name, className="name"), html.Div(below, className="below")]),
            html.Div(
                [
                    amount_shown(amount, percent_number, measure),
                    html.Span("%" if amount.value is not None else "", className="u"),
                ],
                className="val",
            ),
        ],
        className="programme",
        style={"top": f"{theme.px(at * TILE)}px", "height": f"{theme.px(TILE - 14)}px"},
    )


def _head(words: str, top: float, theme: Theme, amount: Amount | None = None) -> Component:
    number = [] if amount is None else [amount_shown(amount, percent, "d_floating_report_rate:last")]
    return html.Div(
        [html.Span(words), *number],
        className="floating-head",
        style={"top": f"{top:.0f}px", "height": f"{theme.px(HEAD)}px"},
    )


def _none(word: str, top: float, theme: Theme) -> Component:
    return html.Div(word, className="floating-none", style={"top": f"{top + theme.px(30):.0f}px"})


def _columns(view: FloatingLost, theme: Theme) -> list[Component]:
    """Over each column its number (visitors: its share), under it what it is."""
    lost = view.lost
    words: list[Component] = []
    total, found, taken = lost.total, lost.found, lost.integrated
    counts: list[float | None] = [None] * 5
    told = total is not None and found is not None and taken is not None
    if told and total and found and taken:
        falls = [None if None in pair else pair[0] - pair[1] for pair in _pairs(total, found, taken)]  # type: ignore[operator]
        counts = [total.value, falls[0], found.value, falls[1], taken.value]
    high = theme.px(WORDS)
    for (left, right), step, n in zip(columns(theme), steps(view), counts, strict=False):
        number = (integer(n) if n is not None else NA) if told else percent(step.share, 0)
        sign = "−" if step.is_fall and step.share > 0 else ""
        raw = n if told else step.share
        box = {"left": f"{left - theme.px(20):.0f}px", "width": f"{right - left + theme.px(40):.0f}px"}
        y = column_y(theme, step.high) - high
        words += [
            html.Div(
                [measured(f"{sign}{number}", f"lost:{step.name}", raw)],
                className="lost-number",
                style={**box, "top": f"{y:.0f}px", "height": f"{high}px"},
            ),
            html.Div(
                step.name,
                className="lost-name",
                style={**box, "top": f"{column_y(theme, 0):.0f}px", "height": f"{high}px"},
            ),
        ]
    return words


def _pairs(*amounts: Amount) -> list[tuple[float | None, float | None]]:
    return [(a.value, b.value) for a, b in pairwise(amounts)]

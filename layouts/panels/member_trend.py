"""The membership in words: total and change of a year, the last whole month's net, occupations."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.amounts import count, shown, tone
from dashboard.figures.member_trend import NUMBER, where
from dashboard.formats import NO_DATA, integer, month_label, signed
from dashboard.theme import Theme
from data.queries.figure_parts import Part
from data.queries.member_trend import MemberTrend
from data.queries.small_cells import SMALLEST_SHOWN
from layouts.amount import amount_shown
from layouts.measured import measured

OCCUPATION_NAMES = {
    "worker": "工人",
    "farmer": "农牧渔民",
    "professional": "专业技术",
    "manager": "管理人员",
    "civil_servant": "党政机关",
    "student": "学生",
    "other": "其他职业",
    "retired": "离退休",
    "unknown": "未填",
}


def note(view: MemberTrend, theme: Theme) -> list[Component]:
    """Span of the picture, and who was admitted this year."""
    words: list[Component] = [html.Span(f"近 {len(view.months) - 1} 个月")]
    if view.admitted.value is not None:
        words.append(html.Span(["本年发展 ", amount_shown(view.admitted, integer, "admitted", "v")]))
    return words


def body(view: MemberTrend, theme: Theme) -> list[Component]:
    """The number above the line, the net beside the columns, one row per occupation."""
    place = where(view, theme)
    change = html.Span("")
    if view.year_change is not None:
        number = measured(
            signed(view.year_change), "member_change", view.year_change, f"d {tone(view.year_change, 0)}"
        )
        change = html.Span(["较上年 ", number], className="change")
    head = html.Div(
        [amount_shown(view.total, count, "d_member_total"), html.Span("名", className="u"), change],
        className="trend-total",
        style={"height": f"{theme.px(NUMBER)}px", "width": f"{place.right:.0f}px"},
    )
    return [head, *_net(view, theme), *_rows(view, theme)]


def _net(view: MemberTrend, theme: Theme) -> list[Component]:
    """The net of the last month that is over."""
    if len(view.months) < 2 or view.months[-2].net is None:
        return []
    closed, place = view.months[-2], where(view, theme)
    number = measured(signed(closed.net), "d_member_flow", closed.net, f"d {tone(closed.net, 0)}")
    return [
        html.Div(
            [f"{month_label(closed.month)}净增减 ", number],
            className="trend-net",
            style={"top": f"{place.line[1]:.0f}px", "height": f"{place.columns[0] - place.line[1]:.0f}px"},
        )
    ]


def _rows(view: MemberTrend, theme: Theme) -> list[Component]:
    place = where(view, theme)
    left = place.right + theme.px(48)
    if not view.occupations:
        return [
            html.Div(f"职业构成 {NO_DATA}", className="trend-none", style={"left": f"{left:.0f}px"}),
        ]
    return [
        html.Div(
            _cells(part),
            className="trend-row",
            style={"left": f"{left:.0f}px", "top": f"{i * place.row:.1f}px", "height": f"{place.row:.1f}px"},
        )
        for i, part in enumerate(view.occupations)
    ]


def _cells(part: Part) -> list[Component]:
    value = part.amount.value
    number = f"<{SMALLEST_SHOWN}" if part.withheld else shown(part.amount, integer)
    return [
        html.Span(OCCUPATION_NAMES[part.key], className="name"),
        measured(number, f"occupation:{part.key}", value),
    ]

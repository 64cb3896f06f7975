"""The lights of the district as numbers; for visitors what was put right and no light."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.figures.warning_overview import foot_px, scale
from dashboard.formats import integer, percent, percent_number
from dashboard.theme import Theme
from data.queries.figures_of_month import Amount
from data.queries.warning_overview import LitBranches, RectifiedTrend, Reminded
from layouts.amount import amount_shown
from layouts.measured import measured


def title(view: LitBranches | RectifiedTrend, theme: Theme) -> str:
    """Visitors read of rectification, not of lights."""
    return "预警总览" if isinstance(view, LitBranches) else "预警整改"


def note(view: LitBranches | RectifiedTrend, theme: Theme) -> str:
    """What a column is."""
    what = "月末亮灯支部" if isinstance(view, LitBranches) else "各月已整改预警（件）"
    return f"{what} · 近 {len(view.months)} 个月"


def body(view: LitBranches | RectifiedTrend, theme: Theme) -> list[Component]:
    """Staff: red, yellow and the closed rate; visitors: the closed rate and what was rectified; then the reminded."""
    foot = foot_px(view, theme)
    size = {"--k": f"{scale(theme):g}", "bottom": f"{foot}px"}
    reminded = [_reminded(view.reminded, foot, theme)] if view.reminded else []
    if isinstance(view, RectifiedTrend):
        numbers = [_closed(view.closed), _rectified(view)]
        return [html.Div(numbers, className="light-overview only", style=size), *reminded]
    numbers = [
        _light("red", "红灯支部", view.red, view.red_share),
        _light("yellow", "黄灯支部", view.yellow, view.yellow_share),
        _closed(view.closed),
    ]
    return [html.Div(numbers, className="light-overview", style=size), *reminded]


def _reminded(reminded: Reminded, foot: int, theme: Theme) -> Component:
    """Counts alone: no organisation and no member is named."""
    parts = [(f"{reminded.year}年提醒党组织", reminded.organisations, "orgs_reminded", "个")]
    if reminded.members:
        parts.append(("累计提醒党员", reminded.members, "members_reminded", "名"))
    words = [
        html.Span([name, measured(integer(n), measure, n), html.Span(unit, className="u")])
        for name, n, measure, unit in parts
    ]
    return html.Div(
        words, className="overview-reminded", style={"height": f"{foot}px", "--k": f"{scale(theme):g}"}
    )


def _light(level: str, words: str, count: Amount, share: Amount) -> Component:
    return html.Div(
        [
            html.Div([html.Span(className=f"lamp {level}"), words], className="w"),
            html.Div(
                [
                    amount_shown(count, integer, f"{level}_branches"),
                    html.Span(percent(share.value) if share.value is not None else "", className="u"),
                ],
                className="v",
            ),
        ],
        className=f"overview-number {level}",
    )


def _rectified(view: RectifiedTrend) -> Component:
    known = [n for _, n in view.months if n is not None]
    total = Amount.of(sum(known) if known else None)
    return html.Div(
        [
            html.Div(f"近 {len(view.months)} 个月已整改", className="w"),
            html.Div(
                [
                    amount_shown(total, integer, "warnings_rectified"),
                    html.Span("件" if known else "", className="u"),
                ],
                className="v",
            ),
        ],
        className="overview-number rectified",
    )


def _closed(rate: Amount) -> Component:
    unit = "%" if rate.value is not None else ""
    return html.Div(
        [
            html.Div("近三月预警销号率", className="w"),
            html.Div(
                [amount_shown(rate, percent_number, "d_warning_closed_rate"), html.Span(unit, className="u")],
                className="v",
            ),
        ],
        className="overview-number closed",
    )

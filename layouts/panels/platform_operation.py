"""Upkeep in numbers: login compliance, back-filled activities, reports pushed and opened."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.amounts import count, tone
from dashboard.figures.platform_operation import REPORT_ROW, reports_top
from dashboard.formats import month_label, percent_number, signed
from dashboard.theme import Theme
from data.clock import add_months
from data.queries.figures_of_month import Amount
from data.queries.platform_operation import PlatformOperation, Reports
from layouts.amount import amount_shown
from layouts.figure_strip import StripFigure, change_in_points, figure_strip
from layouts.measured import measured

KINDS = {"branch_diagnosis": "支部诊断报告", "member_index": "党员指数报告"}


def note(view: PlatformOperation, theme: Theme) -> str:
    """The rule the share is about."""
    return "主账号每周登录 2 天以上"


def body(view: PlatformOperation, theme: Theme) -> list[Component]:
    """Two numbers, and one row per kind of report."""
    weeks = [share for _, share in view.weeks]
    login = weeks[-1] if weeks else Amount("nodata")
    change = login.minus(weeks[-2]) if len(weeks) > 1 else None
    parts: list[Component] = [
        figure_strip(
            [
                StripFigure(
                    "上周登录达标",
                    login,
                    percent_number,
                    "login_compliance",
                    "%",
                    change_in_points(change, "较前一周", "login_change"),
                ),
                StripFigure(
                    f"{month_label(view.month)}补录活动", view.late, count, "late_records", "条", _late(view)
                ),
            ]
        )
    ]
    top = reports_top(view, theme)
    parts += [_report(r, top + i * theme.px(REPORT_ROW), theme) for i, r in enumerate(view.reports)]
    if not view.reports:
        none = html.Div(f"{month_label(view.month)}尚未推送报告", className="operation-none")
        parts.append(none)
    return parts


def _late(view: PlatformOperation) -> list[Component | str]:
    change = view.late.minus(view.late_before)
    if change is None:
        return []
    shown = measured(signed(change), "late_change", change, f"d {tone(change, 0, better='down')}")
    return [f"较{month_label(add_months(view.month, -1))} ", shown]


def _report(report: Reports, top: float, theme: Theme) -> Component:
    share = report.opened_share
    return html.Div(
        [
            html.Span(KINDS[report.kind], className="name"),
            html.Span(
                ["推送 ", amount_shown(report.pushed, count, f"{report.kind}_pushed", "v")],
                className="pushed",
            ),
            html.Span(
                [
                    "阅读 ",
                    amount_shown(share, percent_number, f"{report.kind}_opened", "v n"),
                    html.Span("%" if share.value is not None else "", className="u"),
                ],
                className="opened",
            ),
        ],
        className="operation-report",
        style={"top": f"{top:.1f}px", "height": f"{theme.px(REPORT_ROW - 16)}px"},
    )

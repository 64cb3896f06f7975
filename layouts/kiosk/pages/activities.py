"""K-05: what the branches do, month by month, and the newest public news."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.formats import integer
from dashboard.kiosk.words import LIFE_GROUPS
from dashboard.post_kinds import post_kind
from data.queries.activity_axis import GROUPS
from data.queries.kiosk.activities import Activities, LifeMonth
from data.queries.listed import Line
from layouts.kiosk.context import Kiosk
from layouts.kiosk.month_columns import Column, month_columns
from layouts.kiosk.parts import defaults, missing, shown, titled_list
from layouts.measured import measured


def body(kiosk: Kiosk) -> Sequence[Component]:
    """Twelve months to touch, the kinds of the month that was touched, news to turn over."""
    view = kiosk.documents.activities
    if view is None or not view.months:
        return [missing("活动")]
    columns = [Column(m.month, m.counts, is_open=m is view.months[-1]) for m in view.months]
    return [
        defaults(life_month=view.months[-1].month),
        html.Div(month_columns(columns, "life-month", "activities"), className="year"),
        html.Div(
            [_month(kiosk, month, month is view.months[-1]) for month in view.months], className="months"
        ),
        html.Div(_news(view), className="news-box"),
    ]


def _month(kiosk: Kiosk, month: LifeMonth, is_open: bool) -> Component:
    kinds = [
        html.Div(
            [
                html.Span(className=f"mark p{place}"),
                html.Span(kiosk.spoken(LIFE_GROUPS[group]), className="name"),
                html.Span(
                    [
                        measured(integer(n), f"activities-{month.month}-{group}", n),
                        html.Span("场", className="u"),
                    ],
                    className="count",
                ),
            ],
            className="kind",
        )
        for place, (group, n) in enumerate(zip(GROUPS, month.counts, strict=True))
    ]
    words = f"{month.month[:4]}年{int(month.month[5:])}月"
    head = [
        html.Strong(words),
        html.Span("进行中" if is_open else "", className="note"),
        html.Span(
            [
                measured(integer(month.total), f"total-{month.month}", month.total),
                html.Span("场", className="u"),
            ]
        ),
    ]
    return shown(
        "life-month",
        month.month,
        [html.Div(head, className="kinds-head"), html.Div(kinds, className="kinds")],
    )


def _news(view: Activities) -> list[Component]:
    if not view.news:
        return [html.Div("近期暂无对外公开的动态。", className="missing")]
    return titled_list("支部新动态", "news", [_line(line) for line in view.news], "news")


def _line(line: Line) -> Component:
    day = f"{line.at.month}月{line.at.day}日" if line.at else ""
    pictures = f" · {round(line.amount)} 图" if line.amount else ""
    return html.Div(
        [
            html.Div(line.title, className="title"),
            html.Div(
                " · ".join(part for part in (day, line.place, post_kind(line.kind)) if part) + pictures,
                className="note",
            ),
        ],
        className="news-item",
    )

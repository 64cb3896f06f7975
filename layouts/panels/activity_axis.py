"""The words of the axis of days: how much there was, of which kinds, today, and how much is planned."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.amounts import count
from dashboard.figures.activity_axis import group_colors
from dashboard.formats import NO_DATA, day_label, integer
from dashboard.theme import Theme
from data.queries.activity_axis import DAYS_AHEAD, DAYS_BACK, GROUPS, ActivityAxis
from layouts.measured import measured

GROUP_NAMES = {
    "meetings": "三会一课",
    "review": "评议谈心",
    "study": "学习教育",
    "other": "其他活动",
}


def note(view: ActivityAxis, theme: Theme) -> list[Component]:
    """The span, and what the diamond marks."""
    if not view.held:
        return []
    first, last = view.held[0].day, view.planned[-1].day
    day = theme.profile.words.activity_day
    return [
        html.Span([html.Span(className="diamond"), f"当月{day}最多的一天"]),
        html.Span(f"{day_label(first)} – {day_label(last)}"),
    ]


def body(view: ActivityAxis, theme: Theme) -> list[Component]:
    """Numbers at the right end of the axis."""
    if not view.held:
        return [html.Div(f"活动明细 {NO_DATA}", className="axis-none")]
    held = sum(day.total for day in view.held)
    planned = sum(day.total for day in view.planned)
    today = view.held[-1].total
    lead = [
        html.Div(f"近 {DAYS_BACK} 天", className="name"),
        html.Div(
            [measured(count(held), "activities_90", held), html.Span("场", className="u")], className="val"
        ),
    ]
    rows = [_row(group, view, theme) for group in reversed(GROUPS)]
    return [
        html.Div(
            [
                html.Div(lead, className="axis-lead"),
                html.Div(rows, className="axis-kinds"),
                html.Div(
                    [
                        _number("今日", today, "activities_today", html.Span()),
                        _number(
                            f"后 {DAYS_AHEAD} 天计划",
                            planned,
                            "activities_planned",
                            html.Span(className="swatch plan"),
                        ),
                    ],
                    className="axis-kinds foot",
                ),
            ],
            className="axis-numbers",
        )
    ]


def _row(group: str, view: ActivityAxis, theme: Theme) -> Component:
    name = theme.profile.words.activity_day if group == "theme_day" else GROUP_NAMES[group]
    swatch = html.Span(className="swatch", style={"background": group_colors(theme)[group]})
    return _number(name, view.total(group), f"activities_90:{group}", swatch)


def _number(name: str, number: int, measure: str, swatch: html.Span) -> Component:
    return html.Div(
        [swatch, html.Span(name, className="name"), measured(integer(number), measure, number)],
        className="axis-kind",
    )

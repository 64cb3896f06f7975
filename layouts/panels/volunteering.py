"""Volunteer service in words: hours and participation, open needs by kind, the newest of them; never a person."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.amounts import count, tone
from dashboard.figures.volunteering import HEAD, LIST_ROW, NEEDS, kind_columns, list_top
from dashboard.formats import NO_DATA, integer, month_label, percent_number, signed
from dashboard.service_kinds import SERVICES
from dashboard.theme import Theme
from data.queries.listed import Line
from data.queries.volunteering import Volunteering
from layouts.amount import amount_shown
from layouts.figure_strip import StripFigure, change_in_points, figure_strip
from layouts.kind_rows import kind_rows
from layouts.measured import measured

KIND_NAMES = {**SERVICES, "other": "其他"}


def note(view: Volunteering, theme: Theme) -> str:
    """The span."""
    return f"近 {len(view.months)} 个月，本月进行中"


def body(view: Volunteering, theme: Theme) -> list[Component]:
    """Numbers, kinds beside their bars, newest needs."""
    last, before = view.months[-1], f"较{month_label(view.months[-2].month)}"
    change: list[Component | str] = []
    if view.hours_change is not None:
        words = signed(view.hours_change)
        change = [f"{before} ", measured(words, "hours_change", view.hours_change, _look(view.hours_change))]
    points = change_in_points(view.participation_change, before, "participation_change")
    figures = [
        StripFigure(f"{month_label(last.month)}服务", last.hours, count, "d_volunteer_hours", "小时", change),
        StripFigure("参与率", last.participation, percent_number, "participation", "%", points),
        StripFigure("本年累计", view.year_hours, count, "volunteer_hours_year", "小时"),
    ]
    kinds = kind_rows(view.kinds, kind_columns(view, theme), KIND_NAMES, "needs")
    return [figure_strip(figures), _head(view, theme), *kinds, *_newest(view, theme)]


def _look(change: float) -> str:
    return f"d {tone(change, 0)}"


def _head(view: Volunteering, theme: Theme) -> Component:
    number = amount_shown(view.open_needs, integer, "open_needs", "v")
    unit = html.Span("项" if view.open_needs.value is not None else "", className="u")
    place = {"top": f"{theme.px(NEEDS)}px", "height": f"{theme.px(HEAD)}px"}
    return html.Div(["招募中的服务需求", number, unit], className="needs-head", style=place)


def _newest(view: Volunteering, theme: Theme) -> list[Component]:
    """As many lines as have room; a word where there is none."""
    top, height = list_top(view, theme), theme.size("volunteering")[1]
    room = int((height - top) / theme.px(LIST_ROW))
    lines = [_line(line, theme) for line in view.newest[:room]]
    if not lines:
        known = view.open_needs.value is not None
        lines = [html.Div("暂无招募中的需求" if known else f"服务需求{NO_DATA}", className="none")]
    return [html.Div(lines, className="needs-list", style={"top": f"{top:.0f}px"})]


def _line(line: Line, theme: Theme) -> Component:
    places: list[Component | str] = []
    if line.amount is not None:
        places = ["招募 ", measured(integer(line.amount), "need_places", line.amount), " 人"]
    return html.Div(
        [
            html.Span(line.title or f"{KIND_NAMES.get(line.kind, '')}志愿服务", className="title"),
            html.Span(line.place or theme.profile.words.direct, className="place"),
            html.Span(places, className="places"),
        ],
        className="need",
    )

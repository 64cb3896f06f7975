"""Venues in words: how many, for staff what inspections found, kinds, and the newest public pictures by title."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.figures.venues import SLUG, kind_columns, lines_top
from dashboard.formats import NO_DATA, integer, percent_number
from dashboard.post_kinds import post_kind
from dashboard.theme import Theme
from data.queries.listed import Line
from data.queries.venues import Findings, Venues
from layouts.amount import amount_shown
from layouts.figure_strip import StripFigure, figure_strip
from layouts.kind_rows import kind_rows

KIND_NAMES = {
    "service_center": "党群中心",
    "activity_room": "活动室",
    "education_base": "教育基地",
    "open_life_base": "开放式基地",
    "rural_school": "振兴学堂",
    "live_classroom": "实景课堂",
    "delegate_studio": "代表工作室",
    "smart_center": "智慧场馆",
    "online_position": "网上阵地",
}
# Design pixels of one line of the strip.
LINE = 40


def note(view: Venues, theme: Theme) -> list[Component | str]:
    """What a year's inspections found; for visitors what is not in the number."""
    findings = view.findings
    if findings is None or findings.found.value is None:
        return ["阵地数不含“两微”阵地"]
    look = "v c-dn" if findings.overdue.value else "v"
    found = amount_shown(findings.found, integer, "findings_found", "v")
    done = amount_shown(findings.rectified, integer, "findings_rectified", "v")
    late = amount_shown(findings.overdue, integer, "findings_overdue", look)
    return [html.Span(["近一年检查发现 ", found, " 项，已整改 ", done, "，超期 ", late])]


def body(view: Venues, theme: Theme) -> list[Component]:
    """Numbers, kinds beside their bars, lines of pictures."""
    micro = StripFigure("另有“两微”阵地", view.micro, integer, "venues_micro", "个")
    if view.findings is None:
        shown = [StripFigure("对外开放", view.public, integer, "venues_public", "处"), micro]
    else:
        shown = [*_findings(view.findings), micro]
    strip = figure_strip([StripFigure("各类阵地", view.total, integer, "d_venue_total", "处"), *shown])
    kinds = kind_rows(view.kinds, kind_columns(view, theme), KIND_NAMES, "venues")
    return [strip, *kinds, _pictures(view, theme)]


def _findings(findings: Findings) -> list[StripFigure]:
    """A rate of what was found in twelve months, and what is left of it."""
    return [
        StripFigure("检查整改率", findings.share, percent_number, "findings_share", "%"),
        StripFigure("待整改", findings.open, integer, "findings_open", "项"),
    ]


def _pictures(view: Venues, theme: Theme) -> Component:
    """As many lines as have room."""
    top = lines_top(view, theme)
    room = int((theme.size(SLUG)[1] - top) / theme.px(LINE))
    lines = [_line(line, theme) for line in view.pictures[:room]]
    if not lines:
        words = f"图文{NO_DATA}" if view.total.value is None else "暂无公开图文"
        lines = [html.Div(words, className="none")]
    return html.Div(lines, className="venues-pictures", style={"top": f"{top:.0f}px"})


def _line(line: Line, theme: Theme) -> Component:
    return html.Div(
        [
            html.Span(line.title or post_kind(line.kind), className="title"),
            html.Span(line.place or theme.profile.words.direct, className="place"),
        ],
        className="picture",
    )

"""The map of lights in words: its counts, its legend, and the branches that have been red the longest."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.figures.light_map import MAP, classes_of
from dashboard.formats import integer
from dashboard.map_geometry import district_geometry
from dashboard.organisation_names import wall_name
from dashboard.theme import Theme
from dashboard.town_names import short_town
from data.queries.light_map import LightMap, RedBranch
from layouts.measured import measured

NAME_LENGTH = 9


def note(view: LightMap, theme: Theme) -> str:
    """What the list below the map is."""
    return "图下为连续红灯最久的支部" if view.longest else ""


def body(view: LightMap, theme: Theme) -> list[Component]:
    """Counts, legend and caption on the map; below it the red branches, the longest first."""
    place = district_geometry(theme, tuple(town.name for town in view.towns))
    caption = html.Div(
        place.caption,
        className="map-caption",
        style={"left": f"{place.caption_box.x0:.0f}px", "top": f"{place.caption_box.y0:.0f}px"},
    )
    return [
        _legend(view, theme),
        _counts(view),
        *([caption] if place.caption else []),
        html.Div(_rows(view, theme), className="red-rows", style={"top": f"{theme.px(MAP + 12)}px"}),
    ]


def _counts(view: LightMap) -> Component:
    rows = (("red", "红灯支部", view.red), ("yellow", "黄灯支部", view.yellow))
    return html.Div(
        [
            html.Div(
                [
                    html.Div([html.Span(className=f"lamp {level}"), words], className="w"),
                    html.Div([measured(integer(n), f"{level}_branches", n), html.Span("个", className="u")]),
                ],
                className=f"count {level}",
            )
            for level, words, n in rows
        ],
        className="light-counts",
    )


def _legend(view: LightMap, theme: Theme) -> Component:
    rows: list[Component] = []
    if any(town.value is not None for town in view.towns):
        rows = [
            _sign(html.Span(className="swatch", style={"background": color}), f"{label}")
            for color, label in zip(reversed(theme.tokens.blue), classes_of(view).labels(), strict=True)
        ]
    if any(town.value is None for town in view.towns):
        rows.append(_sign(html.Span(className="swatch none"), "无数据"))
    return html.Div([html.Div("亮灯占比 %", className="map-quantity"), *rows], className="map-legend")


def _sign(sign: Component, words: str) -> Component:
    return html.Div([html.Span(sign, className="sign"), html.Span(words)], className="map-legend-row")


def _rows(view: LightMap, theme: Theme) -> list[Component]:
    if not view.longest:
        known = any(town.value is not None for town in view.towns)
        return [html.Div("当前没有红灯支部" if known else "无亮灯数据", className="red-none")]
    return [_row(branch, theme) for branch in view.longest]


def _row(branch: RedBranch, theme: Theme) -> Component:
    town = short_town(branch.town) if branch.town else theme.profile.words.direct
    months: list[Component | str] = ["本月新亮"]
    if branch.months:
        months = [measured(integer(branch.months), "months_red", branch.months), " 个月"]
    return html.Div(
        [
            html.Span(className="lamp red"),
            html.Span(
                [html.Span(town, className="town"), wall_name(branch.organisation, NAME_LENGTH)],
                className="organisation",
            ),
            html.Span(months, className="months"),
        ],
        className="red-row",
    )

"""The map of lights in words: its counts, its legend, and the branches that have been red the longest."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.figures.light_map import MAP, classes_of
from dashboard.formats import integer, percent_number
from dashboard.map_geometry import district_geometry
from dashboard.organisation_names import wall_name
from dashboard.theme import Theme
from data.queries.district_map import TownQuantity
from data.queries.light_map import LightMap, RedBranch
from layouts.measured import measured

NAME_LENGTH = 9
# Rows of each of the two columns below the map.
ROWS = 5


def note(view: LightMap, theme: Theme) -> str:
    """What the lists below the map are."""
    said = ["连续红灯最久的支部"] if view.longest else []
    if _most_lit(view):
        said.append(f"亮灯占比最高的{theme.profile.words.towns}")
    return f"图下为{'与'.join(said)}" if said else ""


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
    """Red branches; where one column holds them, the towns with most lights stand in the other."""
    if not any(town.value is not None for town in view.towns) and not view.longest:
        return [html.Div("无亮灯数据", className="red-none")]
    red = [_row(branch, theme) for branch in view.longest]
    if not red:
        red = [html.Div("当前没有红灯支部", className="red-none")]
    return [*red, *(_town_row(town, rank, theme) for rank, town in enumerate(_most_lit(view), 1))]


def _most_lit(view: LightMap) -> list[TownQuantity]:
    """Towns with the largest share of lit branches, the largest first; none where red branches need the room."""
    if len(view.longest) > ROWS:
        return []
    lit = [town for town in view.towns if town.value]
    return sorted(lit, key=lambda town: -(town.value or 0.0))[:ROWS]


def _town_row(town: TownQuantity, rank: int, theme: Theme) -> Component:
    return html.Div(
        [
            html.Span(className="lit-share"),
            html.Span(town.name if len(town.name) <= NAME_LENGTH else theme.short_town(town.name)),
            html.Span(
                [measured(percent_number((town.value or 0.0) / 100), "lit_share", town.value), " %"],
                className="months",
            ),
        ],
        className="red-row town-row",
        style={"gridColumn": 2, "gridRow": rank},
    )


def _row(branch: RedBranch, theme: Theme) -> Component:
    town = theme.short_town(branch.town) if branch.town else theme.profile.words.direct
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

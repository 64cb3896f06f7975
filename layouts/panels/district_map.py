"""The legend of the party map and its 示意图 caption."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.figures.district_map import classes_of
from dashboard.formats import month_label
from dashboard.map_geometry import district_geometry
from dashboard.theme import Theme
from data.queries.district_map import DistrictMap


def note(view: DistrictMap, theme: Theme) -> str:
    """Nothing: the tile of the focus stands where the note would."""
    return ""


def body(view: DistrictMap, theme: Theme) -> list[Component]:
    """Classes from the highest down, marks, and the caption of a schematic map."""
    place = district_geometry(theme, tuple(town.name for town in view.towns))
    caption = html.Div(
        place.caption,
        className="map-caption",
        style={"left": f"{place.caption_box.x0:.0f}px", "top": f"{place.caption_box.y0:.0f}px"},
    )
    return [_legend(view, theme), *([caption] if place.caption else [])]


def _legend(view: DistrictMap, theme: Theme) -> Component:
    index = view.quantity == "index"
    words = f"{theme.profile.index_name} {month_label(view.month)}" if index else "党员人数"
    rows = [
        _row(html.Span(className="swatch", style={"background": color}), label)
        for color, label in zip(reversed(theme.tokens.blue), classes_of(view).labels(), strict=True)
    ]
    lights = [("red", "红灯支部"), ("yellow", "黄灯支部")] if index else []
    rows += [_row(html.Span(className=f"mark {level}"), label) for level, label in lights]
    rows.append(_row(html.Span(className="mark point"), "党组织" if index else "公开党组织"))
    if any(town.value is None for town in view.towns):
        rows.append(_row(html.Span(className="swatch none"), "无数据"))
    return html.Div([html.Div(words, className="map-quantity"), *rows], className="map-legend")


def _row(sign: Component, words: str) -> Component:
    return html.Div([html.Span(sign, className="sign"), html.Span(words)], className="map-legend-row")

"""The tile of the town in focus: its number, its place where that may be shown, its size."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.figures.canvas import text_width
from dashboard.formats import NA, NO_DATA, integer, score, signed
from dashboard.theme import Theme
from data.queries.map_focus import MapFocus, Organisation, Standing
from layouts.measured import measured

# Characters of a number that fill the tile at full size.
LONG = 5
# Estimated width of a heading that fits, design pixels.
ROOM = 300


def note(view: MapFocus, theme: Theme) -> str:
    """Nothing: the panel has no head."""
    return ""


def body(view: MapFocus, theme: Theme) -> list[Component]:
    """Internal: the index, the place, the lights. Reception: members, activities, and a place in the top ten."""
    if view.organisation is not None:
        return [_of_organisation(view.organisation)]
    name = view.town or theme.profile.name
    if text_width(f"聚焦 · {name}", theme.data) > theme.px(ROOM):
        name = theme.short_town(name)
    internal = view.red is not None or view.yellow is not None
    lines = _internal(view) if internal and view.town else _public(view, theme)
    return [html.Div([html.Div(["聚焦 · ", name], className="focus-name"), *lines], className="focus-tile")]


def _of_organisation(view: Organisation) -> Component:
    """One organisation with everything below it; its name may take two lines."""
    members = NO_DATA if view.members is None else integer(view.members)
    lines = [
        _figure("members", view.members, members, "党员"),
        _line(_count("本月活动 ", view.activities, "activities")),
        _lights(view.red, view.yellow),
    ]
    return html.Div(
        [html.Div(view.name, className="focus-name organisation"), *lines], className="focus-tile"
    )


def _internal(view: MapFocus) -> list[Component]:
    standing = view.standing
    return [
        _figure(
            "index", standing.score if standing else None, score(standing.score) if standing else NA, "分"
        ),
        _line(*(_place(standing) if standing else ["未排名"])),
        _lights(view.red, view.yellow),
        _line(_count("党组织 ", view.organisations, "organisations")),
    ]


def _public(view: MapFocus, theme: Theme) -> list[Component]:
    members = NO_DATA if view.members is None else integer(view.members)
    lines = [
        _figure("members", view.members, members, "党员"),
        _line(_count("党组织 ", view.organisations, "organisations")),
        _line(_count("本月活动 ", view.activities, "activities")),
    ]
    if view.standing:
        index = measured(score(view.standing.score), "index", view.standing.score, "d")
        lines.append(_line(html.Span(["指数 ", index], className="gold"), f"第{view.standing.place}名"))
    return lines


def _place(standing: Standing) -> list[Component | str]:
    place: list[Component | str] = [f"第 {standing.place} 名"]
    if standing.change is not None:
        change = round(standing.change, 1)
        tone = "better" if change > 0 else "worse" if change < 0 else "level"
        place.append(html.Span(signed(standing.change, 1), className=tone))
    return place


def _figure(measure: str, raw: float | None, shown: str, unit: str) -> Component:
    number = measured(shown, measure, raw, "n long" if len(shown) > LONG else "n")
    return html.Div([number, html.Span(unit, className="u")], className="focus-value")


def _count(words: str, raw: float | None, measure: str) -> Component:
    shown = NO_DATA if raw is None else integer(raw)
    return html.Span([words, measured(shown, measure, raw, "d")])


def _lights(red: float | None, yellow: float | None) -> Component:
    return _line(
        html.Span(["红 ", measured(integer(red), "red_branches", red, "d")], className="red"),
        html.Span(["黄 ", measured(integer(yellow), "yellow_branches", yellow, "d")], className="yellow"),
    )


def _line(*parts: Component | str) -> Component:
    return html.Div([p if isinstance(p, Component) else html.Span(p) for p in parts], className="focus-line")

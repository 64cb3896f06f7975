"""K-02: the map of the towns, and the public places nearest to the kiosk."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.formats import month_label, percent_number
from dashboard.kiosk.places_index import GROUPS
from dashboard.kiosk.words import chinese_number
from dashboard.town_names import common_kind
from data.queries.kiosk.party_map import PartyMap, Town
from layouts.kiosk.context import Kiosk
from layouts.kiosk.keys import keys
from layouts.kiosk.parts import attributes, button, defaults, fact, missing, number, pager, pick, shown, svg


def body(kiosk: Kiosk) -> Sequence[Component]:
    """The map with the card of the town that was touched; the list beside it as a second view."""
    view, drawn = kiosk.documents.party_map, kiosk.town_map
    if view is None or drawn is None or not view.towns:
        return [missing("党建地图")]
    return [
        defaults(places_view="map", zoom="whole", places="all", query=""),
        shown("places-view", "map", _map(kiosk, view), "view map-view"),
        shown("places-view", "list", _list(kiosk), "view list-view"),
    ]


def _map(kiosk: Kiosk, view: PartyMap) -> list[Component]:
    drawn = kiosk.town_map
    assert drawn is not None
    kind = common_kind(drawn.small, kiosk.profile.words.towns)
    parts: list[Component] = [shown("zoom", "whole", svg(drawn.main, "map"), "map-box")]
    if drawn.small:
        words = ["放大看", html.Br(), f"{chinese_number(len(drawn.small))}个{kind}"]
        parts.append(shown("zoom", "close", svg(drawn.close, "map"), "map-box"))
        parts.append(shown("zoom", "whole", pick("zoom", "close", words, "choice zoom"), "zoom-box"))
        parts.append(
            shown(
                "zoom",
                "close",
                pick("zoom", "whole", ["返回", html.Br(), kiosk.profile.words.whole], "choice zoom"),
                "zoom-box",
            )
        )
    return [
        _legend(),
        html.Div(parts, className="maps"),
        html.Div([_hint(kiosk), *(_card(kiosk, view, town) for town in view.towns)], className="town-cards"),
    ]


def _legend() -> Component:
    swatches = [html.Span(className=f"swatch c{n}") for n in range(5)]
    return html.Div(
        ["党组织数", html.Span("少", className="end"), *swatches, html.Span("多")], className="legend"
    )


def _hint(kiosk: Kiosk) -> Component:
    words = f"轻触地图上的{kiosk.profile.words.towns}，看它的党组织和服务阵地"
    near = button("找身边的党组织", "button primary", data_pick="places-view:list")
    return shown("town", "", [html.Div(words, className="say"), near], "card town-card")


def _card(kiosk: Kiosk, view: PartyMap, town: Town) -> Component:
    day = kiosk.profile.words.activity_day
    facts = [
        fact("党组织", number(town.organisations, "个", f"town-{town.town_id}-organisations")),
        fact(*_villages(town)),
        fact(
            f"{month_label(view.closed)}{day}",
            number(
                town.theme_days,
                "%",
                f"town-{town.town_id}-theme-days",
                None if town.theme_days is None else percent_number(town.theme_days, 0),
            ),
        ),
        fact("本月活动", number(town.activities, "场", f"town-{town.town_id}-activities")),
    ]
    go = button("看服务阵地", "button primary", data_pick="places-view:list")
    name = html.Div(town.name, className="town-name")
    return shown("town", town.town_id, [name, html.Div(facts, className="facts"), go], "card town-card")


def _villages(town: Town) -> tuple[str, Component]:
    """Villages where there are any, else communities."""
    if town.villages:
        return "建制村", number(town.villages, "个", f"town-{town.town_id}-villages")
    return "社区", number(town.communities, "个", f"town-{town.town_id}-communities")


def _list(kiosk: Kiosk) -> list[Component]:
    chips = [pick("places", key, words) for key, words in {"all": "全部", **GROUPS}.items()]
    back = button("返回地图", "button", data_pick="places-view:map")
    search = button(
        "按名称查找", "button", data_pick="search:keys", data_marks="search:keys", aria_pressed="false"
    )
    return [
        html.Div([*chips, search, back], className="chips"),
        html.Div(className="list-head", **attributes(data_places_head="")),
        html.Div(
            className="places",
            **attributes(
                data_places="", data_words=kiosk.profile.words.whole, data_direct=kiosk.profile.words.direct
            ),
        ),
        pager("places-list"),
        shown("search", "keys", keys(), "keys-box"),
    ]

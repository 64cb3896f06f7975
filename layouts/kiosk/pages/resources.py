"""K-07: lectures, videos, bases and books that are open to everybody."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.formats import integer
from dashboard.kiosk.words import RESOURCES, TOPICS
from data.queries.kiosk.resources import Resource
from layouts.kiosk.context import Kiosk
from layouts.kiosk.parts import attributes, defaults, missing, paged, pick
from layouts.measured import measured


def body(kiosk: Kiosk) -> Sequence[Component]:
    """Kinds as filters with their numbers, cards to turn over."""
    view = kiosk.documents.resources
    if view is None or not view.items:
        return [missing("学习资源")]
    counted = [(kind, n) for kind, n in view.counts if n]
    return [
        defaults(resource=counted[0][0]),
        html.Div([_chip(kind, n) for kind, n in counted], className="chips kinds-of-resources"),
        *paged("resources", [_card(item) for item in view.items], "cards"),
    ]


def _chip(kind: str, n: int) -> Component:
    return pick(
        "resource",
        kind,
        [
            html.Span(RESOURCES[kind], className="name"),
            html.Span([measured(integer(n), f"resources-{kind}", n), html.Span("项", className="u")]),
        ],
        "choice two",
    )


def _card(item: Resource) -> Component:
    hours = "" if item.hours is None or not item.hours else f"{item.hours:g} 学时"
    return html.Div(
        [
            html.Div(
                [
                    html.Span(TOPICS.get(item.topic, RESOURCES[item.kind]), className="tag"),
                    html.Span(hours, className="note"),
                ],
                className="card-head",
            ),
            html.Div(_plain(item), className="title"),
        ],
        className="card resource",
        **attributes(data_kind=item.kind, data_filter="resource"),
    )


def _plain(item: Resource) -> str:
    """The title without the kind it begins with: the filter says it."""
    for begin in (RESOURCES[item.kind], "视频党课", "红色视频党课"):
        item_title = item.title.removeprefix(f"{begin}：")
        if item_title != item.title:
            return item_title
    return item.title

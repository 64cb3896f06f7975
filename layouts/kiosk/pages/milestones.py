"""K-10: how smart party building came about here, in the district's own words."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from layouts.kiosk.context import Kiosk
from layouts.kiosk.parts import defaults, pick, shown


def body(kiosk: Kiosk) -> Sequence[Component]:
    """A line of times to touch and the one that was touched."""
    texts = kiosk.content.milestones
    stops = [
        pick(
            "milestone",
            n,
            [
                html.Span(className="dot"),
                html.Span(one.at, className="at"),
                html.Span(one.title, className="name"),
            ],
            "choice stop",
        )
        for n, one in enumerate(texts.milestones, 1)
    ]
    cards = [
        shown(
            "milestone",
            n,
            [html.Div(one.at, className="at"), html.H2(one.title), html.P(one.text)],
            "card milestone-card",
        )
        for n, one in enumerate(texts.milestones, 1)
    ]
    return [
        defaults(milestone=1),
        html.P(texts.lead, className="lead"),
        html.Div(stops, className="line"),
        html.Div(cards, className="milestone-cards"),
    ]

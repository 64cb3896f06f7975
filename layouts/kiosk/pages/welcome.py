"""K-01: where the visitor is and what can be seen here."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.kiosk.content import Hall
from dashboard.kiosk.headline import headline
from layouts.kiosk.context import Kiosk
from layouts.kiosk.parts import button, defaults, fact, number, shown


def body(kiosk: Kiosk) -> Sequence[Component]:
    """Words, four numbers, the plan of the halls and the hall that was touched."""
    halls = kiosk.content.halls
    here = next((hall.slug for hall in halls.halls if hall.here), halls.halls[0].slug)
    facts = [
        fact(f.label, number(f.value, f.unit, f.measure))
        for f in headline(kiosk.documents, kiosk.profile.words)
    ]
    return [
        defaults(hall=here),
        html.Div([html.P(words) for words in kiosk.content.welcome.words], className="words"),
        html.Div(facts[:4], className="facts four"),
        html.Div(
            [
                html.Div(
                    [html.H2(halls.centre), html.Span(halls.note, className="note")], className="plan-head"
                ),
                html.Div([*_floors(halls.halls), *(_hall(hall) for hall in halls.halls)], className="plan"),
            ],
            className="plan-box",
        ),
        html.Div([_card(hall) for hall in halls.halls], className="hall-cards"),
    ]


def _floors(halls: Sequence[Hall]) -> list[Component]:
    """The outline of every floor with its name."""
    floors: list[Component] = []
    for name in dict.fromkeys(hall.floor for hall in halls):
        boxes = [hall.box for hall in halls if hall.floor == name]
        left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
        right, bottom = max(b[0] + b[2] for b in boxes), max(b[1] + b[3] for b in boxes)
        box = (left, top, right - left, bottom - top)
        floors.append(html.Div(html.Span(name), className="floor", style=_at(box)))
    return floors


def _hall(hall: Hall) -> Component:
    label: list[Component | str] = [html.Span(hall.name, className="hall-name")]
    if hall.here:
        label.append(html.Span("您在这里", className="here-tag"))
    return button(
        label,
        "hall",
        data_pick=f"hall:{hall.slug}",
        data_marks=f"hall:{hall.slug}",
        aria_pressed="false",
        style=_at(hall.box),
    )


def _card(hall: Hall) -> Component:
    return shown(
        "hall",
        hall.slug,
        [
            html.Div(
                [html.H3(hall.name), html.Span(hall.floor, className="floor-tag")], className="card-head"
            ),
            html.P(hall.text),
            html.Ul([html.Li(thing) for thing in hall.see], className="see"),
        ],
        "card hall-card",
    )


def _at(box: tuple[float, float, float, float]) -> dict[str, str]:
    """Percentages of a plan of 100 × 60."""
    x, y, width, height = box
    return {"left": f"{x}%", "top": f"{y / 0.6:.3f}%", "width": f"{width}%", "height": f"{height / 0.6:.3f}%"}

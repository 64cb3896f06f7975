"""K-06: where help is wanted and what was achieved."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.formats import integer, percent_number
from dashboard.service_kinds import SERVICES
from data.queries.kiosk.service import Service
from data.queries.listed import Line
from layouts.kiosk.context import Kiosk
from layouts.kiosk.parts import attributes, defaults, fact, missing, number, titled_list
from layouts.measured import measured


def body(kiosk: Kiosk) -> Sequence[Component]:
    """What was done, the kinds as filters, open needs to turn over."""
    view = kiosk.documents.service
    if view is None:
        return [missing("志愿服务")]
    share = view.participation
    facts = [
        fact("今年服务时长", number(view.year_hours, "小时", "volunteer-hours")),
        fact("今年完成需求", number(view.done_needs, "项", "needs-done")),
        fact("正在招募", number(view.open_needs, "项", "needs-open")),
        fact(
            "上月党员参与率",
            number(share, "%", "served-share", None if share is None else percent_number(share)),
        ),
    ]
    kinds = [kind for kind, _, _ in view.kinds if kind in SERVICES]
    return [
        defaults(service="all"),
        html.Div(facts, className="facts four"),
        html.Div([_kind(view, kind) for kind in kinds[:8]], className="service-kinds"),
        *titled_list("正在招募", "needs", [_need(kiosk, line) for line in view.needs], "cards"),
    ]


def _kind(view: Service, kind: str) -> Component:
    waiting, done = next((o, d) for k, o, d in view.kinds if k == kind)
    return html.Div(
        [
            html.Span(SERVICES[kind], className="name"),
            html.Span(
                ["招募 ", measured(integer(waiting), f"needs-open-{kind}", waiting)], className="wanted"
            ),
            html.Span(["已完成 ", measured(integer(done), f"needs-done-{kind}", done)], className="note"),
        ],
        className="service-kind",
    )


def _need(kiosk: Kiosk, line: Line) -> Component:
    kind = SERVICES.get(line.kind, "志愿服务")
    wanted: Component | str = ""
    if line.amount is not None:
        wanted = html.Span(
            ["招募 ", measured(integer(line.amount), "places-wanted", line.amount), " 人"], className="wanted"
        )
    return html.Div(
        [
            html.Div([html.Span(kind, className="tag"), wanted], className="card-head"),
            html.Div(line.title or f"{kind}志愿服务", className="title"),
            html.Div(line.place or f"{kiosk.profile.words.direct}单位", className="note"),
        ],
        className="card need",
        **attributes(data_kind=line.kind),
    )

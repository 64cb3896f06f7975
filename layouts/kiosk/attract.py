"""What the kiosk shows while nobody stands before it: large words and numbers, one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.formats import integer
from dashboard.kiosk.figures.silhouette import silhouette
from dashboard.kiosk.headline import Fact, headline
from layouts.kiosk.context import Kiosk
from layouts.kiosk.parts import attributes, svg
from layouts.measured import measured


def attract(kiosk: Kiosk) -> html.Div:
    """The slides; the page shows them in turn."""
    facts = {fact.measure: fact for fact in headline(kiosk.documents, kiosk.profile.words)}
    texts = kiosk.content.welcome
    slides: list[Sequence[Component | str]] = [
        [
            html.Div(kiosk.profile.owner, className="owner"),
            html.Div(texts.title, className="song"),
            html.Div(texts.motto, className="motto"),
        ],
        _number(facts["members"], "一名党员一面旗帜"),
        _number(facts["organisations"], "一个支部一座堡垒"),
    ]
    if kiosk.town_map is not None:
        slides.append(
            [html.Div("身边的党组织，就在地图上", className="song"), svg(kiosk.town_map.main, "map still")]
        )
    activities, service = kiosk.documents.activities, kiosk.documents.service
    held = [month.total for month in activities.months] if activities else []
    hours = [n or 0 for _, n in service.months] if service else []
    slides += [
        _number(facts["activities-month"], "组织生活，月月见行动", held),
        _number(facts["volunteer-hours"], "有需要的地方，就有党员志愿者", hours),
    ]
    return html.Div(
        [
            *(html.Div(list(slide), className="slide") for slide in slides if slide),
            html.Div("轻触屏幕开始", className="touch"),
        ],
        id="attract",
        className="attract",
        **attributes(aria_hidden="true"),
    )


def _number(fact: Fact, words: str, months: Sequence[int] = ()) -> Sequence[Component | str]:
    """The number over its months; nothing at all without a number."""
    if fact.value is None:
        return []
    columns = silhouette(months, fact.label)
    return [
        html.Div(fact.label, className="label"),
        html.Div(
            [measured(integer(fact.value), fact.measure, fact.value), html.Span(fact.unit, className="u")],
            className="huge",
        ),
        html.Div(words, className="song"),
        *([svg(columns, "months")] if columns else []),
    ]

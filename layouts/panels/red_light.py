"""The interruption of the wall by a new red light: branch and indicator in words."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.organisation_names import wall_name
from dashboard.theme import Theme
from data.queries.red_light import Interruption


def note(view: Interruption | None, theme: Theme) -> str:
    """Nothing: the interruption has no head."""
    return ""


def body(view: Interruption | None, theme: Theme) -> list[Component]:
    """The words with the moment the light came on; assets/red-light.js shows a newer one for ten seconds."""
    if view is None:
        return []
    light = view.light
    rules = {rule.id: rule for rule in theme.profile.indicators}
    rule = rules.get(light.indicator)
    words = [
        html.Span(className="octagon"),
        html.Span("红灯预警", className="red-light-title"),
        html.Span(wall_name(light.organisation, 16), className="red-light-organisation"),
        html.Span(rule.finding or rule.short if rule else "指标已停用", className="red-light-finding"),
    ]
    if view.others:
        words.append(html.Span(f"同时另有 {view.others} 条", className="red-light-others"))
    attributes: dict[str, Any] = {"data-raised-at": light.raised_at.isoformat()}
    return [html.Div(words, className="red-light-words", **attributes)]

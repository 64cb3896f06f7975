"""Places gained or lost as an arrow with a number."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component


def movement(climbed: int | None) -> Component:
    """Up or down by so many places, – for none; 新 for what was not ranked before."""
    if climbed is None:
        return html.Span("新", className="move c-gold")
    if climbed == 0:
        return html.Span("–", className="move c-mut")
    way, color = ("up", "c-ok") if climbed > 0 else ("down", "c-dn")
    return html.Span([html.Span(className=f"arrow {way}"), str(abs(climbed))], className=f"move {color}")

"""A number of branches with a light: shape, number, and no colour where there is none."""

from __future__ import annotations

from dash import html

from dashboard.formats import integer
from layouts.measured import measured


def light_count(level: str, count: float, measure: str) -> html.Span:
    """An octagon (red) or a triangle (yellow) before the number; a zero stands pale and without its shape."""
    shape = [html.Span(className=f"lamp {level}")] if count else []
    classes = f"light {level}" if count else f"light {level} none"
    return html.Span([*shape, measured(integer(count), measure, count)], className=classes)

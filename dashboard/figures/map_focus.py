"""The gold outline around the town in focus, over the party map and in its projection."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, polyline
from dashboard.map_geometry import district_geometry
from dashboard.theme import Theme
from data.queries.map_focus import MapFocus

SLUG = "map-focus"


def draw(view: MapFocus, theme: Theme) -> go.Figure:
    """An otherwise empty figure; a small town is outlined in the inset and, thinner, on the main map."""
    figure = canvas(theme, SLUG)
    if view.town is None:
        return figure
    place = district_geometry(theme, view.towns)
    magnified = place.inset is not None and view.town in place.inset.towns
    path = place.paths.get(view.town)
    if path is not None:
        polyline(figure, path, width=theme.px(3 if magnified else 5), color=theme.tokens.gold)
    if place.inset is not None and magnified:
        polyline(figure, place.inset.paths[view.town], width=theme.px(5), color=theme.tokens.gold)
    return figure

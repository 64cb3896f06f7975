"""The map of lights: towns by their share of lit branches, yellow triangles below red octagons."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas
from dashboard.figures.map_ground import draw_ground, draw_points
from dashboard.map_classes import Classes, classify
from dashboard.map_geometry import district_geometry
from dashboard.theme import Theme
from data.queries.light_map import LightMap

SLUG = "light-map"
# Height of the map in design pixels; the list of red branches stands below it.
MAP = 768
# Symbol, size in design pixels and opacity: red is what is looked for, yellow the ground it stands on.
YELLOW = ("triangle-up", 16, 0.85)
RED = ("octagon", 28, 1.0)


def classes_of(view: LightMap) -> Classes:
    """The limits the towns are coloured by, percent."""
    return classify([town.value for town in view.towns if town.value is not None])


def draw(view: LightMap, theme: Theme) -> go.Figure:
    """The ground of the party map in other colours, and the lights on it."""
    figure = canvas(theme, SLUG)
    place = district_geometry(theme, tuple(town.name for town in view.towns))
    limits = classes_of(view)
    fills: dict[str, list[str]] = {color: [] for color in (theme.tokens.ground2, *theme.tokens.blue)}
    for town in view.towns:
        color = theme.tokens.ground2 if town.value is None else theme.tokens.blue[limits.of(town.value)]
        fills[color].append(town.name)
    draw_ground(figure, place, fills, theme)
    for level, look, color in (("yellow", YELLOW, theme.tokens.warn), ("red", RED, theme.tokens.alarm)):
        symbol, size, opacity = look
        marks = [mark for mark in view.marks if mark.level == level]
        edge = {"width": theme.px(2), "color": "#06142B"}
        draw_points(
            figure, place, marks, size=theme.px(size), color=color, symbol=symbol, opacity=opacity, line=edge
        )
    return figure

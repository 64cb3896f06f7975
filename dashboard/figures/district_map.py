"""The party map: towns in five blues, organisations as points, lights as shapes."""

from __future__ import annotations

import math

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas
from dashboard.figures.map_ground import draw_ground, draw_points
from dashboard.map_classes import CLASSES, Classes, classify
from dashboard.map_geometry import SLUG, district_geometry
from dashboard.theme import Theme
from data.queries.district_map import DistrictMap

POINT = "#FFE9B8"
MARK_FLOOR = 0.66
# Marker of a light (visual.md: shape and word beside the colour) and its size in design pixels.
SYMBOLS = {"yellow": ("triangle-up", 19), "red": ("octagon", 29)}


def classes_of(view: DistrictMap) -> Classes:
    """The limits the towns are coloured by."""
    return classify([town.value for town in view.towns if town.value is not None])


def draw(view: DistrictMap, theme: Theme) -> go.Figure:
    """Areas, edges, points, lights and words in this order; the geometry is prepared once per wall."""
    figure = canvas(theme, SLUG)
    place = district_geometry(theme, tuple(town.name for town in view.towns))
    draw_ground(figure, place, _fills(view, theme), theme)
    draw_points(figure, place, view.points, size=theme.px(5), color=POINT, opacity=0.72)
    scale = mark_scale(len(view.marks))
    edge = {"width": theme.px(3 * scale), "color": "#06142B"}
    for level, color in (("yellow", theme.tokens.warn), ("red", theme.tokens.alarm)):
        symbol, size = SYMBOLS[level]
        marks = [mark for mark in view.marks if mark.level == level]
        draw_points(figure, place, marks, size=theme.px(size * scale), color=color, symbol=symbol, line=edge)
    return figure


def mark_scale(count: int) -> float:
    """Marks keep their size up to 80 of them, then shrink, so that 270 do not hide the towns below."""
    return max(MARK_FLOOR, min(1.0, math.sqrt(80 / max(count, 1))))


def _fills(view: DistrictMap, theme: Theme) -> dict[str, list[str]]:
    """Towns by the colour of their class, the lowest first; those without a value lie lower still."""
    limits = classes_of(view)
    found: dict[str, list[str]] = {
        color: [] for color in (theme.tokens.ground2, *theme.tokens.blue[:CLASSES])
    }
    for town in view.towns:
        color = theme.tokens.ground2 if town.value is None else theme.tokens.blue[limits.of(town.value)]
        found[color].append(town.name)
    return found

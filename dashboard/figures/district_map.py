"""The party map: towns in five blues on a plinth, organisations as points, lights as shapes, an inset."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from dashboard.figures.canvas import Path, canvas, filled, markers, polyline, text
from dashboard.map_classes import CLASSES, Classes, classify
from dashboard.map_geometry import SLUG, DistrictGeometry, Inset, district_geometry
from dashboard.map_labels import Rectangle
from dashboard.theme import Theme
from dashboard.town_names import common_kind
from data.queries.district_map import DistrictMap, Point

SHADOW = ((22, "#050F20"), (11, "#0E2E5C"))
EDGE = "#BFD9F7"
BORDER = "#0A1F3F"
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
    for offset, color in SHADOW:
        filled(figure, _moved(place.plinth, theme.px(offset)), color)
    by_class = _towns_by_class(view)
    _areas(figure, place.paths, by_class, theme, theme.px(2))
    polyline(figure, place.outline, width=theme.px(3), color=EDGE)
    figure.update_layout(annotations=_words(place, theme))
    if place.inset is not None:
        figure.update_layout(shapes=_inset_lines(place.inset, theme))
        _areas(figure, place.inset.paths, by_class, theme, theme.px(3))
    _points(figure, place, view.points, size=theme.px(5), color=POINT, opacity=0.72)
    scale = mark_scale(len(view.marks))
    edge = {"width": theme.px(3 * scale), "color": "#06142B"}
    for level, color in (("yellow", theme.tokens.warn), ("red", theme.tokens.alarm)):
        symbol, size = SYMBOLS[level]
        marks = [mark for mark in view.marks if mark.level == level]
        _points(figure, place, marks, size=theme.px(size * scale), color=color, symbol=symbol, line=edge)
    return figure


def mark_scale(count: int) -> float:
    """Marks keep their size up to 80 of them, then shrink, so that 270 do not hide the towns below."""
    return max(MARK_FLOOR, min(1.0, math.sqrt(80 / max(count, 1))))


def _towns_by_class(view: DistrictMap) -> dict[int | None, list[str]]:
    """Towns by class 0-4; None are towns without a value."""
    limits = classes_of(view)
    found: dict[int | None, list[str]] = {}
    for town in view.towns:
        found.setdefault(None if town.value is None else limits.of(town.value), []).append(town.name)
    return found


def _areas(
    figure: go.Figure,
    paths: dict[str, Path],
    by_class: dict[int | None, list[str]],
    theme: Theme,
    border_px: int,
) -> None:
    """One trace per class: a path may hold many areas, and 30 traces would cost the browser time."""
    for level in (None, *range(CLASSES)):
        members = [paths[name] for name in by_class.get(level, []) if name in paths]
        if members:
            fill = theme.tokens.ground2 if level is None else theme.tokens.blue[level]
            filled(figure, _joined(members), fill, width=border_px, color=BORDER)


def _points(figure: go.Figure, place: DistrictGeometry, points: Sequence[Point], **marker: Any) -> None:
    if not points:
        return
    lng, lat = np.array([p.lng for p in points]), np.array([p.lat for p in points])
    x, y = place.pixels(tuple(p.town for p in points), lng, lat)
    markers(figure, x.tolist(), y.tolist(), **marker)


def _words(place: DistrictGeometry, theme: Theme) -> list[dict[str, Any]]:
    size = theme.caption
    bold = {"weight": 700}
    names = [
        text(label.x, label.y, label.words, size=size, color="#FFFFFF", font=bold)
        for label in (*place.town_labels, *place.inset_labels)
    ]
    around = [
        text(label.x, label.y, label.words, size=size, color=theme.tokens.ink3)
        for label in place.neighbour_labels
    ]
    if place.inset is None:
        return names + around
    frame = place.inset.frame
    kind = common_kind(place.inset.towns)
    words = f"城区 {len(place.inset.towns)} {kind} ×{place.inset.times:.1f}"
    title = text(
        frame.x0 + theme.px(16),
        frame.y0 + size * 0.85,
        words,
        size=size,
        color=theme.tokens.gold_high,
        xanchor="left",
    )
    return [*names, *around, title]


def _inset_lines(inset: Inset, theme: Theme) -> list[dict[str, Any]]:
    """Both frames and the two leader lines between them."""
    gold = theme.tokens.gold
    solid = {"color": gold, "width": theme.px(2)}
    small, large = inset.origin, inset.frame
    leaders = (
        {"type": "line", "x0": x0, "y0": y0, "x1": x1, "y1": y1, "line": {**solid, "dash": "dot"}}
        for x0, y0, x1, y1 in inset.leaders()
    )
    return [
        {**_rectangle(small), "line": solid},
        {**_rectangle(large), "line": solid, "layer": "below", "fillcolor": "rgba(7,24,50,.55)"},
        *leaders,
    ]


def _rectangle(box: Rectangle) -> dict[str, Any]:
    corners = {"x0": box.x0, "y0": box.y0, "x1": box.x1, "y1": box.y1}
    return {"type": "rect", **{key: round(value, 1) for key, value in corners.items()}}


def _joined(paths: Sequence[Path]) -> Path:
    """Many areas as one path with breaks between."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for x, y in paths:
        xs += [*x, None]
        ys += [*y, None]
    return xs[:-1], ys[:-1]


def _moved(path: Path, down: float) -> Path:
    return path[0], [None if y is None else round(y + down, 1) for y in path[1]]

"""The areas of the towns as paths a figure can fill: fitted to a height, prepared once and kept in the process."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import shapely

from dashboard.area_file import AreaFile
from geo.projection import MapProjection, label_point, rings
from geo.town_areas import load_town_areas

# Degrees a border may move: less than half a pixel of a district as high as a card.
_TOLERANCE = 0.0004
_WIDEST = 1.9
Path = tuple[list[float | None], list[float | None]]


@dataclass(frozen=True)
class Shape:
    """One town in pixels, y downwards: its border, where a word stands best, and how wide and high the area is."""

    path: Path
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Shapes:
    """Towns by name; those nobody knows an area of are missing. ``label`` must stand on the map: schematic areas are
    no administrative borders."""

    towns: Mapping[str, Shape]
    width: float
    height: float
    label: str


@lru_cache(maxsize=8)
def town_shapes(
    code: str,
    towns: tuple[str, ...],
    seats: tuple[tuple[str, float, float], ...],
    areas: AreaFile | None,
    height: int,
) -> Shapes:
    """Fitted to ``height`` pixels, at most about twice as wide."""
    found = areas.load(code, towns) if areas else load_town_areas(code, towns, seats=seats)
    if not found.areas:
        return Shapes({}, 0, height, found.label)
    names, shapes = list(found.areas), list(found.areas.values())
    whole = shapely.union_all(shapes)
    width = min(_aspect(whole.bounds), _WIDEST) * height
    projection = MapProjection(whole.bounds, (0, 0, width, height))
    simple = shapely.coverage_simplify(shapes, _TOLERANCE)
    made = {}
    for name, area, drawn in zip(names, shapes, simple, strict=True):
        lng, lat = label_point(area)
        x, y = projection(lng, lat)
        west, south, east, north = projection.project(area).bounds
        made[name] = Shape(rings(drawn, projection), float(x), float(y), east - west, abs(north - south))
    return Shapes(made, width, height, found.label)


def _aspect(bounds: tuple[float, float, float, float]) -> float:
    west, south, east, north = bounds
    return (east - west) * math.cos(math.radians((south + north) / 2)) / (north - south)

"""Which towns are too small to carry their label on the map and go into an inset together."""

from collections.abc import Mapping

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.projection import MapProjection

LABEL_CHARACTERS = 2
FEWEST_TOWNS = 3


def inset_towns(
    areas: Mapping[str, BaseGeometry], projection: MapProjection, label_px: float = 28.0
) -> tuple[str, ...]:
    """Names of the largest touching group of towns in which a two-character label of `label_px` does not fit.

    In the order of `areas`; empty where fewer than three such towns touch.
    """
    small = {name: area for name, area in areas.items() if not _fits(projection.project(area), label_px)}
    group = max(_touching_groups(small), key=len, default=set())
    return tuple(name for name in small if name in group) if len(group) >= FEWEST_TOWNS else ()


def inset_bounds(
    areas: Mapping[str, BaseGeometry], names: tuple[str, ...]
) -> tuple[float, float, float, float]:
    """(west, south, east, north) in degrees of the towns of an inset."""
    west, south, east, north = np.array([areas[name].bounds for name in names]).T
    return float(west.min()), float(south.min()), float(east.max()), float(north.max())


def _fits(area_px: BaseGeometry, label_px: float) -> bool:
    """A town carries its label when the circle inside it is as wide as the label."""
    part = max(shapely.get_parts(area_px), key=lambda piece: piece.area)
    radius = shapely.maximum_inscribed_circle(part, tolerance=0.5).length
    return bool(2 * radius >= LABEL_CHARACTERS * label_px)


def _touching_groups(areas: Mapping[str, BaseGeometry]) -> list[set[str]]:
    groups: list[set[str]] = []
    for name, area in areas.items():
        joined = [group for group in groups if any(area.intersects(areas[other]) for other in group)]
        groups = [group for group in groups if group not in joined]
        groups.append({name}.union(*joined))
    return groups

"""From points to the town they lie in."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.plane import Floats, Plane

NEAR_M = 300.0


@dataclass(frozen=True, slots=True)
class Located:
    """One entry per point: the town or None, and whether the point lies outside it but within the tolerance."""

    towns: list[str | None]
    near: NDArray[np.bool_]


class TownLocator:
    """Finds the town of many points at once; areas and points in WGS-84 degrees."""

    def __init__(self, areas: Mapping[str, BaseGeometry], near_m: float = NEAR_M) -> None:
        self._names = list(areas)
        self._near_m = near_m
        self._plane = Plane.around(shapely.GeometryCollection(list(areas.values())))
        self._tree = shapely.STRtree([self._plane.metres(area) for area in areas.values()])

    def locate(self, lng: Floats, lat: Floats) -> Located:
        """The town of each point; on a common border the first in the order of the areas; NaN is nowhere."""
        points = shapely.points(np.column_stack([np.atleast_1d(lng), np.atleast_1d(lat)]).astype(float))
        flat = np.asarray(self._plane.metres(points))
        found = np.full(len(flat), len(self._names), dtype=np.intp)
        point, town = self._tree.query(flat, predicate="intersects")
        np.minimum.at(found, point, town)
        near = np.zeros(len(flat), dtype=np.bool_)
        lost = np.flatnonzero((found == len(self._names)) & np.isfinite(shapely.get_x(flat)))
        point, town = self._tree.query_nearest(flat[lost], max_distance=self._near_m)
        np.minimum.at(found, lost[point], town)
        near[lost[point]] = True
        names: list[str | None] = [*self._names, None]
        return Located([names[index] for index in found], near)

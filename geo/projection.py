"""From degrees to panel pixels: the map projection, polygon rings and the place of a label."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.plane import METRES_PER_DEGREE, Floats

Box = tuple[float, float, float, float]


class MapProjection:
    """Equirectangular with cos(latitude), fitted and centred into a pixel box; y grows downwards.

    `bounds` is (west, south, east, north) in degrees, `box` is (left, top, right, bottom) in px.
    """

    def __init__(self, bounds: Box, box: Box) -> None:
        west, south, east, north = bounds
        left, top, right, bottom = box
        self.shrink = float(np.cos(np.radians((south + north) / 2)))
        width, height = (east - west) * self.shrink, north - south
        self.px_per_degree = min((right - left) / width, (bottom - top) / height)
        self.west, self.north = west, north
        self.left = left + ((right - left) - width * self.px_per_degree) / 2
        self.top = top + ((bottom - top) - height * self.px_per_degree) / 2

    @property
    def px_per_km(self) -> float:
        """Pixels per kilometre, the same in both directions."""
        return self.px_per_degree * 1000 / METRES_PER_DEGREE

    def __call__(self, lng: Floats | float, lat: Floats | float) -> tuple[Floats, Floats]:
        """Pixels (x, y) of degrees."""
        x = self.left + (np.asarray(lng, dtype=float) - self.west) * self.shrink * self.px_per_degree
        y = self.top + (self.north - np.asarray(lat, dtype=float)) * self.px_per_degree
        return x, y

    def project(self, geometry: BaseGeometry) -> BaseGeometry:
        """The geometry in pixels."""
        return shapely.transform(geometry, lambda xy: np.column_stack(self(xy[:, 0], xy[:, 1])))


def label_point(geometry: BaseGeometry) -> tuple[float, float]:
    """(lng, lat) of the pole of inaccessibility of the largest part: a label there stays inside."""
    part = max(shapely.get_parts(geometry), key=lambda piece: piece.area)
    shrink = np.array([np.cos(np.radians(part.centroid.y)), 1.0])
    flat = shapely.transform(part, lambda xy: xy * shrink)
    west, south, east, north = flat.bounds
    circle = shapely.maximum_inscribed_circle(flat, tolerance=max(east - west, north - south) / 500)
    x, y = shapely.get_coordinates(circle)[0] / shrink
    return float(x), float(y)


def rings(geometry: BaseGeometry, projection: MapProjection) -> tuple[list[float | None], list[float | None]]:
    """x and y lists in px for a filled line: rings separated by None, rounded to 0.1 px.

    Exteriors run clockwise as (lng, lat), as Plotly's maps ask for; holes run the other way. Points that fall
    on their predecessor after rounding are dropped.
    """
    xs: list[float | None] = []
    ys: list[float | None] = []
    for ring in _oriented_rings(geometry):
        if xs:
            xs.append(None)
            ys.append(None)
        degrees = shapely.get_coordinates(ring)
        pixels = np.round(np.column_stack(projection(degrees[:, 0], degrees[:, 1])), 1)
        fresh = np.append(True, np.any(np.diff(pixels, axis=0) != 0, axis=1))
        xs.extend(pixels[fresh, 0].tolist())
        ys.extend(pixels[fresh, 1].tolist())
    return xs, ys


def _oriented_rings(geometry: BaseGeometry) -> Sequence[BaseGeometry]:
    clockwise = shapely.orient_polygons(geometry, exterior_cw=True)
    return [ring for part in shapely.get_parts(clockwise) for ring in (part.exterior, *part.interiors)]

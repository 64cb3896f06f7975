"""Datum conversion between WGS-84, CGCS2000, GCJ-02 and BD-09, and finding an undeclared datum by misfit.

GCJ-02 after the published formulas (as in fast-geocn). BD-09 uses the period pi * 3000 / 180 of the published
formula; fast-geocn 1.1.3 uses pi there and is off by up to 80 m, therefore it is not used.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import DatumUnknownError
from geo.plane import Floats, Plane

KRASOVSKY_AXIS_M = 6378245.0
KRASOVSKY_EE = 0.00669342162296594323
BAIDU_PERIOD = np.pi * 3000.0 / 180.0
OUTLINE_SAMPLES = 400

Shift = Callable[[Floats, Floats], tuple[Floats, Floats]]


class Datum(StrEnum):
    """A datum Chinese map data comes in; CGCS2000 and WGS-84 agree to a decimetre and count as one."""

    WGS84 = "WGS-84"
    CGCS2000 = "CGCS2000"
    GCJ02 = "GCJ-02"
    BD09 = "BD-09"

    @classmethod
    def parse(cls, name: str) -> "Datum":
        """The datum of this name, written with or without dash and in any case; DatumUnknownError otherwise."""
        key = name.strip().replace("-", "").replace("_", "").replace(" ", "").upper()
        for datum in cls:
            if datum.value.replace("-", "") == key:
                return datum
        raise DatumUnknownError(name, tuple(cls))


@dataclass(frozen=True, slots=True)
class DatumFit:
    """The datum that fits best and the misfit of every candidate in metres."""

    datum: Datum
    misfit_m: dict[Datum, float]

    @property
    def certain(self) -> bool:
        """Whether the best candidate misses by less than 60 % of the second best."""
        best, second, *_ = sorted(self.misfit_m.values())
        return best < 0.6 * second


def to_wgs84(lng: Floats, lat: Floats, datum: Datum) -> tuple[Floats, Floats]:
    """Degrees in `datum` to degrees in WGS-84; exact to a millimetre within China."""
    if datum is Datum.GCJ02:
        return _inverse(_gcj02_from_wgs84, lng, lat)
    if datum is Datum.BD09:
        return _inverse(_gcj02_from_wgs84, *_inverse(_bd09_from_gcj02, lng, lat))
    return np.asarray(lng, dtype=float), np.asarray(lat, dtype=float)


def from_wgs84(lng: Floats, lat: Floats, datum: Datum) -> tuple[Floats, Floats]:
    """Degrees in WGS-84 to degrees in `datum`."""
    lng, lat = np.asarray(lng, dtype=float), np.asarray(lat, dtype=float)
    if datum is Datum.GCJ02:
        return _gcj02_from_wgs84(lng, lat)
    if datum is Datum.BD09:
        return _bd09_from_gcj02(*_gcj02_from_wgs84(lng, lat))
    return lng, lat


def geometry_to_wgs84(geometry: BaseGeometry, datum: Datum) -> BaseGeometry:
    """A geometry in `datum` as one in WGS-84."""
    return shapely.transform(geometry, lambda xy: np.column_stack(to_wgs84(xy[:, 0], xy[:, 1], datum)))


def geometry_from_wgs84(geometry: BaseGeometry, datum: Datum) -> BaseGeometry:
    """A geometry in WGS-84 as one in `datum`."""
    return shapely.transform(geometry, lambda xy: np.column_stack(from_wgs84(xy[:, 0], xy[:, 1], datum)))


def detect_datum(geometry: BaseGeometry, outline: BaseGeometry) -> DatumFit:
    """The datum in which the border of `geometry` lies closest to that of `outline` (WGS-84).

    Misfit is the median distance from points along the outline to the converted border: the median
    ignores towns that are missing and corners the outline has rounded off.
    """
    plane = Plane.around(outline)
    border = plane.metres(outline).boundary
    points = shapely.line_interpolate_point(border, np.linspace(0, 1, OUTLINE_SAMPLES), normalized=True)
    misfit = {}
    for datum in (Datum.WGS84, Datum.GCJ02, Datum.BD09):
        candidate = plane.metres(geometry_to_wgs84(geometry.boundary, datum))
        misfit[datum] = float(np.median(shapely.distance(points, candidate)))
    return DatumFit(min(misfit, key=lambda datum: misfit[datum]), misfit)


def _inverse(forward: Shift, lng: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Fixed-point inverse of a small shift; ten rounds leave less than 1e-10 degree."""
    lng, lat = np.asarray(lng, dtype=float), np.asarray(lat, dtype=float)
    x, y = lng, lat
    for _ in range(10):
        there_x, there_y = forward(x, y)
        x, y = x + (lng - there_x), y + (lat - there_y)
    return x, y


def _bd09_from_gcj02(lng: Floats, lat: Floats) -> tuple[Floats, Floats]:
    radius = np.hypot(lng, lat) + 0.00002 * np.sin(lat * BAIDU_PERIOD)
    angle = np.arctan2(lat, lng) + 0.000003 * np.cos(lng * BAIDU_PERIOD)
    return np.asarray(radius * np.cos(angle) + 0.0065), np.asarray(radius * np.sin(angle) + 0.006)


def _gcj02_from_wgs84(lng: Floats, lat: Floats) -> tuple[Floats, Floats]:
    x, y = lng - 105.0, lat - 35.0
    radians = np.radians(lat)
    curvature = 1 - KRASOVSKY_EE * np.sin(radians) ** 2
    north_m = KRASOVSKY_AXIS_M * (1 - KRASOVSKY_EE) / (curvature * np.sqrt(curvature))
    east_m = KRASOVSKY_AXIS_M / np.sqrt(curvature) * np.cos(radians)
    return lng + np.degrees(_gcj02_east_m(x, y) / east_m), lat + np.degrees(_gcj02_north_m(x, y) / north_m)


def _ripple(x: Floats) -> Floats:
    return np.asarray(20 * np.sin(6 * np.pi * x) + 20 * np.sin(2 * np.pi * x))


def _gcj02_north_m(x: Floats, y: Floats) -> Floats:
    drift = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x))
    waves = 20 * np.sin(np.pi * y) + 40 * np.sin(np.pi * y / 3)
    swell = 160 * np.sin(np.pi * y / 12) + 320 * np.sin(np.pi * y / 30)
    return np.asarray(drift + (_ripple(x) + waves + swell) * 2 / 3)


def _gcj02_east_m(x: Floats, y: Floats) -> Floats:
    drift = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x))
    waves = 20 * np.sin(np.pi * x) + 40 * np.sin(np.pi * x / 3)
    swell = 150 * np.sin(np.pi * x / 12) + 300 * np.sin(np.pi * x / 30)
    return np.asarray(drift + (_ripple(x) + waves + swell) * 2 / 3)

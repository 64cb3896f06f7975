"""A flat local metre grid around a place, good to a few metres over a district."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

METRES_PER_DEGREE = 111_195.0

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Plane:
    """Equirectangular metres east and north of (lng, lat)."""

    lng: float
    lat: float

    @classmethod
    def around(cls, geometry: BaseGeometry) -> "Plane":
        """The plane whose origin is the middle of the bounding box."""
        west, south, east, north = geometry.bounds
        return cls((west + east) / 2, (south + north) / 2)

    @property
    def scale(self) -> Floats:
        """Metres per degree of longitude and of latitude."""
        return np.array([np.cos(np.radians(self.lat)), 1.0]) * METRES_PER_DEGREE

    def metres(self, geometry: Any) -> Any:
        """The geometry, or array of geometries, in metres."""
        return shapely.transform(geometry, lambda xy: (xy - [self.lng, self.lat]) * self.scale)

    def degrees(self, geometry: Any) -> Any:
        """The geometry, or array of geometries, back in degrees."""
        return shapely.transform(geometry, lambda xy: xy / self.scale + [self.lng, self.lat])

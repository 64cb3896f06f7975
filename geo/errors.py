"""Everything that can be wrong with place data, as one small tree.

GeoError
├── PlaceUnknownError       a district or town the built-in place facts do not know
├── DatumUnknownError       a datum name nobody uses
└── TownFileError           the customer's own file of town areas
    ├── FileUnreadableError     not there, not a format we read, no coordinate system
    ├── NoTownMatchedError      no column carries the town names of the district
    ├── FileMisplacedError      the areas do not lie on the district in any datum
    └── GeometryRefusedError    one town's geometry cannot be repaired
"""

from pathlib import Path


class GeoError(Exception):
    """Root of the tree."""


class PlaceUnknownError(GeoError):
    """A district or town the built-in place facts do not know."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason


class DatumUnknownError(GeoError):
    """A datum name nobody uses."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"datum {name!r} is unknown; known are {', '.join(known)}")
        self.name = name
        self.known = known


class TownFileError(GeoError):
    """The customer's file of town areas cannot be used; `town` is None where the whole file is meant."""

    def __init__(self, path: Path, reason: str, town: str | None = None) -> None:
        place = f"{path}: town {town}" if town else f"{path}"
        super().__init__(f"{place}: {reason}")
        self.path = path
        self.reason = reason
        self.town = town


class FileUnreadableError(TownFileError):
    """The file is not there, not in a format we read, or has no usable coordinate system."""


class NoTownMatchedError(TownFileError):
    """No column of the file carries the town names of the district."""


class FileMisplacedError(TownFileError):
    """The areas do not lie on the district, whatever datum is assumed."""


class GeometryRefusedError(TownFileError):
    """The geometry of one town cannot be repaired to an area."""

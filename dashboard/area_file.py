"""The customer's own town areas, where there are any: the file and the datum it is declared in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from data.errors import SettingError
from geo.datum import Datum
from geo.errors import TownFileError
from geo.town_areas import TownAreas, load_town_areas


@dataclass(frozen=True)
class AreaFile:
    """A GeoJSON, Shapefile or GeoPackage by town name; ``datum`` empty: found by misfit."""

    path: Path
    datum: str = ""

    def load(self, district_code: str, towns: Sequence[str]) -> TownAreas:
        """The areas of these towns, in their order. Raises SettingError naming the file and what is wrong with it."""
        datum = Datum.parse(self.datum) if self.datum else None
        try:
            return load_town_areas(district_code, towns, self.path, datum)
        except TownFileError as error:
            place = f"town {error.town}: " if error.town else ""
            raise SettingError("TOWN_AREAS", str(self.path), f"{place}{error.reason}") from error

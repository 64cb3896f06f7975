"""The customer's own town areas, where there are any: the file and the datum it is declared in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class AreaFile:
    """A GeoJSON, Shapefile or GeoPackage by town name; ``datum`` empty: found by misfit."""

    path: Path
    datum: str = ""

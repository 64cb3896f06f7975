"""Reading a customer's GeoJSON, Shapefile (.shp or .zip) or GeoPackage: features in degrees with their town."""

import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyogrio.errors
import pyogrio.raw
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import FileUnreadableError, NoTownMatchedError
from geo.town_names import TownNames

SHAPEFILE_PARTS = {".shp", ".shx", ".dbf", ".prj", ".cpg"}
# A .dbf without .cpg does not say its encoding; Chinese ones are GBK or UTF-8.
ENCODINGS = (None, "GBK", "UTF-8")


@dataclass(frozen=True, slots=True)
class TownFeature:
    """One feature of the file: the cell that names it, the town it means (None: not ours), its geometry."""

    spelling: str
    town: str | None
    geometry: BaseGeometry | None


def read_town_features(path: Path, names: TownNames, name_field: str | None = None) -> list[TownFeature]:
    """Features in file order, reprojected to EPSG:4490 degrees; FileUnreadableError, NoTownMatchedError.

    The layer, encoding and name column are those in which most towns of the district are found.
    """
    if not path.is_file():
        raise FileUnreadableError(path, "there is no such file")
    if path.suffix.lower() != ".zip":
        return _read(path, path, names, name_field)
    with tempfile.TemporaryDirectory() as folder:
        return _read(path, _unpacked_shapefile(path, Path(folder)), names, name_field)


def _read(path: Path, source: Path, names: TownNames, name_field: str | None) -> list[TownFeature]:
    try:
        best = max(_candidates(source, names, name_field), key=lambda candidate: candidate[0], default=None)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise FileUnreadableError(path, f"not a map file that can be read ({error})") from error
    if best is None or best[0] == 0:
        column = f"column {name_field!r}" if name_field else "no column"
        raise NoTownMatchedError(path, f"{column} names a town of the district, such as {names.names[0]}")
    _, cells, wkb, crs = best
    degrees = _in_degrees(path, shapely.from_wkb(wkb, on_invalid="fix"), crs)
    return [
        TownFeature(str(cell).strip(), names.match(cell), geometry)
        for cell, geometry in zip(cells, degrees, strict=True)
    ]


def _candidates(
    source: Path, names: TownNames, name_field: str | None
) -> Iterator[tuple[int, list[object], Any, str | None]]:
    """(towns found, name cells, WKB, CRS) of every layer, encoding and text column."""
    encodings = ENCODINGS if source.suffix.lower() == ".shp" else (None,)
    for layer, _ in pyogrio.list_layers(source):
        for encoding in encodings:
            try:
                meta, _, wkb, columns = pyogrio.raw.read(source, layer=layer, encoding=encoding)
            except UnicodeDecodeError:
                continue
            for field, column in zip(meta["fields"], columns, strict=True):
                if column.dtype == object and wkb is not None and name_field in (None, field):
                    yield names.count(column), list(column), wkb, meta["crs"]


def _in_degrees(path: Path, geometries: Any, crs: str | None) -> Any:
    known = geometries[~shapely.is_missing(geometries)]
    if crs is None:
        if len(known) and np.abs(shapely.total_bounds(known)).max() > 180:
            raise FileUnreadableError(
                path, "coordinates are not degrees and no coordinate system is declared"
            )
        return geometries
    declared = pyproj.CRS.from_user_input(crs)
    if declared.to_epsg() in (4326, 4490):
        return geometries
    step = pyproj.Transformer.from_crs(declared, "EPSG:4490", always_xy=True)
    return shapely.transform(geometries, lambda xy: np.column_stack(step.transform(xy[:, 0], xy[:, 1])))


def _unpacked_shapefile(path: Path, folder: Path) -> Path:
    """The first shapefile of an archive under a plain name: names inside may be in any encoding or folder."""
    try:
        with zipfile.ZipFile(path) as archive:
            stems = [name[:-4] for name in archive.namelist() if name.lower().endswith(".shp")]
            if not stems:
                raise FileUnreadableError(path, "the archive holds no .shp")
            for name in archive.namelist():
                suffix = Path(name).suffix.lower()
                if suffix in SHAPEFILE_PARTS and name[: -len(suffix)] == stems[0]:
                    (folder / f"areas{suffix}").write_bytes(archive.read(name))
    except zipfile.BadZipFile as error:
        raise FileUnreadableError(path, "not a zip archive") from error
    return folder / "areas.shp"

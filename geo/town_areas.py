"""The town areas a map shows: the customer's own by town name, or the schematic partition."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import shapely
from shapely.geometry.base import BaseGeometry

from geo.datum import Datum, detect_datum, geometry_to_wgs84
from geo.errors import FileMisplacedError, GeometryRefusedError
from geo.outlines import district_outline
from geo.partition import Seat, schematic_areas
from geo.town_names import TownNames

if TYPE_CHECKING:
    from geo.town_files import TownFeature

SCHEMATIC_LABEL = "示意图 · 非行政区界线"
FARTHEST_MISFIT_M = 5000.0
VERTEX_BUDGET = 8000
OVERLAP_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class TownAreas:
    """Town name → area in WGS-84, whether it is only schematic, and what was noticed on the way."""

    areas: Mapping[str, BaseGeometry]
    schematic: bool
    findings: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The words the map must carry; empty for the customer's own areas."""
        return SCHEMATIC_LABEL if self.schematic else ""


def load_town_areas(
    district_code: str,
    towns: Iterable[str],
    path: Path | None = None,
    datum: Datum | None = None,
    name_field: str | None = None,
    seats: tuple[Seat, ...] = (),
) -> TownAreas:
    """Areas of `towns` in their order; towns without area are named in the findings.

    Without `path`: the schematic partition, of `seats` where the place facts know none. With it: every town found
    in the file; raises TownFileError.
    `datum` None: found by misfit against the district outline.
    """
    names = TownNames(towns)
    if path is None:
        known = schematic_areas(district_code, seats)
        areas = {town: known[town] for town in names.names if town in known}
        return TownAreas(areas, True, _missing(names, areas, "the place facts"))
    # Imported here: the readers of map files cost a second of every start that has no such file.
    from geo.town_files import read_town_features

    features = read_town_features(path, names, name_field)
    findings = [f"{path.name}: {f.spelling} is not a town of the district" for f in features if not f.town]
    found = _by_town(path, features, findings)
    areas = {town: found[town] for town in names.names if town in found}
    areas = _in_wgs84(path, areas, district_outline(district_code), datum, findings)
    findings += _missing(names, areas, path.name) + _overlaps(path, areas)
    return TownAreas(_within_budget(path, areas, findings), False, findings)


def _by_town(path: Path, features: Sequence["TownFeature"], findings: list[str]) -> dict[str, BaseGeometry]:
    parts: dict[str, list[BaseGeometry]] = {}
    for feature in features:
        if feature.town:
            area = _repaired(path, feature.town, feature.geometry, findings)
            parts.setdefault(feature.town, []).append(area)
    for town, areas in parts.items():
        if len(areas) > 1:
            findings.append(f"{path.name}: {town} appears {len(areas)} times, its areas are joined")
    return {town: shapely.union_all(areas) for town, areas in parts.items()}


def _repaired(path: Path, town: str, geometry: BaseGeometry | None, findings: list[str]) -> BaseGeometry:
    if geometry is None or geometry.is_empty:
        raise GeometryRefusedError(path, "the geometry is empty", town)
    if shapely.get_dimensions(geometry) < 2:
        raise GeometryRefusedError(path, f"a {geometry.geom_type} is not an area", town)
    if not shapely.is_valid(geometry):
        reason = shapely.is_valid_reason(geometry)
        findings.append(f"{path.name}: repaired polygon of {town} ({reason})")
        geometry = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    pieces = [part for part in shapely.get_parts(geometry) if shapely.get_dimensions(part) == 2]
    area = shapely.force_2d(shapely.union_all(pieces))
    if not area.area > 0:
        raise GeometryRefusedError(path, "nothing with an area is left after repair", town)
    return area


def _in_wgs84(
    path: Path,
    areas: dict[str, BaseGeometry],
    outline: BaseGeometry,
    declared: Datum | None,
    findings: list[str],
) -> dict[str, BaseGeometry]:
    fit = detect_datum(shapely.union_all(list(areas.values())), outline)
    misfit = ", ".join(f"{datum} {metres:.0f} m" for datum, metres in fit.misfit_m.items())
    if fit.misfit_m[fit.datum] > FARTHEST_MISFIT_M:
        raise FileMisplacedError(path, f"the areas do not lie on the district (misfit {misfit})")
    datum = declared or (fit.datum if fit.certain else Datum.WGS84)
    if declared is None:
        how = "detected" if fit.certain else "unclear, taken as"
        findings.append(f"{path.name}: datum {how} {datum}, misfit {misfit}")
    elif fit.certain and fit.misfit_m[fit.datum] < 0.6 * fit.misfit_m.get(
        declared, fit.misfit_m[Datum.WGS84]
    ):
        findings.append(
            f"{path.name}: datum declared {declared}, but {fit.datum} fits better, misfit {misfit}"
        )
    return {town: geometry_to_wgs84(area, datum) for town, area in areas.items()}


def _missing(names: TownNames, areas: Mapping[str, BaseGeometry], source: str) -> list[str]:
    return [f"{source}: no area for {town}" for town in names.names if town not in areas]


def _overlaps(path: Path, areas: Mapping[str, BaseGeometry]) -> list[str]:
    towns, shapes = list(areas), list(areas.values())
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    return [
        f"{path.name}: {towns[i]} and {towns[j]} overlap"
        for i, j in zip(left, right, strict=True)
        if i < j
        and shapes[i].intersection(shapes[j]).area > OVERLAP_SHARE * min(shapes[i].area, shapes[j].area)
    ]


def _within_budget(
    path: Path, areas: dict[str, BaseGeometry], findings: list[str]
) -> dict[str, BaseGeometry]:
    """Simplify survey-grade areas to what a screen can draw; shared borders stay shared."""
    shapes = list(areas.values())
    before = int(shapely.get_num_coordinates(shapes).sum())
    tolerance = 0.00005
    while shapely.get_num_coordinates(shapes).sum() > VERTEX_BUDGET and tolerance < 0.002:
        shapes = list(shapely.coverage_simplify(list(areas.values()), tolerance))
        tolerance *= 2
    after = int(shapely.get_num_coordinates(shapes).sum())
    if after < before:
        findings.append(f"{path.name}: {before} vertices simplified to {after}")
    return dict(zip(areas, shapes, strict=True))

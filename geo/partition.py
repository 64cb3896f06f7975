"""Schematic town areas: a Voronoi partition of points known to lie in each town, clipped to the outline."""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import PlaceUnknownError
from geo.outlines import district_outline
from geo.places import Seed, read_seeds, read_towns
from geo.plane import Plane

# Visvalingam tolerances in metres, tried from calm to rough until every seed still lies in its own town.
TOLERANCES_M = (900.0, 600.0, 400.0, 300.0, 200.0, 150.0, 100.0, 60.0)
SHAPE_KEPT_SHARE = 0.85
# A town is a few kilometres wide: so much lies around the outermost seats of a district nobody outlined.
HULL_MARGIN_DEGREES = 0.03

# Town, longitude, latitude of its seat.
Seat = tuple[str, float, float]


@cache
def schematic_areas(district_code: str, seats: tuple[Seat, ...] = ()) -> Mapping[str, BaseGeometry]:
    """Town name → area in WGS-84, covering the outline without overlap; PlaceUnknownError without any point.

    A town without seeds is drawn around its seat: of ``seats``, or of the place facts. Shared borders are shared
    point by point. Where no outline is known the towns fill the hull of their points.
    """
    seeds = [*read_seeds(district_code), *_seats(district_code, seats)]
    if not seeds:
        raise PlaceUnknownError(district_code, "neither seeds nor seats of its towns are known")
    return partition(seeds, _outline(district_code, seeds))


def _seats(district_code: str, seats: tuple[Seat, ...]) -> list[Seed]:
    """One point for every town that has no seed."""
    seeded = {seed.town for seed in read_seeds(district_code)}
    if not seats and seeded:
        seats = tuple((town.name, town.lng, town.lat) for town in read_towns(district_code))
    return [Seed(district_code, name, lng, lat) for name, lng, lat in seats if name not in seeded]


def _outline(district_code: str, seeds: Sequence[Seed]) -> BaseGeometry:
    try:
        return district_outline(district_code)
    except PlaceUnknownError:
        points = shapely.MultiPoint([(seed.lng, seed.lat) for seed in seeds])
        return points.convex_hull.buffer(HULL_MARGIN_DEGREES)


def partition(seeds: Sequence[Seed], outline: BaseGeometry) -> dict[str, BaseGeometry]:
    """Town name → area of the outline nearer to a seed of this town than to any other, borders calmed."""
    plane = Plane.around(outline)
    flat = plane.metres(outline)
    points = [plane.metres(shapely.Point(seed.lng, seed.lat)) for seed in seeds]
    owners = [seed.town for seed in seeds]
    raw = _without_strays(_cells(points, owners, flat), points, owners)
    return {town: plane.degrees(area) for town, area in _calm(raw, points, owners).items()}


def _cells(
    points: Sequence[shapely.Point], owners: Sequence[str], outline: BaseGeometry
) -> dict[str, BaseGeometry]:
    reach = outline.buffer(2 * outline.length)
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=reach, ordered=True)
    )
    by_town: dict[str, list[BaseGeometry]] = {}
    for cell, town in zip(cells, owners, strict=True):
        by_town.setdefault(town, []).append(cell)
    # Clipping all towns by one overlay keeps the nodes on the outline common to both neighbours.
    borders = [shapely.coverage_union_all(parts).boundary for parts in by_town.values()]
    lines = shapely.union_all([outline.boundary, *borders])
    faces = shapely.get_parts(shapely.polygonize([lines]))
    inside = [face for face in faces if outline.contains(face.representative_point())]
    tree = shapely.STRtree(cells)
    areas: dict[str, list[BaseGeometry]] = {}
    for face in inside:
        cell = tree.query(face.representative_point(), predicate="within")[0]
        areas.setdefault(owners[int(cell)], []).append(face)
    return {town: shapely.coverage_union_all(parts) for town, parts in sorted(areas.items())}


def _without_strays(
    areas: dict[str, BaseGeometry], points: Sequence[shapely.Point], owners: Sequence[str]
) -> dict[str, BaseGeometry]:
    """Give every part that holds no seed of its town to the neighbour with the longest common border."""
    kept: dict[str, list[BaseGeometry]] = {}
    strays: list[tuple[str, BaseGeometry]] = []
    for town, area in areas.items():
        own = shapely.MultiPoint([p for p, owner in zip(points, owners, strict=True) if owner == town])
        parts = sorted(shapely.get_parts(area), key=lambda part: -part.area)
        seeded = [part for part in parts if part.intersects(own)] or parts[:1]
        kept[town] = seeded
        strays += [(town, part) for part in parts if part not in seeded]
    for town, stray in strays:
        border = {
            other: sum(shapely.length(stray.boundary.intersection(part.boundary)) for part in parts)
            for other, parts in kept.items()
        }
        heir = max(border, key=lambda other: border[other])
        kept[heir if border[heir] > 0 else town].append(stray)
    return {town: shapely.coverage_union_all(parts) for town, parts in kept.items()}


def _calm(
    areas: dict[str, BaseGeometry], points: Sequence[shapely.Point], owners: Sequence[str]
) -> dict[str, BaseGeometry]:
    """Simplify the inner borders together, as far as every town keeps its seeds and nearly its shape."""
    names = list(areas)
    raw = np.array([areas[name] for name in names])
    home = [names.index(owner) for owner in owners]
    held = shapely.intersects(raw[home], points)
    for tolerance_m in TOLERANCES_M:
        calm = shapely.coverage_simplify(raw, tolerance_m, simplify_boundary=False)
        common = shapely.area(shapely.intersection(raw, calm)) / shapely.area(shapely.union(raw, calm))
        seeded = np.all(shapely.intersects(calm[home], points) | ~held)
        if seeded and common.min() > SHAPE_KEPT_SHARE and shapely.coverage_is_valid(calm):
            return dict(zip(names, calm, strict=True))
    return areas

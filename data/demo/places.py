"""Where organisations stand: villages spread over their town's area, branches of a village close together."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from data.demo.timeline import Array
from data.demo.tree import Tree
from geo.errors import PlaceUnknownError
from geo.partition import schematic_areas

_MARGIN_DEG = 0.0012
_DISC_DEG = 0.02
_CITY_TOWNS = ("subdistrict",)
# Branches of the district's own units that stand all over it; the others sit where the district does.
_SCATTERED = ("school", "hospital", "soe", "private_enterprise", "park_building", "social_org")


def organisation_points(tree: Tree, rng: np.random.Generator) -> tuple[Array, Array]:
    """Longitude and latitude of every organisation, in order of ``tree.orgs``; groups get their branch's.

    Organisations of a container that belongs to no town stand close to it.
    """
    try:
        areas = schematic_areas(tree.spec.code)
    except PlaceUnknownError:
        areas = {}
    towns = {d.division_id: d for d in tree.divisions if d.lng is not None}
    home = {number: np.array([d.lng, d.lat], dtype=float) for number, d in towns.items()}
    district = shapely.union_all(list(areas.values())) if areas else None
    inner = {number: _inner(areas, d.name, home[number], district) for number, d in towns.items()}
    seat = [home[n] for n, d in towns.items() if d.name == tree.spec.seat]
    subdistricts = [home[n] for n, d in towns.items() if d.kind in _CITY_TOWNS]
    city = np.median(seat or subdistricts or list(home.values()), axis=0)
    areas_of_towns = list(inner.values())
    points = {d.division_id: _inside(inner[d.parent], rng) for d in tree.divisions if d.parent in inner}
    found = np.empty((len(tree.orgs), 2))
    for n, org in enumerate(tree.orgs):
        if org.org_type == "party_group":
            found[n] = found[org.parent - 1]
        elif org.division in points:
            found[n] = _near(points[org.division], inner[org.town], rng)
        elif org.town:
            found[n] = home[org.town] if org.parent == 1 else _inside(inner[org.town], rng)
        elif org.parent > 1 and tree.orgs[org.parent - 1].parent > 1:
            found[n] = found[org.parent - 1] + rng.normal(0, 0.0011, 2)
        elif org.parent > 1 and org.sector in _SCATTERED and rng.random() < 0.7:
            found[n] = _inside(areas_of_towns[rng.integers(len(areas_of_towns))], rng)
        else:
            found[n] = city + rng.normal(0, 0.006, 2)
    found = np.round(found, 6)
    return found[:, 0], found[:, 1]


def _inner(
    areas: Mapping[str, BaseGeometry], name: str, centre: Array, district: BaseGeometry | None
) -> BaseGeometry:
    """The town's area without its rim, or a disc inside the district where no area is known."""
    if name not in areas:
        disc = shapely.Point(centre).buffer(_DISC_DEG)
        inside = disc if district is None else disc.intersection(district)
        return disc if inside.is_empty else inside
    inner = areas[name].buffer(-_MARGIN_DEG)
    return areas[name] if inner.is_empty else inner


def _inside(area: BaseGeometry, rng: np.random.Generator) -> Array:
    """One point inside the area."""
    west, south, east, north = area.bounds
    for _ in range(200):
        xy = rng.uniform((west, south), (east, north))
        if shapely.contains_xy(area, *xy):
            return np.asarray(xy)
    inside = area.representative_point()
    return np.array([inside.x, inside.y])


def _near(point: Array, area: BaseGeometry, rng: np.random.Generator) -> Array:
    """A point close by that does not leave the area."""
    xy = point + rng.normal(0, 0.0011, 2)
    return np.asarray(xy if shapely.contains_xy(area, *xy) else point)

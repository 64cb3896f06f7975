"""The district in panel pixels: everything of the map that no version of the data changes.

Prepared once per district and wall and kept in the process, so a picture only colours and marks it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from dashboard.area_file import AreaFile
from dashboard.figures.canvas import Path, text_width
from dashboard.map_labels import Label, Rectangle, Wanted, place
from dashboard.theme import Theme
from dashboard.town_names import short_town
from geo.inset import inset_towns
from geo.outlines import district_outline
from geo.projection import MapProjection, label_point, rings
from geo.town_areas import TownAreas, load_town_areas

SLUG = "district-map"
_LOG = logging.getLogger(__name__)

# Boxes of the panel in design pixels (visual.md §grid, the panel is 1216 x 768).
MAIN = (4, 104, 940, 690)
# So much of the legend may lie over the district: the words stand in its upper part.
COVERED = 0.15
MAIN_BESIDE_LEGEND = (212, 92, 940, 722)
INSET = (866, 404, 1214, 764)
LEGEND = (0, 0, 200, 440)
TILE = (926, 0, 1216, 262)
# A town keeps its place on the main map while four fifths of a short name fit into it.
LABEL_SHARE = 0.8


@dataclass(frozen=True)
class Places:
    """What the geometry is made of, as a cache key: neighbours as (name, lng, lat)."""

    code: str
    areas: AreaFile | None
    towns: tuple[str, ...]
    neighbours: tuple[tuple[str, float, float], ...]
    seats: tuple[tuple[str, float, float], ...]
    short_names: tuple[tuple[str, str], ...]

    def short(self, town: str) -> str:
        """The name of a town where its full name has no room."""
        return short_town(town, dict(self.short_names))


@dataclass(frozen=True)
class Inset:
    """The magnified small towns: frame, where they lie on the main map, and how many times larger."""

    towns: frozenset[str]
    frame: Rectangle
    origin: Rectangle
    projection: MapProjection
    paths: dict[str, Path]
    times: float

    def covers(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Whether pixels lie in the frame, below its heading."""
        frame = self.frame
        head = (frame.y1 - frame.y0) * 0.12
        return (x > frame.x0) & (x < frame.x1) & (y > frame.y0 + head) & (y < frame.y1)

    def leaders(self) -> tuple[tuple[float, float, float, float], ...]:
        """The two lines (x0, y0, x1, y1) from the place on the map to the frame."""
        small, large = self.origin, self.frame
        return (
            (small.x0, small.y1, large.x0, large.y0),
            (small.x1, small.y1, large.x1, large.y0),
        )


@dataclass(frozen=True)
class DistrictGeometry:
    """Paths and words of one district on one wall, in pixels of the map panel."""

    main: MapProjection
    paths: dict[str, Path]
    outline: Path
    plinth: Path
    inset: Inset | None
    town_labels: tuple[Label, ...]
    inset_labels: tuple[Label, ...]
    neighbour_labels: tuple[Label, ...]
    caption: str
    caption_box: Rectangle

    def pixels(
        self, towns: tuple[str, ...], lng: NDArray[np.float64], lat: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Pixels of points; those of the small towns lie in the inset, unless their place is outside it."""
        x, y = (np.asarray(v, dtype=float) for v in self.main(lng, lat))
        if self.inset is not None:
            small = np.array([town in self.inset.towns for town in towns], dtype=bool)
            inset_x, inset_y = self.inset.projection(lng, lat)
            small &= self.inset.covers(inset_x, inset_y)
            x, y = np.where(small, inset_x, x), np.where(small, inset_y, y)
        return np.round(x, 1), np.round(y, 1)


def district_geometry(theme: Theme, towns: tuple[str, ...]) -> DistrictGeometry:
    """The geometry of the theme's district with these towns; computed at the first call of a wall."""
    neighbours, seats = (
        tuple((place.name, place.lng, place.lat) for place in places)
        for places in (theme.profile.neighbours, theme.profile.seats)
    )
    short_names = tuple(theme.profile.short_names.items())
    return _prepare(
        Places(theme.profile.code, theme.areas, towns, neighbours, seats, short_names),
        theme.size(SLUG),
        theme.u,
        theme.caption,
    )


@lru_cache(maxsize=16)
def _prepare(places: Places, size: tuple[int, int], u: float, caption_px: int) -> DistrictGeometry:
    found = _town_areas(places)
    areas = found.areas
    whole = shapely.unary_union([area.buffer(1e-6) for area in areas.values()])
    if whole.is_empty:
        whole = district_outline(places.code)
    main = _main(whole, u)
    frame = Rectangle(0, 0, *size)
    inset = _inset(areas, main, caption_px, u)
    pixel_areas = {name: main.project(area) for name, area in areas.items()}
    reserved = _reserved(inset, u)
    caption_box = _caption_box(found.label, inset, size, caption_px, u)
    outer = [name for name in areas if inset is None or name not in inset.towns]
    labels = _town_labels(places, {n: areas[n] for n in outer}, main, frame, reserved, caption_px)
    leaders = _along(inset.leaders(), 8 * u) if inset else []
    taken = [*reserved, *leaders, caption_box, *(label.box for label in labels)]
    return DistrictGeometry(
        main=main,
        paths={name: rings(area, main) for name, area in areas.items()},
        outline=rings(whole, main),
        plinth=rings(whole.simplify(0.0008), main),
        inset=inset,
        town_labels=labels,
        inset_labels=_inset_labels(places, areas, inset, caption_px),
        neighbour_labels=_neighbour_labels(places, main, frame, taken, pixel_areas, caption_px),
        caption=found.label,
        caption_box=caption_box,
    )


def _main(whole: BaseGeometry, u: float) -> MapProjection:
    """The district in its box; one that would lie under the legend stands beside it."""
    main = MapProjection(whole.bounds, _scaled(MAIN, u))
    legend = shapely.box(*_scaled(LEGEND, u))
    if main.project(whole).intersection(legend).area > COVERED * legend.area:
        return MapProjection(whole.bounds, _scaled(MAIN_BESIDE_LEGEND, u))
    return main


def _town_areas(places: Places) -> TownAreas:
    """The customer's areas or the schematic ones; what was noticed about them goes to the log, once."""
    own = places.areas
    if own:
        found = own.load(places.code, places.towns)
    else:
        found = load_town_areas(places.code, places.towns, seats=places.seats)
    for finding in found.findings:
        _LOG.warning("town areas: %s", finding)
    return found


def _inset(areas: Mapping[str, BaseGeometry], main: MapProjection, caption_px: int, u: float) -> Inset | None:
    names = inset_towns(areas, main, caption_px * LABEL_SHARE)
    if not names:
        return None
    cluster = shapely.unary_union([areas[name].buffer(1e-6) for name in names])
    x0, y0, x1, y1 = _scaled(INSET, u)
    head, air = caption_px * 1.5, 14 * u
    projection = MapProjection(cluster.bounds, (x0 + air, y0 + head, x1 - air, y1 - air))
    west, south, east, north = main.project(cluster).bounds
    margin = 6 * u
    origin = Rectangle(west - margin, south - margin, east + margin, north + margin)
    return Inset(
        towns=frozenset(names),
        frame=Rectangle(x0, y0, x1, y1),
        origin=origin,
        projection=projection,
        paths={name: rings(areas[name], projection) for name in names},
        times=projection.px_per_km / main.px_per_km,
    )


def _scaled(box: tuple[int, int, int, int], u: float) -> tuple[float, float, float, float]:
    """A box of the design in real pixels."""
    left, top, right, bottom = box
    return left * u, top * u, right * u, bottom * u


def _reserved(inset: Inset | None, u: float) -> list[Rectangle]:
    """Legend, focus tile and inset: no word of the map goes there."""
    boxes = [Rectangle(*_scaled(box, u)) for box in (LEGEND, TILE)]
    return [*boxes, inset.frame, inset.origin] if inset else boxes


def _along(lines: Iterable[tuple[float, float, float, float]], half: float) -> list[Rectangle]:
    """Small boxes along lines, so that no word crosses them."""
    boxes = []
    for x0, y0, x1, y1 in lines:
        steps = max(2, int(max(abs(x1 - x0), abs(y1 - y0)) / (2 * half)))
        for x, y in zip(np.linspace(x0, x1, steps), np.linspace(y0, y1, steps), strict=True):
            boxes.append(Rectangle(float(x) - half, float(y) - half, float(x) + half, float(y) + half))
    return boxes


def _caption_box(
    words: str, inset: Inset | None, size: tuple[int, int], caption_px: int, u: float
) -> Rectangle:
    """The 示意图 caption: at the foot, right-aligned before the inset."""
    right = (inset.frame.x0 if inset else size[0]) - 20 * u
    bottom = size[1] - 4 * u
    return Rectangle(right - text_width(words, caption_px), bottom - caption_px * 1.2, right, bottom)


def _wanted(name: str, short: str, area: BaseGeometry, projection: MapProjection, size_px: float) -> Wanted:
    """The full name where it fits into the area, else the short one."""
    pixels = projection.project(area)
    point = label_point(area)
    x, y = (float(v) for v in projection(point[0], point[1]))
    height = size_px * 1.16
    width = text_width(name, size_px)
    full = shapely.box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    words = name if shapely.intersection(full, pixels).area > 0.94 * full.area else short
    return Wanted(words, x, y, text_width(words, size_px), height, pixels)


def _town_labels(
    places: Places,
    areas: Mapping[str, BaseGeometry],
    main: MapProjection,
    frame: Rectangle,
    reserved: list[Rectangle],
    size_px: float,
) -> tuple[Label, ...]:
    """Names of the towns on the main map; the smallest area chooses first."""
    ordered = sorted(areas, key=lambda name: areas[name].area)
    return place(
        (_wanted(name, places.short(name), areas[name], main, size_px) for name in ordered), frame, reserved
    )


def _inset_labels(
    places: Places, areas: Mapping[str, BaseGeometry], inset: Inset | None, size_px: float
) -> tuple[Label, ...]:
    if inset is None:
        return ()
    head = Rectangle(inset.frame.x0, inset.frame.y0, inset.frame.x1, inset.frame.y0 + size_px * 1.5)
    ordered = sorted(inset.towns, key=lambda name: float(areas[name].area))
    wanted = []
    for name in ordered:
        words = places.short(name)
        full = _wanted(name, words, areas[name], inset.projection, size_px)
        wanted.append(Wanted(words, full.x, full.y, text_width(words, size_px), full.height, full.area))
    return place(wanted, inset.frame, [head])


def _neighbour_labels(
    places: Places,
    main: MapProjection,
    frame: Rectangle,
    taken: list[Rectangle],
    areas: Mapping[str, BaseGeometry],
    size_px: float,
) -> tuple[Label, ...]:
    """Names of neighbouring districts, off the district and moved into the panel where they lie outside."""
    district = shapely.unary_union(list(areas.values())).buffer(size_px * 0.3)
    wanted = []
    for name, lng, lat in places.neighbours:
        x, y = (float(v) for v in main(lng, lat))
        width, height = text_width(name, size_px), size_px * 1.16
        x = min(max(x, frame.x0 + width / 2), frame.x1 - width / 2)
        y = min(max(y, frame.y0 + height / 2), frame.y1 - height / 2)
        wanted.append(Wanted(name, x, y, width, height))
    return place(wanted, frame, taken, avoid=district)

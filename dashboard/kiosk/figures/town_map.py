"""The party map: towns to touch, coloured by how many organisations they have, and the small ones once more, larger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.area_file import AreaFile
from dashboard.figures.canvas import text_width
from dashboard.kiosk.svg import drawing, path_of, tag, text
from dashboard.map_classes import Classes, classify
from dashboard.map_labels import Label, Rectangle, Wanted, place
from dashboard.town_names import short_town
from data.queries.kiosk.party_map import PartyMap, Town
from data.queries.kiosk.places import Place
from geo.inset import inset_towns
from geo.projection import MapProjection, label_point
from geo.town_areas import load_town_areas

WIDTH, HEIGHT = 1224, 650
FRAME = Rectangle(0, 0, WIDTH, HEIGHT)
MAIN = (14, 14, WIDTH - 14, HEIGHT - 50)
LABEL_PX = 31.0
# A finger needs 60 px, 74 of this drawing where it is smallest (upright): every name is touched as widely as that.
TOUCH_PX = 74.0
# Towns narrower than this stand in the enlargement, fewer of them where it would not enlarge enough.
NARROW_PX = (76.0, 62.0, 50.0, 40.0)
ENLARGED = 1.6
# Lower right corner: the button that opens the enlargement stands there.
BUTTON = Rectangle(WIDTH - 200, HEIGHT - 150, WIDTH, HEIGHT)
Seats = tuple[tuple[str, float, float], ...]


@dataclass(frozen=True)
class MapPlaces:
    """What the geometry hangs on, as a cache key."""

    code: str
    areas: AreaFile | None
    towns: tuple[str, ...]
    seats: Seats
    short_names: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Ground:
    """Areas in degrees, projections in pixels; ``small`` are the towns of the enlargement."""

    areas: Mapping[str, BaseGeometry]
    whole: BaseGeometry
    main: MapProjection
    small: tuple[str, ...]
    close: MapProjection | None
    labels: Mapping[str, Label]
    close_labels: Mapping[str, Label]
    caption: str


@dataclass(frozen=True)
class TownMap:
    """SVG of the whole district and of its small towns ("" where there are none), their number, the class limits."""

    main: str
    close: str
    small: tuple[str, ...]
    classes: Classes


def draw(
    places: MapPlaces, view: PartyMap, shown: Sequence[Place], here: tuple[float, float] | None
) -> TownMap:
    """Towns by id to touch; ``shown`` are positions marked while their town is chosen, ``here`` is the kiosk."""
    ground = _ground(places)
    classes = classify([town.organisations for town in view.towns if town.organisations is not None])
    by_name = {town.name: town for town in view.towns}
    main = [
        tag("path", d=path_of(ground.whole, ground.main), class_="plinth"),
        *(
            _town(by_name[n], ground, ground.main, classes, in_close=False)
            for n in ground.areas
            if n in by_name
        ),
        *_outline_of_small(ground),
        *_dots(view.towns, shown, ground.main),
        *_here(here, ground),
        *_names(ground, ground.main, ground.labels, by_name),
        text(8, HEIGHT - 6, ground.caption, class_="caption"),
    ]
    return TownMap(
        main=drawing(WIDTH, HEIGHT, *main, label="党建地图"),
        close=_close(ground, by_name, classes, view, shown),
        small=ground.small,
        classes=classes,
    )


def _close(
    ground: Ground, by_name: Mapping[str, Town], classes: Classes, view: PartyMap, shown: Sequence[Place]
) -> str:
    if ground.close is None:
        return ""
    around = [name for name in ground.areas if name not in ground.small]
    parts = [
        *(tag("path", d=path_of(ground.areas[name], ground.close), class_="beside") for name in around),
        *(
            _town(by_name[n], ground, ground.close, classes, in_close=True)
            for n in ground.small
            if n in by_name
        ),
        *_dots([by_name[n] for n in ground.small if n in by_name], shown, ground.close),
        *_names(ground, ground.close, ground.close_labels, by_name),
    ]
    return drawing(WIDTH, HEIGHT, *parts, label="放大图")


def _town(town: Town, ground: Ground, projection: MapProjection, classes: Classes, *, in_close: bool) -> str:
    """A small town on the main map opens the enlargement, every other one is chosen itself."""
    opens_close = not in_close and town.name in ground.small
    counted = town.organisations
    return tag(
        "path",
        d=path_of(ground.areas[town.name], projection),
        class_=f"town c{0 if counted is None else classes.of(counted)}",
        data_pick="zoom:close" if opens_close else f"town:{town.town_id}",
        data_marks=f"town:{town.town_id}",
        data_town=town.town_id,
    )


def _outline_of_small(ground: Ground) -> list[str]:
    """One gold line around what the enlargement shows."""
    if not ground.small:
        return []
    cluster = shapely.unary_union([ground.areas[name].buffer(1e-6) for name in ground.small])
    return [tag("path", d=path_of(cluster, ground.main), class_="cluster")]


def _dots(towns: Iterable[Town], shown: Sequence[Place], projection: MapProjection) -> list[str]:
    """Positions of one town in one group, hidden until the town is chosen."""
    groups = []
    for town in towns:
        found = [p for p in shown if p.town_id == town.town_id and p.lng is not None and p.lat is not None]
        marks = []
        for spot in found:
            x, y = projection(spot.lng or 0.0, spot.lat or 0.0)
            marks.append(tag("circle", cx=round(float(x), 1), cy=round(float(y), 1), r=7))
        groups.append(tag("g", *marks, class_="dots off", data_show=f"town:{town.town_id}"))
    return groups


def _here(here: tuple[float, float] | None, ground: Ground) -> list[str]:
    """Where the kiosk stands, if that is in the district."""
    if here is None or not ground.whole.covers(shapely.Point(here)):
        return []
    x, y = (round(float(v), 1) for v in ground.main(*here))
    ring = tag("circle", cx=x, cy=y, r=13)
    return [
        tag("g", ring, text(x, y - 22, "您在这里", class_="label", text_anchor="middle"), class_="standing")
    ]


def _names(
    ground: Ground, projection: MapProjection, labels: Mapping[str, Label], by_name: Mapping[str, Town]
) -> list[str]:
    """Names to touch; one that found no room on its town has a line to it."""
    parts = []
    for name, label in labels.items():
        at = projection.project(ground.areas[name])
        if not at.contains(shapely.Point(label.x, label.y)):
            x, y = (round(float(v), 1) for v in projection(*label_point(ground.areas[name])))
            parts.append(tag("path", d=f"M{label.x:.1f} {label.y:.1f}L{x:g} {y:g}", class_="leader"))
            parts.append(tag("circle", cx=x, cy=y, r=5, class_="leader-end"))
    for name, label in labels.items():
        box, town = label.box, by_name.get(name)
        if town is None:
            continue
        touched = tag(
            "rect",
            x=round(box.x0, 1),
            y=round(box.y0, 1),
            width=round(box.x1 - box.x0, 1),
            height=round(box.y1 - box.y0, 1),
            class_="touch",
            data_pick=f"town:{town.town_id}",
        )
        baseline = round(label.y + LABEL_PX * 0.36, 1)
        parts += [
            touched,
            text(round(label.x, 1), baseline, label.words, class_="label", text_anchor="middle"),
        ]
    return parts


@lru_cache(maxsize=8)
def _ground(places: MapPlaces) -> Ground:
    own = places.areas
    if own:
        found = own.load(places.code, places.towns)
    else:
        found = load_town_areas(places.code, places.towns, seats=places.seats)
    areas = found.areas
    whole = shapely.unary_union([area.buffer(1e-6) for area in areas.values()])
    main = MapProjection(whole.bounds, MAIN)
    small, close = _enlargement(areas, main)
    names = dict(places.short_names)
    outer = [name for name in areas if name not in small]
    return Ground(
        areas,
        whole,
        main,
        small,
        close,
        _labels(areas, outer, main, names, [BUTTON] if small else []),
        _labels(areas, small, close, names, [BUTTON]) if close else {},
        found.label,
    )


def _enlargement(
    areas: Mapping[str, BaseGeometry], main: MapProjection
) -> tuple[tuple[str, ...], MapProjection | None]:
    """The towns too narrow to be touched that lie together, and their own projection."""
    for narrow in NARROW_PX:
        small = inset_towns(areas, main, narrow / 2)
        if not small:
            break
        close = MapProjection(shapely.unary_union([areas[name] for name in small]).bounds, MAIN)
        if close.px_per_km >= ENLARGED * main.px_per_km:
            return small, close
    return (), None


def _labels(
    areas: Mapping[str, BaseGeometry],
    towns: Iterable[str],
    projection: MapProjection,
    short_names: Mapping[str, str],
    taken: Sequence[Rectangle],
) -> dict[str, Label]:
    """Name → place, on its town if it fits, the smallest town chooses first; short where the whole name does not
    fit."""
    wanted = {}
    for name in sorted(towns, key=lambda town: float(areas[town].area)):
        pixels = projection.project(areas[name])
        x, y = (float(np.asarray(v)) for v in projection(*label_point(areas[name])))
        whole = text_width(name, LABEL_PX)
        box = shapely.box(x - whole / 2, y - LABEL_PX / 2, x + whole / 2, y + LABEL_PX / 2)
        fits = shapely.intersection(box, pixels).area > 0.9 * box.area
        words = name if fits else short_town(name, short_names)
        width = max(text_width(words, LABEL_PX) + 6, TOUCH_PX)
        wanted[name] = Wanted(words, x, y, width, TOUCH_PX, pixels)
    return _placed(wanted, taken)


def _placed(wanted: Mapping[str, Wanted], taken: Sequence[Rectangle]) -> dict[str, Label]:
    """One after the other, so that each name keeps its town."""
    found: dict[str, Label] = {}
    for name, want in wanted.items():
        labels = place([want], FRAME, [*taken, *(label.box for label in found.values())])
        if labels:
            found[name] = labels[0]
    return found

"""The grid of a scene: where panels stand in design pixels, and as whole pixels of any wall."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from dashboard.wall_profile import DESIGN_HEIGHT, DESIGN_WIDTH, WallProfile

# "ruled": rule, title and note above the body; "open": title laid over the body; "bare": body only.
Head = Literal["ruled", "open", "bare"]
HEAD_DESIGN_PX = 60


@dataclass(frozen=True)
class Box:
    """A rectangle in whole pixels."""

    x: int
    y: int
    w: int
    h: int

    def meets(self, other: Box) -> bool:
        """Whether the two share any pixel."""
        return (
            self.x < other.x + other.w
            and other.x < self.x + self.w
            and self.y < other.y + other.h
            and other.y < self.y + self.h
        )


# A box of the design, or cells of the scene grid: columns × rows, e.g. "4-9 × 1-2", "1-3 × 1".
Place = Box | str


@dataclass(frozen=True)
class Slot:
    """Where a panel stands and how its head is drawn."""

    slug: str
    place: Place
    head: Head = "ruled"


HEADER = Box(0, 0, 3840, 104)
TICKER = Box(0, 1208, 3840, 72)

# Cells: 12 columns between the margins, 2 rows between header and ticker.
COLUMNS, ROWS = 12, 2
_COLUMN, _ROW, _GUTTER, _LEFT, _TOP = 280, 512, 32, 64, 128
_CELLS = re.compile(r"(\d+)(?:-(\d+))? [×x] (\d+)(?:-(\d+))?")


@dataclass(frozen=True)
class Gutters:
    """Strips of the design that take what a wall has beyond 3:1; every column of panels crosses them all."""

    x: tuple[tuple[int, int], ...]
    y: tuple[tuple[int, int], ...]


_OF_DESIGN = Gutters(
    x=((0, 64), (656, 688), (1280, 1312), (2528, 2560), (3776, 3840)),
    y=((104, 128), (296, 320), (1240, 1280)),
)
_OF_CELLS = Gutters(
    x=((0, 64), *((a, a + _GUTTER) for a in range(344, 3776, _COLUMN + _GUTTER)), (3776, 3840)),
    y=((104, 128), (640, 672), (1184, 1208)),
)


@dataclass(frozen=True)
class Grid:
    """One scene on one wall: every panel's box and the height of its head, real pixels."""

    header: Box
    boxes: dict[str, Box]
    heads: dict[str, Head]
    head_px: int

    def body(self, slug: str) -> tuple[int, int]:
        """Width and height of a panel's body."""
        box = self.boxes[slug]
        return box.w, box.h - (self.head_px if self.heads[slug] == "ruled" else 0)


@cache
def scene_grid(wall: WallProfile, slots: tuple[Slot, ...]) -> Grid:
    """These panels laid out on this wall."""
    return Grid(
        header=_real(HEADER, wall, _OF_DESIGN),
        boxes={slot.slug: box_on(wall, slot.place) for slot in slots},
        heads={slot.slug: slot.head for slot in slots},
        head_px=round(HEAD_DESIGN_PX * wall.u),
    )


def box_on(wall: WallProfile, place: Place) -> Box:
    """A place in real pixels of a wall. Raises ValueError for cells that are none."""
    return _real(design_box(place), wall, _OF_DESIGN if isinstance(place, Box) else _OF_CELLS)


@cache
def design_box(place: Place) -> Box:
    """A place in design pixels. Raises ValueError for cells that are none."""
    if isinstance(place, Box):
        return place
    found = _CELLS.fullmatch(place)
    if found is None:
        raise ValueError(f"{place!r} is no place: columns × rows, e.g. 4-9 × 1-2")
    left, right, top, bottom = (
        int(n) for n in (found[1], found[2] or found[1], found[3], found[4] or found[3])
    )
    if not (1 <= left <= right <= COLUMNS and 1 <= top <= bottom <= ROWS):
        raise ValueError(f"{place!r} lies off the grid of {COLUMNS} columns and {ROWS} rows")
    x, w = _span(_LEFT, _COLUMN, left, right)
    y, h = _span(_TOP, _ROW, top, bottom)
    return Box(x, y, w, h)


def _span(start: int, size: int, first: int, last: int) -> tuple[int, int]:
    count = last - first + 1
    return start + (first - 1) * (size + _GUTTER), count * size + (count - 1) * _GUTTER


def _real(box: Box, wall: WallProfile, gutters: Gutters) -> Box:
    """A design box on the wall; edges are rounded, not sizes, so neighbours keep one gutter between them."""
    spare_x = wall.width_px - DESIGN_WIDTH * wall.u
    spare_y = wall.height_px - DESIGN_HEIGHT * wall.u
    left, right = (_edge(x, wall.u, spare_x, gutters.x) for x in (box.x, box.x + box.w))
    top, bottom = (_edge(y, wall.u, spare_y, gutters.y) for y in (box.y, box.y + box.h))
    return Box(left, top, right - left, bottom - top)


def _edge(at: int, u: float, spare: float, gutters: tuple[tuple[int, int], ...]) -> int:
    """A design coordinate in real pixels: scaled, plus its share of the spare of the gutters passed."""
    passed = sum(min(max(at - start, 0), end - start) / (end - start) for start, end in gutters)
    return round(at * u + spare * passed / len(gutters))

"""The grid of the overview scene: panel boxes in design pixels, as whole pixels of any wall."""

from __future__ import annotations

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


@dataclass(frozen=True)
class Slot:
    """Where a panel stands (design pixels) and how its head is drawn."""

    slug: str
    box: Box
    head: Head = "ruled"


HEADER = Box(0, 0, 3840, 104)
SLOTS: tuple[Slot, ...] = (
    Slot("key-figures-left", Box(64, 128, 1216, 168), "bare"),
    Slot("key-figures-right", Box(2560, 128, 1216, 168), "bare"),
    Slot("organisation", Box(64, 320, 592, 328)),
    Slot("members", Box(64, 680, 592, 264)),
    Slot("monthly-operation", Box(64, 976, 592, 264)),
    Slot("ranking", Box(688, 320, 592, 920)),
    Slot("district-map", Box(1312, 128, 1216, 768), "open"),
    Slot("map-focus", Box(1312, 128, 1216, 768), "bare"),
    Slot("time-axis", Box(1312, 928, 1216, 312)),
    Slot("warning-feed", Box(2560, 320, 1216, 432)),
    Slot("diagnosis", Box(2560, 784, 1216, 456)),
)

# Gutters that take what a wall has beyond the 3:1 of the design; every column of panels crosses them all.
_GUTTERS_X = ((0, 64), (656, 688), (1280, 1312), (2528, 2560), (3776, 3840))
_GUTTERS_Y = ((104, 128), (296, 320), (1240, 1280))


@dataclass(frozen=True)
class Grid:
    """The scene on one wall: every panel's box and the height of its head, real pixels."""

    header: Box
    boxes: dict[str, Box]
    heads: dict[str, Head]
    head_px: int

    def body(self, slug: str) -> tuple[int, int]:
        """Width and height of a panel's body."""
        box = self.boxes[slug]
        return box.w, box.h - (self.head_px if self.heads[slug] == "ruled" else 0)


@cache
def overview_grid(wall: WallProfile) -> Grid:
    """The overview scene laid out on this wall."""
    return Grid(
        header=_real(HEADER, wall),
        boxes={slot.slug: _real(slot.box, wall) for slot in SLOTS},
        heads={slot.slug: slot.head for slot in SLOTS},
        head_px=round(HEAD_DESIGN_PX * wall.u),
    )


def _real(box: Box, wall: WallProfile) -> Box:
    """A design box on the wall; edges are rounded, not sizes, so neighbours keep one gutter between them."""
    spare_x = wall.width_px - DESIGN_WIDTH * wall.u
    spare_y = wall.height_px - DESIGN_HEIGHT * wall.u
    left, right = (_edge(x, wall.u, spare_x, _GUTTERS_X) for x in (box.x, box.x + box.w))
    top, bottom = (_edge(y, wall.u, spare_y, _GUTTERS_Y) for y in (box.y, box.y + box.h))
    return Box(left, top, right - left, bottom - top)


def _edge(at: int, u: float, spare: float, gutters: tuple[tuple[int, int], ...]) -> int:
    """A design coordinate in real pixels: scaled, plus its share of the spare of the gutters passed."""
    passed = sum(min(max(at - start, 0), end - start) / (end - start) for start, end in gutters)
    return round(at * u + spare * passed / len(gutters))

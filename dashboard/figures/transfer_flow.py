"""Transfers as ribbons from the places left to the places taken: as thick as the members who moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, rectangles
from dashboard.theme import Theme
from data.queries.transfer_flow import OTHER_REGIONS, OTHER_TOWNS, Direction, Flow, TransferFlow

SLUG = "transfer-flow"
# Design pixels: tiles (staff only), heads of the two sides, words beside a bar, the bar, least room for a word.
TILES, HEADS, WORDS, BAR, SLOT = 164, 48, 262, 18, 43
# Between two bars: never less, never more.
GAP, TALLEST_GAP = 8, 30


@dataclass(frozen=True)
class Place:
    """One place of one side: its members and its bar, panel pixels; ``slot`` is the middle of its words."""

    place: str
    is_outside: bool
    members: int
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Where its words stand."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Sides:
    """Places left and taken, top to bottom, and pixels per member."""

    origins: tuple[Place, ...]
    targets: tuple[Place, ...]
    scale: float


def top_px(view: TransferFlow, theme: Theme) -> int:
    """Where the ribbons begin."""
    return theme.px(HEADS + (TILES if view.handling else 0))


def sides(view: TransferFlow, theme: Theme) -> Sides:
    """Both sides over the whole height with one scale; every place has at least the room of its words."""
    flows = view.flows or ()
    top, height = top_px(view, theme), theme.size(SLUG)[1]
    sums = [_sums(flows, side) for side in (0, 1)]
    room = height - top
    scale = min((_scale([n for _, _, n in side], room, theme) for side in sums if side), default=0.0)
    origins, targets = (_stacked(side, scale, (top, height), theme) for side in sums)
    return Sides(origins, targets, scale)


def _sums(flows: Sequence[Flow], side: int) -> list[tuple[str, bool, int]]:
    """Place, whether it lies outside, members: towns by size, the rest of them, then regions likewise."""
    sums: dict[tuple[str, bool], int] = {}
    for flow in flows:
        place = flow.target if side else flow.origin
        outside = flow.direction == ("out" if side else "in")
        sums[place, outside] = sums.get((place, outside), 0) + flow.members
    rest = (OTHER_TOWNS, OTHER_REGIONS)
    ordered = sorted(sums.items(), key=lambda one: (one[0][1], one[0][0] in rest, -one[1], one[0][0]))
    return [(place, outside, n) for (place, outside), n in ordered]


def _scale(members: Sequence[int], room: float, theme: Theme) -> float:
    """Pixels per member so that bars, none in less than a slot, fill the room."""
    low, high = 0.0, room / max(1, sum(members))
    slot = min(theme.px(SLOT), 0.8 * room / max(1, len(members)))
    for _ in range(30):
        middle = (low + high) / 2
        if sum(max(n * middle + theme.px(GAP), slot) for n in members) > room:
            high = middle
        else:
            low = middle
    return low


def _stacked(
    side: list[tuple[str, bool, int]], scale: float, span: tuple[float, float], theme: Theme
) -> tuple[Place, ...]:
    slots = [max(n * scale + theme.px(GAP), theme.px(SLOT)) for _, _, n in side]
    spare = span[1] - span[0] - sum(slots)
    gap = min(spare / max(1, len(side) - 1), theme.px(TALLEST_GAP)) if spare > 0 else 0.0
    y, places = span[0] + max(0.0, spare - gap * (len(side) - 1)) / 2, []
    for (place, outside, n), slot in zip(side, slots, strict=True):
        top = y + (slot - n * scale) / 2
        places.append(Place(place, outside, n, top, top + n * scale))
        y += slot + gap
    return tuple(places)


def direction_colors(theme: Theme) -> Mapping[Direction, str]:
    """Within the district a deep blue, in from outside a light one, out of it gold."""
    return {"within": theme.tokens.blue[2], "in": theme.tokens.blue[4], "out": theme.tokens.gold}


def draw(view: TransferFlow, theme: Theme) -> go.Figure:
    """Ribbons as path shapes, largest below; two traces of bars. Nothing without flows."""
    figure = canvas(theme, SLUG)
    if not view.flows:
        return figure
    where, width = sides(view, theme), theme.size(SLUG)[0]
    words, bar = theme.px(WORDS), theme.px(BAR)
    colors = direction_colors(theme)
    ends = _ends(view.flows, where)
    left, right = words + bar, width - words - bar
    figure.update_layout(
        shapes=[
            {
                "type": "path",
                "path": _ribbon((left, right), starts, flow.members * where.scale),
                "fillcolor": _veil(colors[flow.direction], 0.66 if flow.direction != "within" else 0.42),
                "line": {"width": 0},
            }
            for flow, starts in zip(view.flows, ends, strict=True)
        ]
    )
    for places, x in ((where.origins, words), (where.targets, right)):
        for outside in (False, True):
            boxes = [(x, p.top, x + bar, p.bottom) for p in places if p.is_outside == outside]
            direction: Direction = "within" if not outside else "in" if x == words else "out"
            color = theme.tokens.line if direction == "within" else colors[direction]
            if boxes:
                filled(figure, rectangles(boxes), color)
    return figure


def _ends(flows: Sequence[Flow], where: Sides) -> list[tuple[float, float]]:
    """Upper edge of every flow at its origin and its target: in the order of the places across."""
    origins = {(p.place, p.is_outside): i for i, p in enumerate(where.origins)}
    targets = {(p.place, p.is_outside): i for i, p in enumerate(where.targets)}
    keys = [
        (origins[flow.origin, flow.direction == "in"], targets[flow.target, flow.direction == "out"])
        for flow in flows
    ]
    starts: list[dict[int, float]] = [{}, {}]
    for side, places in enumerate((where.origins, where.targets)):
        reached = [place.top for place in places]
        for i in sorted(range(len(flows)), key=lambda one: (keys[one][side], keys[one][1 - side])):
            at = keys[i][side]
            starts[side][i] = reached[at]
            reached[at] += flows[i].members * where.scale
    return [(starts[0][i], starts[1][i]) for i in range(len(flows))]


def _ribbon(span: tuple[float, float], starts: tuple[float, float], thickness: float) -> str:
    """SVG path in panel pixels: two curves that leave and arrive level."""
    (x0, x1), (y0, y1) = span, starts
    middle = round((x0 + x1) / 2)
    y0, y1, y2, y3 = (round(y, 1) for y in (y0, y1, y1 + thickness, y0 + thickness))
    return f"M{x0},{y0}C{middle},{y0} {middle},{y1} {x1},{y1}V{y2}C{middle},{y2} {middle},{y3} {x0},{y3}Z"


def _veil(color: str, strength: float) -> str:
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{strength})"

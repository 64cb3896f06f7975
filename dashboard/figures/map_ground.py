"""The ground of a map: towns in their colours on a plinth, edges, names, the inset, and points on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import plotly.graph_objects as go

from dashboard.figures.canvas import Path, filled, markers, polyline, text
from dashboard.map_geometry import DistrictGeometry, Inset
from dashboard.map_labels import Rectangle
from dashboard.theme import Theme
from dashboard.town_names import common_kind

SHADOW = ((22, "#050F20"), (11, "#0E2E5C"))
EDGE = "#BFD9F7"
BORDER = "#0A1F3F"


class Located(Protocol):
    """Something in a town, in degrees."""

    @property
    def town(self) -> str:
        """Name of the town."""

    @property
    def lng(self) -> float:
        """Longitude, WGS-84."""

    @property
    def lat(self) -> float:
        """Latitude, WGS-84."""


def draw_ground(
    figure: go.Figure, place: DistrictGeometry, fills: Mapping[str, Sequence[str]], theme: Theme
) -> None:
    """Everything below the points; ``fills`` names the towns of each colour, the first colour lowest."""
    for offset, color in SHADOW:
        filled(figure, _moved(place.plinth, theme.px(offset)), color)
    _areas(figure, place.paths, fills, theme.px(2))
    polyline(figure, place.outline, width=theme.px(3), color=EDGE)
    figure.update_layout(annotations=_words(place, theme))
    if place.inset is not None:
        figure.update_layout(shapes=_inset_lines(place.inset, theme))
        _areas(figure, place.inset.paths, fills, theme.px(3))


def _areas(
    figure: go.Figure, paths: Mapping[str, Path], fills: Mapping[str, Sequence[str]], border_px: int
) -> None:
    """One trace per colour: a path may hold many areas, and 30 traces would cost the browser time."""
    for color, towns in fills.items():
        members = [paths[name] for name in towns if name in paths]
        if members:
            filled(figure, _joined(members), color, width=border_px, color=BORDER)


def draw_points(figure: go.Figure, place: DistrictGeometry, points: Sequence[Located], **marker: Any) -> None:
    """Points of one look; those of the small towns lie in the inset."""
    if not points:
        return
    lng, lat = np.array([p.lng for p in points]), np.array([p.lat for p in points])
    x, y = place.pixels(tuple(p.town for p in points), lng, lat)
    markers(figure, x.tolist(), y.tolist(), **marker)


def _words(place: DistrictGeometry, theme: Theme) -> list[dict[str, Any]]:
    size = theme.caption
    bold = {"weight": 700}
    names = [
        text(label.x, label.y, label.words, size=size, color="#FFFFFF", font=bold)
        for label in (*place.town_labels, *place.inset_labels)
    ]
    around = [
        text(label.x, label.y, label.words, size=size, color=theme.tokens.ink3)
        for label in place.neighbour_labels
    ]
    if place.inset is None:
        return names + around
    frame = place.inset.frame
    kind = common_kind(place.inset.towns, theme.profile.words.towns)
    words = f"城区 {len(place.inset.towns)} {kind} ×{place.inset.times:.1f}"
    title = text(
        frame.x0 + theme.px(16),
        frame.y0 + size * 0.85,
        words,
        size=size,
        color=theme.tokens.gold_high,
        xanchor="left",
    )
    return [*names, *around, title]


def _inset_lines(inset: Inset, theme: Theme) -> list[dict[str, Any]]:
    """Both frames and the two leader lines between them."""
    gold = theme.tokens.gold
    solid = {"color": gold, "width": theme.px(2)}
    small, large = inset.origin, inset.frame
    leaders = (
        {"type": "line", "x0": x0, "y0": y0, "x1": x1, "y1": y1, "line": {**solid, "dash": "dot"}}
        for x0, y0, x1, y1 in inset.leaders()
    )
    return [
        {**_rectangle(small), "line": solid},
        {**_rectangle(large), "line": solid, "layer": "below", "fillcolor": "rgba(7,24,50,.55)"},
        *leaders,
    ]


def _rectangle(box: Rectangle) -> dict[str, Any]:
    corners = {"x0": box.x0, "y0": box.y0, "x1": box.x1, "y1": box.y1}
    return {"type": "rect", **{key: round(value, 1) for key, value in corners.items()}}


def _joined(paths: Sequence[Path]) -> Path:
    """Many areas as one path with breaks between."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for x, y in paths:
        xs += [*x, None]
        ys += [*y, None]
    return xs[:-1], ys[:-1]


def _moved(path: Path, down: float) -> Path:
    return path[0], [None if y is None else round(y + down, 1) for y in path[1]]

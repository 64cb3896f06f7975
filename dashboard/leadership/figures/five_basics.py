"""The five basics (五个基本) of one organisation: now, then, and the mean of the district as a blue area."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.radar import floor_of
from dashboard.formats import score
from dashboard.leadership.look import SMALL, Look

RINGS = 5
_REACH_X, _REACH_UP, _REACH_DOWN = 1.72, 1.22, 1.0


@dataclass(frozen=True)
class BasicAxis:
    """One axis of 0-100 points, None is a gap; ``link`` leads to where its points come from."""

    name: str
    now: float | None
    before: float | None
    district: float | None
    link: str = ""


@dataclass(frozen=True)
class Names:
    """What the three shapes are called."""

    now: str
    before: str
    district: str


def draw_basics(
    look: Look, axes: Sequence[BasicAxis], names: Names, height: int = 330, other: str | None = None
) -> go.Figure:
    """A gap breaks its line; the centre is 50 while every value lies above it. ``other`` is the colour of what is no
    earlier time of the same, but something else."""
    figure = look.figure(height)
    values = [v for axis in axes for v in (axis.now, axis.before, axis.district)]
    shape = _Shape(len(axes), floor_of(values))
    _grid(figure, look, shape)
    mean = [axis.district for axis in axes]
    fill = "rgba(124,144,174,.16)" if None not in mean else None
    _closed(figure, shape, mean, {"color": look.district, "width": 2}, names.district, fill)
    before = [axis.before for axis in axes]
    dotted: dict[str, object] = {"color": look.ink3, "width": 1.5, "dash": "dot"}
    _closed(figure, shape, before, {"color": other, "width": 2.5} if other else dotted, names.before)
    _closed(figure, shape, [axis.now for axis in axes], {"color": look.own, "width": 2.5}, names.now)
    _points(figure, look, shape, axes, names)
    _labels(figure, look, shape, axes)
    axis = {"visible": False, "showgrid": False}
    figure.update_layout(
        showlegend=True,
        legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1.0, "yanchor": "bottom"},
        margin={"l": 0, "r": 0, "t": 26, "b": 0},
        xaxis={**axis, "range": [-_REACH_X, _REACH_X]},
        yaxis={**axis, "range": [-_REACH_DOWN, _REACH_UP], "scaleanchor": "x"},
    )
    return figure


@dataclass(frozen=True)
class _Shape:
    axes: int
    floor: float

    def at(self, axis: int, value: float, reach: float = 1.0) -> tuple[float, float]:
        """Place of a score; the first axis points up, then clockwise."""
        out = max(0.0, value - self.floor) / (100 - self.floor) * reach
        angle = 2 * math.pi * axis / self.axes
        return round(out * math.sin(angle), 4), round(out * math.cos(angle), 4)


def _grid(figure: go.Figure, look: Look, shape: _Shape) -> None:
    """Rings and spokes as one broken line."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for ring in range(1, RINGS + 1):
        value = shape.floor + (100 - shape.floor) * ring / RINGS
        points = [shape.at(i % shape.axes, value) for i in range(shape.axes + 1)]
        xs += [*(x for x, _ in points), None]
        ys += [*(y for _, y in points), None]
    for i in range(shape.axes):
        x, y = shape.at(i, 100)
        xs += [0, x, None]
        ys += [0, y, None]
    figure.add_scatter(
        x=xs, y=ys, mode="lines", line={"color": look.rule, "width": 1}, hoverinfo="skip", showlegend=False
    )


def _closed(
    figure: go.Figure,
    shape: _Shape,
    values: Sequence[float | None],
    line: dict[str, object],
    name: str,
    fill: str | None = None,
) -> None:
    points = [None if v is None else shape.at(i, v) for i, v in enumerate(values)]
    points.append(points[0])
    figure.add_scatter(
        x=[p and p[0] for p in points],
        y=[p and p[1] for p in points],
        mode="lines",
        line=line,
        name=name,
        fill="toself" if fill else None,
        fillcolor=fill,
        hoverinfo="skip",
    )


def _points(figure: go.Figure, look: Look, shape: _Shape, axes: Sequence[BasicAxis], names: Names) -> None:
    known = [(i, axis, axis.now) for i, axis in enumerate(axes) if axis.now is not None]
    places = [shape.at(i, now) for i, _, now in known]
    figure.add_scatter(
        x=[x for x, _ in places],
        y=[y for _, y in places],
        mode="markers",
        marker={"size": 9, "color": look.own, "line": {"width": 1, "color": look.card}},
        customdata=[axis.link for _, axis, _ in known],
        text=[
            f"{axis.name}　{names.now} {score(now)}，{names.before} {score(axis.before)}，"
            f"{names.district} {score(axis.district)}"
            for _, axis, now in known
        ],
        hovertemplate="%{text}<extra></extra>",
        showlegend=False,
    )


def _labels(figure: go.Figure, look: Look, shape: _Shape, axes: Sequence[BasicAxis]) -> None:
    for i, axis in enumerate(axes):
        x, y = shape.at(i, 100, 1.08)
        side = "center" if abs(x) < 0.1 else "left" if x > 0 else "right"
        figure.add_annotation(
            x=x,
            y=y,
            xanchor=side,
            yanchor="bottom" if y > 0.9 else "middle",
            showarrow=False,
            text=f"{axis.name} <b>{score(axis.now, 0)}</b>",
            font={"size": SMALL + 1, "color": look.ink},
        )

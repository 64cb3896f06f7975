"""Small lines without axes, many of them in one figure over a panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.canvas import markers, polyline
from dashboard.theme import Theme


@dataclass(frozen=True)
class Spark:
    """Values over time (None: a gap) and the box they fill, panel pixels."""

    values: tuple[float | None, ...]
    left: float
    right: float
    top: float
    bottom: float


def add_sparks(figure: go.Figure, sparks: Sequence[Spark], theme: Theme, color: str) -> None:
    """Draw the lines as one trace and their newest points as another; a missing newest point is not drawn."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    ends: list[tuple[float, float]] = []
    for spark in sparks:
        points = spark_points(spark)
        xs += [*(x for x, _ in points), None]
        ys += [*(y for _, y in points), None]
        if points and points[-1][1] is not None:
            ends.append((points[-1][0], points[-1][1]))
    polyline(figure, (xs[:-1], ys[:-1]), color=color, width=theme.px(4))
    markers(
        figure,
        [x for x, _ in ends],
        [y for _, y in ends],
        size=theme.px(14),
        color=theme.tokens.gold,
        line={"color": theme.tokens.ground, "width": theme.px(2)},
    )


def spark_points(spark: Spark) -> list[tuple[float, float | None]]:
    """Pixel positions of the values; equal values lie in the middle of the box."""
    known = [value for value in spark.values if value is not None]
    if not known:
        return []
    low, high = min(known), max(known)
    step = (spark.right - spark.left) / max(1, len(spark.values) - 1)

    def height(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return round(spark.bottom - share * (spark.bottom - spark.top), 1)

    return [
        (round(spark.left + i * step, 1), None if value is None else height(value))
        for i, value in enumerate(spark.values)
    ]

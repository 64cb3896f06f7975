"""A ring of shares around words: slices clockwise from the top, in the order they are given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

# A count and its colour.
Slice = tuple[float, str]


def draw_ring(
    figure: go.Figure, slices: Sequence[Slice], box: tuple[float, float, float], hole: float, **edge: Any
) -> None:
    """``box`` is left, top and diameter in panel pixels; ``edge`` the line between slices, none unless given."""
    width, height = figure.layout.width, figure.layout.height
    left, top, side = box
    figure.add_pie(
        values=[count for count, _ in slices],
        marker={"colors": [color for _, color in slices], "line": edge or {"width": 0}},
        hole=hole,
        sort=False,
        direction="clockwise",
        textinfo="none",
        domain={
            "x": [left / width, (left + side) / width],
            "y": [1 - (top + side) / height, 1 - top / height],
        },
    )

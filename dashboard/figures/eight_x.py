"""The matrix of “8+x” is a table of the HTML layer; here is what its cells mean."""

from __future__ import annotations

from typing import Literal

import plotly.graph_objects as go

from dashboard.theme import Theme
from data.queries.eight_x import EightX, Fulfilment

SLUG = "eight-x"
Standing = Literal["kept", "close", "yellow", "red", "small", "na", "nodata"]
# An area is red where a tenth of its duties is undone and yellow from a twentieth on (rulings 17).
RED_BELOW, YELLOW_BELOW = 0.90, 0.95
# From here on nearly nothing is missing.
KEPT_FROM = 0.98


def draw(view: EightX, theme: Theme) -> go.Figure | None:
    """Nothing: numbers in cells are text."""
    return None


def standing(cell: Fulfilment) -> Standing:
    """How an area stands in one institution; few duties are not judged."""
    share = cell.rate
    if share.value is None:
        return "na" if share.state == "na" else "nodata"
    if cell.is_small:
        return "small"
    if share.value < RED_BELOW:
        return "red"
    if share.value < YELLOW_BELOW:
        return "yellow"
    return "kept" if share.value >= KEPT_FROM else "close"

"""Two lists of branches, best and weakest: words alone, no figure."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.theme import Theme
from data.queries.top_and_bottom import TopAndBottom


def draw(view: TopAndBottom, theme: Theme) -> go.Figure | None:
    """Nothing is drawn."""
    return None

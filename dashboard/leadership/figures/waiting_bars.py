"""What bars of waiting things share: their count and what of it is overdue at the end, legend above, first on top."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.formats import integer


def finish(
    figure: go.Figure, ends: Sequence[tuple[str, float, float]], room: float, **legend: Any
) -> go.Figure:
    """(lane, waiting, overdue) written at the end of each bar; ``room`` for these words, as a multiple of the longest
    bar."""
    most = max((waiting for _, waiting, _ in ends), default=0)
    for lane, waiting, overdue in ends:
        late = f"　<b>超期 {integer(overdue)}</b>" if overdue else ""
        figure.add_annotation(
            x=waiting, y=lane, text=f"{integer(waiting)}{late}", showarrow=False, xanchor="left", xshift=6
        )
    figure.update_layout(
        barmode="stack",
        showlegend=True,
        legend={
            "orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal", **legend,
        },
        xaxis={"range": [0, (most or 1) * room], "showticklabels": False},
        yaxis={"autorange": "reversed", "showgrid": False},
    )  # fmt: skip
    return figure

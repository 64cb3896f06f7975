"""Months as a quiet row of columns behind a large number."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.kiosk.svg import drawing, tag

WIDTH, HEIGHT, GAP = 1200.0, 260.0, 14.0


def silhouette(values: Sequence[float], label: str) -> str:
    """One column per value, the highest as high as the picture; "" without values."""
    most = max(values, default=0)
    if not most:
        return ""
    step = WIDTH / len(values)
    columns = [
        tag(
            "rect",
            x=round(place * step + GAP / 2, 1),
            y=round(HEIGHT - HEIGHT * value / most, 1),
            width=round(step - GAP, 1),
            height=round(HEIGHT * value / most, 1),
        )
        for place, value in enumerate(values)
    ]
    return drawing(WIDTH, HEIGHT, *columns, label=label)

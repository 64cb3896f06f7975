"""What became of a sum: a full column, the parts taken from it hanging below one another, what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.formats import MINUS, integer
from dashboard.leadership.look import Look


@dataclass(frozen=True)
class Step:
    """One column: ``total`` stands on the ground, any other hangs from where the one before ended."""

    name: str
    value: float
    color: str
    total: bool = False


def draw_waterfall(look: Look, steps: Sequence[Step], unit: str, height: int = 250) -> go.Figure:
    """Left to right; amounts stand above their columns."""
    figure = look.figure(height)
    reached, bases, tops = 0.0, [], []
    for step in steps:
        reached = step.value if step.total else reached - step.value
        bases.append(0.0 if step.total else reached)
        tops.append(step.value if step.total else reached + step.value)
    figure.add_bar(
        x=[step.name for step in steps],
        y=[step.value for step in steps],
        base=bases,
        width=0.56,
        marker={"color": [step.color for step in steps]},
        hovertext=[f"{step.name} {integer(step.value)} {unit}" for step in steps],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    for step, top in zip(steps, tops, strict=True):
        figure.add_annotation(
            x=step.name,
            y=top,
            text=f"<b>{'' if step.total else MINUS}{integer(step.value)}</b>",
            showarrow=False,
            yanchor="bottom",
            font={"size": 15, "color": look.ink},
        )
    for at in range(len(steps) - 1):
        level = tops[at] if steps[at].total else bases[at]
        figure.add_shape(
            type="line",
            x0=at + 0.28,
            x1=at + 0.72,
            y0=level,
            y1=level,
            line={"color": look.ink3, "width": 1},
        )
    highest = max(tops, default=0)
    figure.update_layout(
        yaxis={"range": [0, highest * 1.18 or 1], "showticklabels": False, "showgrid": False}
    )
    return figure

"""Margins wide enough for the labels of a figure before the browser measures them.

Plotly draws a figure whose labels do not fit its margins a second time. The axes keep their automatic margins: an
estimate that is too small costs that second drawing and never a label.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from typing import Any

import plotly.graph_objects as go

from dashboard.figures.canvas import text_width
from dashboard.formats import integer
from dashboard.leadership.look import MARGIN, SMALL

# What Plotly keeps between label and plot, in pixels; height of a line of labels, and of a legend above the plot.
_BESIDE, _BELOW, _LINE, _LEGEND = 15, 13, 17, 44
# The widest label of an axis of days.
_DAY = "12月31日"
# Below this the ticks of an axis have decimals.
_FINE = 5


def roomy(figure: go.Figure) -> go.Figure:
    """The figure itself, with the margins its labels and its legend need; wider ones stay."""
    layout = figure.layout
    given = layout.margin
    least = {side: MARGIN if getattr(given, side) is None else getattr(given, side) for side in "lrtb"}
    for axis in figure.select_yaxes():
        if _is_labelled(axis, figure, "y"):
            side = "r" if axis.side == "right" else "l"
            widest = max((text_width(line, SMALL) for line in _lines(axis, figure, "y")), default=0)
            least[side] = max(least[side], math.ceil(widest) + _BESIDE)
    for axis in figure.select_xaxes():
        if _is_labelled(axis, figure, "x"):
            side = "t" if axis.side == "top" else "b"
            lines = max((label.count("<br>") + 1 for label in _labels(axis, figure, "x")), default=1)
            least[side] = max(least[side], _BELOW + _LINE * lines)
    if layout.showlegend and layout.legend.yanchor == "bottom":
        least["t"] = max(least["t"], _LEGEND)
    figure.update_layout(margin=least)
    return figure


def _is_labelled(axis: Any, figure: go.Figure, letter: str) -> bool:
    name = axis.plotly_name.replace("axis", "")
    drawn = any((getattr(trace, f"{letter}axis", None) or letter) == name for trace in figure.data)
    return drawn and axis.visible is not False and axis.showticklabels is not False


def _lines(axis: Any, figure: go.Figure, letter: str) -> list[str]:
    return [line for label in _labels(axis, figure, letter) for line in label.split("<br>")]


def _labels(axis: Any, figure: go.Figure, letter: str) -> list[str]:
    """Texts as wide as those that will stand at the ticks."""
    if axis.ticktext is not None:
        return [str(text) for text in axis.ticktext]
    values = list(_values(figure, letter))
    if any(isinstance(value, date) for value in values):
        return [_DAY]
    if any(isinstance(value, str) for value in values):
        return [str(value) for value in values]
    given = axis.range if axis.range is not None else axis.tickvals
    ends = values if given is None else given
    return [_tick(axis, max((abs(float(value)) for value in ends if value is not None), default=0))]


def _values(figure: go.Figure, letter: str) -> Iterable[Any]:
    for trace in figure.data:
        found = getattr(trace, letter, None)
        yield from () if found is None else found


def _tick(axis: Any, most: float) -> str:
    """The widest tick of an axis that reaches this far."""
    if axis.tickformat and axis.tickformat.endswith("%"):
        return "100.0%" if "1" in axis.tickformat else "100%"
    return (integer(most) if most >= _FINE else "0.5") + (axis.ticksuffix or "")

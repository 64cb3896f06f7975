"""Flows between columns of places as ribbons: as thick as what moves, every place with its name and sum."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.leadership.look import Look

# CSS pixels: least room of a place, between two places, above and below all.
_SLOT, _GAP, _EDGE = 18, 8, 10
# Width of a bar and room for the words beside the first and the last column, as shares of the figure.
_BAR, _WORDS = 0.012, 0.2
_POINTS = 24


@dataclass(frozen=True)
class Node:
    """One place; ``column`` counts from the left, ``amount`` is what is written where it is not the sum of ribbons."""

    key: str
    name: str
    column: int
    color: str
    amount: float | None = None


@dataclass(frozen=True)
class Ribbon:
    """What moves from one place to a place of a later column."""

    origin: str
    target: str
    value: float
    color: str


@dataclass(frozen=True)
class _Bar:
    top: float
    height: float
    slot: float
    x: float


def draw_flows(
    look: Look,
    nodes: Sequence[Node],
    ribbons: Sequence[Ribbon],
    write: Callable[[float], str],
    height: int = 380,
) -> go.Figure:
    """Places stand in the order given within their column; ``write`` says an amount with its unit."""
    figure = look.figure(height)
    bars = _placed(nodes, ribbons, height - 2 * _EDGE - 16)
    _ribbons(figure, nodes, ribbons, bars, write)
    last, words = max(node.column for node in nodes), []
    for node in nodes:
        bar = bars[node.key]
        figure.add_scatter(
            x=[bar.x, bar.x + _BAR, bar.x + _BAR, bar.x],
            y=[bar.top, bar.top, bar.top + bar.height, bar.top + bar.height],
            mode="none",
            fill="toself",
            fillcolor=node.color,
            hoverinfo="skip",
        )
        amount = _sum(node.key, ribbons) if node.amount is None else node.amount
        words.append(_word(node, bar, write(amount), last))
    figure.update_layout(
        annotations=words,
        xaxis={"visible": False, "range": [0, 1]},
        yaxis={"visible": False, "range": [height - 16, 0]},
        hovermode="closest",
    )
    return figure


def _sum(key: str, ribbons: Sequence[Ribbon]) -> float:
    out = sum(ribbon.value for ribbon in ribbons if ribbon.origin == key)
    return max(out, sum(ribbon.value for ribbon in ribbons if ribbon.target == key))


def _placed(nodes: Sequence[Node], ribbons: Sequence[Ribbon], room: float) -> dict[str, _Bar]:
    """Every column over the whole room, one scale for all."""
    columns = [[n for n in nodes if n.column == at] for at in range(max(n.column for n in nodes) + 1)]
    sums = {node.key: _sum(node.key, ribbons) for node in nodes}
    low, high = 0.0, room / max(1e-9, *(sum(sums[n.key] for n in column) for column in columns))
    for _ in range(30):
        scale = (low + high) / 2
        needs = [sum(max(sums[n.key] * scale, _SLOT) + _GAP for n in column) for column in columns]
        low, high = (scale, high) if max(needs) <= room else (low, scale)
    bars: dict[str, _Bar] = {}
    step = (1 - 2 * _WORDS - _BAR) / max(1, len(columns) - 1)
    for at, column in enumerate(columns):
        slots = [max(sums[n.key] * low, _SLOT) for n in column]
        spare = room - sum(slots) - _GAP * len(slots)
        gap = _GAP + min(spare / max(1, len(slots)), 3.0 * _GAP)
        top = _EDGE + max(0.0, room - sum(slots) - gap * (len(slots) - 1)) / 2
        for node, slot in zip(column, slots, strict=True):
            thick = sums[node.key] * low
            bars[node.key] = _Bar(top + (slot - thick) / 2, thick, slot, _WORDS + at * step)
            top += slot + gap
    return bars


def _ribbons(
    figure: go.Figure,
    nodes: Sequence[Node],
    ribbons: Sequence[Ribbon],
    bars: Mapping[str, _Bar],
    write: Callable[[float], str],
) -> None:
    names = {node.key: node.name for node in nodes}
    scale = {node.key: bars[node.key].height / (_sum(node.key, ribbons) or 1) for node in nodes}
    left = {node.key: bars[node.key].top for node in nodes}
    starts: dict[int, float] = {}
    for at in sorted(range(len(ribbons)), key=lambda at: bars[ribbons[at].target].top):
        origin = ribbons[at].origin
        starts[at] = left[origin]
        left[origin] += ribbons[at].value * scale[origin]
    right = {node.key: bars[node.key].top for node in nodes}
    for at in sorted(range(len(ribbons)), key=lambda at: bars[ribbons[at].origin].top):
        ribbon = ribbons[at]
        thick = ribbon.value * scale[ribbon.target]
        xs, ys = _curve(
            (bars[ribbon.origin].x + _BAR, starts[at]), (bars[ribbon.target].x, right[ribbon.target]), thick
        )
        right[ribbon.target] += thick
        figure.add_scatter(
            x=xs,
            y=ys,
            mode="none",
            fill="toself",
            fillcolor=ribbon.color,
            hoveron="fills",
            name=f"{names[ribbon.origin]} → {names[ribbon.target]}　{write(ribbon.value)}",
            hoverinfo="name",
            hoverlabel={"namelength": -1},
        )


def _curve(
    start: tuple[float, float], end: tuple[float, float], thick: float
) -> tuple[list[float], list[float]]:
    """Outline of a ribbon that leaves and arrives level."""
    (x0, y0), (x1, y1) = start, end
    steps = [at / _POINTS for at in range(_POINTS + 1)]
    xs = [round(x0 + (x1 - x0) * t, 4) for t in steps]
    upper = [y0 + (y1 - y0) * t * t * (3 - 2 * t) for t in steps]
    lower = [y + thick for y in reversed(upper)]
    return [*xs, *reversed(xs)], [round(y, 1) for y in (*upper, *lower)]


def _word(node: Node, bar: _Bar, amount: str, last: int) -> dict[str, object]:
    """The first column has its words at the left, all others at the right."""
    return {
        "x": bar.x if node.column == 0 else bar.x + _BAR,
        "y": bar.top + bar.height / 2,
        "text": f"{node.name}　<b>{amount}</b>",
        "showarrow": False,
        "xanchor": "right" if node.column == 0 else "left",
        "xshift": -6 if node.column == 0 else 6,
        "bgcolor": "rgba(255,255,255,.82)" if 0 < node.column < last else "rgba(0,0,0,0)",
    }

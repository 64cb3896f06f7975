"""The tree of an area as bands below each other: as wide as its members, one band per level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import plotly.graph_objects as go

from dashboard.leadership.look import SMALL, Look

State = Literal["ok", "watch", "alarm"]
BAND_PX = 64
# Of the drawing's width a character takes about so much on a screen of 1,366 px; narrower cells stay without a name.
_CHARACTER = 0.0115
_HAIR = 0.0025
# A name cut to fewer characters says nothing; what is lit keeps its sign.
_SHORTEST = 4


@dataclass(frozen=True)
class Cell:
    """One organisation: level from 0, left edge and width as shares of the whole."""

    level: int
    start: float
    width: float
    name: str
    words: str
    link: str
    state: State = "ok"


def draw_tree(look: Look, cells: Sequence[Cell], levels: Sequence[str]) -> go.Figure:
    """What is not as it should be is coloured and says so when pointed at; ``levels`` name the bands."""
    figure = look.figure(BAND_PX * len(levels) + 16)
    for level in range(len(levels)):
        row = [cell for cell in cells if cell.level == level]
        figure.add_bar(
            orientation="h",
            x=[cell.width for cell in row],
            base=[cell.start for cell in row],
            y=[-level] * len(row),
            width=0.94,
            marker={
                "color": [_fill(look, cell) for cell in row],
                "line": {"color": look.card, "width": [0.5 if cell.width < _HAIR else 1.5 for cell in row]},
            },
            text=[_label(cell) for cell in row],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            constraintext="none",
            textfont={"size": SMALL, "color": [_ink(look, cell) for cell in row]},
            customdata=[cell.link for cell in row],
            hovertext=[cell.words for cell in row],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    figure.update_layout(
        barmode="overlay",
        bargap=0,
        xaxis={"range": [0, 1], "visible": False},
        yaxis={
            "range": [-len(levels) + 0.5, 0.5],
            "tickvals": [-level for level in range(len(levels))],
            "ticktext": list(levels),
            "showgrid": False,
        },
    )
    return figure


def _fill(look: Look, cell: Cell) -> str:
    if cell.state == "alarm":
        return look.alarm
    return (
        look.warn_fill
        if cell.state == "watch"
        else look.blue[min(cell.level, 1)]
        if cell.level
        else look.superior
    )


def _ink(look: Look, cell: Cell) -> str:
    dark = cell.state == "alarm" or (cell.state == "ok" and cell.level == 0)
    return look.card if dark else look.ink


def _label(cell: Cell) -> str:
    room = int(cell.width / _CHARACTER)
    if len(cell.name) <= room:
        return cell.name
    if room >= _SHORTEST:
        return cell.name[: room - 1] + "…"
    return cell.name[:1] if room and cell.state != "ok" else ""

"""Shares as a grid of cells, rows by columns: the darker the nearer to all, each with its percent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.formats import percent_number
from dashboard.leadership.look import Look

SMALL_SAMPLE = 5
ROW, HEAD = 34, 40


@dataclass(frozen=True)
class Cell:
    """Numerator and denominator; a denominator of zero is an empty cell, below five a small sample."""

    part: float
    of: float

    @property
    def share(self) -> float | None:
        """None where there are too few to say."""
        return self.part / self.of if self.of >= SMALL_SAMPLE else None

    @property
    def word(self) -> str:
        """What stands in the cell."""
        if self.share is not None:
            return percent_number(self.share, 0)
        return "小样本" if self.of else "–"


def draw_grid(
    look: Look, rows: Sequence[tuple[str, Sequence[Cell], str]], columns: Sequence[str]
) -> go.Figure:
    """``rows``: name, cells, address to open; the first one on top."""
    figure = look.figure(HEAD + ROW * len(rows))
    for at, (name, cells, url) in enumerate(rows):
        figure.add_bar(
            x=list(columns),
            y=[0.9] * len(cells),
            base=[at + 0.05] * len(cells),
            marker={"color": [_color(look, cell) for cell in cells]},
            text=[cell.word for cell in cells],
            textposition="inside",
            insidetextanchor="middle",
            insidetextfont={"color": [_ink(look, cell) for cell in cells]},
            textangle=0,
            customdata=[url] * len(cells),
            hovertext=[
                f"{name}　{column}　{cell.part:,.0f} / {cell.of:,.0f}"
                for column, cell in zip(columns, cells, strict=True)
            ],
            hoverinfo="text",
        )
    figure.update_layout(
        barmode="overlay",
        bargap=0.04,
        xaxis={"type": "category", "side": "top", "tickangle": 0},
        yaxis={
            "tickvals": [at + 0.5 for at in range(len(rows))],
            "ticktext": [name for name, _, _ in rows],
            "range": [len(rows), 0],
            "showgrid": False,
        },
    )
    return figure


def _color(look: Look, cell: Cell) -> str:
    if cell.share is None:
        return look.rule_soft
    return look.blue[min(4, int(max(0.0, cell.share - 0.5) * 2 * 4.999))]


def _ink(look: Look, cell: Cell) -> str:
    return look.card if cell.share is not None and cell.share >= 0.8 else look.ink

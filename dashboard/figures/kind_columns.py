"""Kinds of a thing as bars from 0 in two columns, down the left one first; words stand beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.canvas import filled, rectangles

COLUMNS = 2


@dataclass(frozen=True)
class KindColumns:
    """Panel pixels: top of the first row, height of one, width of the panel, gutter between the columns; room for
    the name before a bar and the number behind it; thickness of a bar."""

    top: float
    row: float
    width: float
    gutter: float
    name: float
    count: float
    bar: float
    kinds: int

    @property
    def rows(self) -> int:
        """Rows of the longer column."""
        return -(-self.kinds // COLUMNS)

    @property
    def column(self) -> float:
        """Width of one column."""
        return (self.width - self.gutter) / COLUMNS

    @property
    def below(self) -> float:
        """Where the rows end."""
        return self.top + self.rows * self.row

    def place(self, i: int) -> tuple[float, float]:
        """Left and top of a kind."""
        column, row = divmod(i, max(1, self.rows))
        return column * (self.column + self.gutter), self.top + row * self.row

    def draw(self, figure: go.Figure, numbers: Sequence[float], color: str, thinnest: float = 0) -> None:
        """One scale for both columns; nothing where nothing is counted."""
        largest = max(numbers, default=0.0)
        if not largest:
            return
        room = self.column - self.name - self.count
        boxes = []
        for i, n in enumerate(numbers):
            left, top = self.place(i)
            x, y = left + self.name, top + self.row / 2
            boxes.append((x, y - self.bar / 2, x + max(room * n / largest, thinnest), y + self.bar / 2))
        filled(figure, rectangles(boxes), color)

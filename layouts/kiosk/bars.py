"""Bars of counts by kind; a withheld cell says 少于5 or nothing at all, never a length."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html

from dashboard.formats import integer
from data.queries.kiosk.cells import Cell
from layouts.measured import measured

SMALL, WITHHELD = "少于5", "不单列"


def bars(cells: Sequence[Cell], words: Mapping[str, str], unit: str, measure: str) -> html.Div:
    """One row per cell in the order given."""
    most = max((cell.count or 0 for cell in cells), default=0) or 1
    rows = [
        html.Div(
            [
                html.Span(words.get(cell.key, cell.key), className="name"),
                html.Span(
                    html.Span(style={"width": f"{100 * (cell.count or 0) / most:.2f}%"}), className="track"
                ),
                _count(cell, unit, f"{measure}-{cell.key}"),
            ],
            className="bar",
        )
        for cell in cells
    ]
    return html.Div(rows, className="bars")


def _count(cell: Cell, unit: str, measure: str) -> html.Span:
    if cell.count is None:
        return html.Span(
            measured(SMALL if cell.is_small else WITHHELD, measure, None, "n word"), className="count"
        )
    return html.Span(
        [measured(integer(cell.count), measure, cell.count), html.Span(unit, className="u")],
        className="count",
    )

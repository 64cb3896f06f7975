"""Names and numbers of kinds beside their bars in two columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.figures.kind_columns import KindColumns
from dashboard.formats import integer
from layouts.measured import measured


def kind_rows(
    kinds: Sequence[tuple[str, float]], columns: KindColumns, names: Mapping[str, str], measure: str
) -> list[Component]:
    """One row per kind; each number carries ``measure:kind``."""
    rows: list[Component] = []
    for i, (kind, n) in enumerate(kinds):
        left, top = columns.place(i)
        style = {
            "left": f"{left:.0f}px",
            "top": f"{top:.0f}px",
            "width": f"{columns.column:.0f}px",
            "height": f"{columns.row}px",
        }
        name = html.Span(names.get(kind, kind), className="name")
        number = measured(integer(n), f"{measure}:{kind}", n)
        rows.append(html.Div([name, number], className="kind-row", style=style))
    return rows

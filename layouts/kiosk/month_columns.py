"""Months as columns to touch, each of one or several parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.formats import integer
from layouts.kiosk.parts import button
from layouts.measured import measured

# The highest column leaves room for its number.
ROOM_PCT = 84


@dataclass(frozen=True)
class Column:
    """A month with the parts of its column, the lowest first; None is no data."""

    month: str
    parts: tuple[int, ...] | None
    is_open: bool = False

    @property
    def total(self) -> int:
        """Height of the whole column."""
        return sum(self.parts or ())


def month_columns(columns: Sequence[Column], group: str, measure: str) -> html.Div:
    """Heights relative to the highest month; the month is chosen in ``group``."""
    most = max((column.total for column in columns), default=0) or 1
    return html.Div([_column(column, most, group, measure) for column in columns], className="columns")


def _column(column: Column, most: int, group: str, measure: str) -> Component:
    stack = [
        html.Span(className=f"part p{place}", style={"height": f"{ROOM_PCT * n / most:.2f}%"})
        for place, n in reversed(list(enumerate(column.parts or ())))
    ]
    total = column.total if column.parts is not None else None
    january = column.month.endswith("-01")
    label = f"{int(column.month[5:])}月"
    return button(
        [
            html.Span(
                [
                    measured("–" if total is None else integer(total), f"{measure}-{column.month}", total),
                    *stack,
                ],
                className="stack",
            ),
            html.Span(
                [label, html.Span(column.month[:4], className="year") if january else ""], className="month"
            ),
        ],
        f"column{' open' if column.is_open else ''}",
        data_pick=f"{group}:{column.month}",
        data_marks=f"{group}:{column.month}",
        aria_pressed="false",
    )

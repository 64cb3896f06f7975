"""One tile of key figures: name, big number with unit, and the line below it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.amounts import shown, tone
from dashboard.figures.key_figure_tiles import tile_box
from dashboard.formats import month_label, signed
from dashboard.theme import Theme
from data.clock import add_months
from data.queries.figures_of_month import Amount, KeyFigure
from layouts.amount import amount_shown

LONGEST_BESIDE_MONTH = 4


def tile(
    theme: Theme,
    place: tuple[str, int],
    words: tuple[Any, str, str],
    number: tuple[str, Amount, Callable[[float], str]],
    below: list[Any],
) -> Component:
    """A tile: ``place`` is slug and index, ``words`` name, unit and period, ``number`` measure and amount."""
    left, width = tile_box(theme, *place)
    (name, unit, period), (measure, amount, write) = words, number
    present, text = amount.value is not None, shown(amount, write)
    digits = amount_shown(amount, write, measure, " ".join(["n", *_fitting(text, period)]))
    line = [digits, html.Span(unit if present else "", className="u"), html.Span(period, className="when")]
    return html.Div(
        [
            html.Div(name, className="name"),
            html.Div(line, className="val"),
            html.Div(below, className="below"),
        ],
        className="key-figure",
        style={"left": f"{left:.0f}px", "width": f"{width:.0f}px"},
    )


def _fitting(text: str, period: str) -> list[str]:
    """A long number beside its month is set smaller."""
    return ["long"] if period and len(text) > LONGEST_BESIDE_MONTH else []


def change_line(
    figure: KeyFigure, *, digits: int = 0, scale: float = 1, against: str = ""
) -> list[Component]:
    """The change against the month before: signed, coloured by better or worse; nothing without one."""
    if figure.change is None:
        return []
    change = figure.change * scale
    words = against or f"较{month_label(add_months(figure.month, -1))}"
    return [html.Span(words), html.Span(signed(change, digits), className=f"d {tone(change, digits)}")]

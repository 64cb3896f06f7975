"""A row of numbers at the head of a panel: what it is, how much, and how it changed; the first one leads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.amounts import tone
from dashboard.formats import signed
from data.queries.figures_of_month import Amount
from layouts.amount import amount_shown
from layouts.measured import measured


@dataclass(frozen=True)
class StripFigure:
    """One number: ``below`` stands under it; ``look`` is the CSS class of the swatch beside the name, "" for none."""

    name: str
    amount: Amount
    write: Callable[[float], str]
    measure: str
    unit: str
    below: Sequence[Component | str] = ()
    look: str = ""


def figure_strip(figures: Sequence[StripFigure], classes: str = "") -> html.Div:
    """The numbers from left to right; the unit goes where there is no number."""
    return html.Div([_figure(figure) for figure in figures], className=f"figure-strip {classes}".strip())


def change_in_points(change: float | None, against: str, measure: str) -> list[Component | str]:
    """较9月 +0.4: a change of a share in points; nothing without one."""
    if change is None:
        return []
    points = change * 100
    return [f"{against} ", measured(signed(points, 1), measure, points, f"d {tone(points, 1)}")]


def _figure(figure: StripFigure) -> Component:
    swatch = [html.Span(className=f"swatch {figure.look}")] if figure.look else []
    unit = figure.unit if figure.amount.value is not None else ""
    return html.Div(
        [
            html.Div([*swatch, figure.name], className="name"),
            html.Div(
                [amount_shown(figure.amount, figure.write, figure.measure), html.Span(unit, className="u")],
                className="val",
            ),
            html.Div(list(figure.below), className="below"),
        ],
        className="strip-figure",
    )

"""Key figures of the right wing in words."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.formats import integer, month_label, percent_number, score
from dashboard.theme import Theme
from data.queries.figures_of_month import Amount, KeyFigure
from data.queries.key_figures_right import KeyFiguresRight, Lights
from layouts.amount import amount_shown
from layouts.panels.key_figure_tile import change_line, tile

SLUG = "key-figures-right"


def note(view: KeyFiguresRight, theme: Theme) -> str:
    """No head, no note."""
    return ""


def body(view: KeyFiguresRight, theme: Theme) -> list[Component]:
    """Rates of the last closed month; index or lights in third place, as the scope allows."""
    third = _lights(theme, view.lights) if view.lights else _index(theme, view.index)
    return [
        _rate(theme, 0, f"{theme.profile.words.activity_day}开展率", view.theme_days),
        _rate(theme, 1, "党费收缴率", view.dues),
        third,
        _rate(theme, 3, "近3月销号率", view.warnings_closed, period=""),
    ]


def _rate(theme: Theme, index: int, name: str, figure: KeyFigure, period: str | None = None) -> Component:
    """A rate of one month; a period in the name replaces the month."""
    return tile(
        theme,
        (SLUG, index),
        (name, "%", month_label(figure.month) if period is None else period),
        (figure.measure, figure.amount, percent_number),
        list(change_line(figure, digits=1, scale=100, against="" if period is None else "较上月")),
    )


def _index(theme: Theme, figure: KeyFigure | None) -> Component:
    shown_figure = figure or KeyFigure("d_index_avg", Amount("nodata"), "")
    name = f"{theme.profile.index_name}{theme.profile.words.average}"
    return tile(
        theme,
        (SLUG, 2),
        (name, "分", month_label(shown_figure.month) if figure else ""),
        (shown_figure.measure, shown_figure.amount, score),
        list(change_line(shown_figure, digits=1)),
    )


def _lights(theme: Theme, lights: Lights) -> Component:
    below: list[Component] = []
    if lights.both.value is not None:
        below += _light("red", "红", "red_branches", lights.red)
        below += _light("yellow", "黄", "yellow_branches", lights.yellow)
    return tile(
        theme, (SLUG, 2), ("预警支部", "个", "当前"), ("warned_branches", lights.both, integer), below
    )


def _light(color: str, word: str, measure: str, amount: Amount) -> list[Component]:
    return [
        html.Span(className=f"mark {color}"),
        html.Span(word, className=color),
        amount_shown(amount, integer, measure, f"d {color}"),
    ]

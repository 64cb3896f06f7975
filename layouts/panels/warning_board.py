"""One tile per line that may be crossed: its name, red and yellow branches, and the change."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.amounts import tone
from dashboard.formats import NO_DATA, month_label, signed
from dashboard.lit_rules import BOARD_LINES, board_rules
from dashboard.theme import Theme
from data.indicators.rules import IndicatorRule
from data.queries.warning_board import CrossedLine, WarningBoard
from layouts.light_count import light_count


def title(view: WarningBoard, theme: Theme) -> str:
    """How many lines there are."""
    return f"{len(tiles(view, theme))}项预警"


def note(view: WarningBoard, theme: Theme) -> str:
    """What the change is against."""
    return f"支部数 · 较{month_label(view.compared)}体检"


def tiles(view: WarningBoard, theme: Theme) -> list[tuple[IndicatorRule, CrossedLine | None]]:
    """At most 15 lines with what is known of them; of more lines those with most lights."""
    known = {line.indicator: line for line in view.lines}
    found = [(rule, known.get(rule.id)) for rule in board_rules(theme.profile).values()]
    if len(found) <= BOARD_LINES:
        return found
    found.sort(key=lambda tile: (-tile[1].red, -tile[1].yellow) if tile[1] else (1, 0))
    return found[:BOARD_LINES]


def body(view: WarningBoard, theme: Theme) -> list[Component]:
    """Tiles in the order of the catalogue, row by row."""
    return [html.Div([_tile(rule, line) for rule, line in tiles(view, theme)], className="warning-tiles")]


def _tile(rule: IndicatorRule, line: CrossedLine | None) -> Component:
    name = html.Div(rule.short, className="name")
    if line is None:
        return html.Div([name, html.Div(NO_DATA, className="absent")], className="warning-tile")
    level = "red" if line.red else "yellow" if line.yellow else "clear"
    change = html.Span(
        "" if line.change is None else signed(line.change),
        className=f"change {tone(line.change, 0, better='down')}",
    )
    lights = [
        light_count("red", line.red, f"{rule.id}_red"),
        light_count("yellow", line.yellow, f"{rule.id}_yellow"),
    ]
    return html.Div(
        [name, html.Div([*lights, change], className="counts")], className=f"warning-tile {level}"
    )

"""Transfers in words: tiles of how they are handled (staff), the two sides' heads, a name and a number per place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.figures.canvas import text_width
from dashboard.figures.transfer_flow import HEADS, TILES, WORDS, Place, sides
from dashboard.flow_places import flow_place
from dashboard.formats import NO_DATA, decimal, integer
from dashboard.theme import Theme
from data.queries.figures_of_month import Amount
from data.queries.transfer_flow import Direction, Handling, TransferFlow
from layouts.amount import amount_shown
from layouts.measured import measured

DIRECTION_NAMES: dict[Direction, str] = {"within": "内转", "in": "转入", "out": "转出"}
# Steps in the order a transfer passes them.
STEP_NAMES = {
    "branch_register": "登记",
    "out_committee_review": "转出审核",
    "district_review": "部审",
    "in_committee_review": "转入审核",
    "branch_accept": "支部接收",
    "receipt": "回执",
}

# Room of the levels in their tile, design pixels.
LEVELS = 500


def note(view: TransferFlow, theme: Theme) -> list[Component]:
    """For visitors all ever completed; the year, and what the three colours are, with their numbers."""
    if not view.flows:
        return []
    level = theme.profile.words.level
    words: list[Component] = [html.Span(f"{view.year}年")]
    if not view.handling and view.completed.value is not None:
        words.insert(
            0, html.Span(["累计办结 ", amount_shown(view.completed, integer, "ks_transfers_total", "v")])
        )
    for direction, name in DIRECTION_NAMES.items():
        total = view.total(direction)
        if not total:
            continue
        shown = f"{level}{name}" if direction == "within" else name
        words.append(
            html.Span(
                [
                    html.Span(className=f"swatch {direction}"),
                    f"{shown} ",
                    measured(integer(total), f"d_transfer_flow:{direction}", total, "v"),
                ]
            )
        )
    return words


def body(view: TransferFlow, theme: Theme) -> list[Component]:
    """Tiles, heads and places; a word where there is no flow."""
    tiles = [_tiles(view.completed, view.handling, theme)] if view.handling else []
    if not view.flows:
        word = f"组织关系转接{NO_DATA}" if view.flows is None else "本年尚无可展示的转接流向"
        return [*tiles, html.Div(word, className="transfer-none")]
    top = theme.px(TILES) if view.handling else 0
    heads = [
        html.Div(
            [html.Span(word, className="name"), html.Span("人次", className="unit")],
            className=f"transfer-place head {side}",
            style={"top": f"{top}px", "width": f"{theme.px(WORDS - 16)}px", "height": f"{theme.px(HEADS)}px"},
        )
        for word, side in (("从哪里来", "origin"), ("到哪里去", "target"))
    ]
    where = sides(view, theme)
    places = [
        _place(place, side, view, theme)
        for side, found in (("origin", where.origins), ("target", where.targets))
        for place in found
    ]
    return [*tiles, *heads, *places]


def _place(place: Place, side: str, view: TransferFlow, theme: Theme) -> Component:
    height = theme.px(44)
    outside = " outside" if place.is_outside else ""
    return html.Div(
        [
            html.Span(place_name(place.place, view, theme), className="name"),
            measured(integer(place.members), f"{side}:{place.place}", place.members),
        ],
        className=f"transfer-place {side}{outside}",
        style={
            "top": f"{place.middle - height / 2:.1f}px",
            "height": f"{height}px",
            "width": f"{theme.px(WORDS - 16)}px",
        },
    )


def place_name(place: str, view: TransferFlow, theme: Theme) -> str:
    """A place in at most five characters."""
    if place in view.town_names:
        return theme.short_town(view.town_names[place])
    return flow_place(theme.profile.words, place)


def _tiles(completed: Amount, handling: Handling, theme: Theme) -> Component:
    in_year = amount_shown(handling.done, integer, "transfers_done_in_year", "v")
    in_month = amount_shown(handling.done_in_month, integer, "transfers_done_in_month", "v")
    done = _number(completed, integer, "ks_transfers_total", "件")
    days = _number(handling.days, _days, "ks_transfer_days", "天")
    overdue = _number(handling.overdue, integer, "transfers_overdue", "步")
    late = " late" if handling.overdue.value else ""
    solved = amount_shown(handling.solved, integer, "transfers_overdue_solved", "v")
    tiles = [
        _tile("累计办结", done, ["本年", in_year, "本月", in_month]),
        _tile("用时中位数", days, ["从申请到办结"]),
        _tile("超期未办", overdue, ["已解决", solved], late),
        _waiting(handling.waiting, theme),
    ]
    return html.Div(tiles, className="transfer-tiles", style={"height": f"{theme.px(TILES - 20)}px"})


def _number(amount: Amount, write: Callable[[float], str], measure: str, unit: str) -> list[Component]:
    """The amount and its unit; a word for its absence has none."""
    units = [html.Span(unit, className="u")] if amount.value is not None else []
    return [amount_shown(amount, write, measure), *units]


def _tile(name: str, number: list[Component], below: Sequence[str | Component], tone: str = "") -> Component:
    return html.Div(
        [
            html.Div([html.Span(className="mark" if tone else ""), name], className="name"),
            html.Div(number, className="val"),
            html.Div(list(below), className="below"),
        ],
        className=f"transfer-tile{tone}",
    )


def _waiting(waiting: Mapping[str, int] | None, theme: Theme) -> Component:
    """Steps that wait, and at whom."""
    total = Amount.of(None if waiting is None else sum(waiting.values()))
    number = _number(total, integer, "transfers_open", "步")
    if waiting is None:
        return _tile("正在办理", number, [])
    open_steps = [step for step in STEP_NAMES if waiting.get(step)]
    shown = sorted(open_steps, key=lambda step: -waiting[step])
    # Those that fit into the tile, the largest first; the rest is added up.
    while sum(_level_width(STEP_NAMES[step], waiting[step], theme) for step in shown) > theme.px(LEVELS):
        shown = shown[:-1]
    levels = [_level(STEP_NAMES[step], step, waiting[step]) for step in open_steps if step in shown]
    if rest := sum(waiting[step] for step in open_steps if step not in shown):
        levels.append(_level("其他", "other", rest))
    return _tile("正在办理", number, levels or ["没有待办"])


def _level(name: str, step: str, steps: int) -> Component:
    return html.Span([f"{name} ", measured(integer(steps), f"transfers_open:{step}", steps, "v")])


def _level_width(name: str, steps: int, theme: Theme) -> float:
    return text_width(f"{name} ", theme.caption) + text_width(integer(steps), theme.number) + theme.px(10)


def _days(days: float) -> str:
    return integer(days) if days == round(days) else decimal(days)

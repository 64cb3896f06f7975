"""Transfers in words: tiles of how they are handled (staff), the two sides' heads, a name and a number per place."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.figures.transfer_flow import HEADS, TILES, WORDS, Place, sides
from dashboard.formats import NO_DATA, decimal, integer
from dashboard.provinces import PROVINCES
from dashboard.theme import Theme
from dashboard.town_names import short_town
from data.queries.transfer_flow import (
    DIRECT,
    OTHER_REGIONS,
    OTHER_TOWNS,
    SAME_CITY,
    SAME_PROVINCE,
    Direction,
    Handling,
    TransferFlow,
)
from layouts.amount import amount_shown
from layouts.measured import measured

DIRECTION_NAMES: dict[Direction, str] = {"within": "内转", "in": "转入", "out": "转出"}
# Steps in the order a transfer passes them.
STEP_NAMES = {
    "branch_register": "支部登记",
    "out_committee_review": "转出党委",
    "district_review": "组织部",
    "in_committee_review": "转入党委",
    "branch_accept": "支部接收",
    "receipt": "回执",
}


def note(view: TransferFlow, theme: Theme) -> list[Component]:
    """The year, and what the three colours are, with their numbers."""
    if not view.flows:
        return []
    level = theme.profile.words.level
    words: list[Component] = [html.Span(f"{view.year}年")]
    for direction, name in DIRECTION_NAMES.items():
        total = view.total(direction)
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
    tiles = [_tiles(view.handling, theme)] if view.handling else []
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
    words = theme.profile.words
    named = {
        DIRECT: f"{words.direct}单位",
        OTHER_TOWNS: f"其他{words.towns}",
        OTHER_REGIONS: "其他省市",
        SAME_CITY: "市内其他",
        SAME_PROVINCE: "省内其他",
        **PROVINCES,
    }
    return short_town(view.town_names[place]) if place in view.town_names else named.get(place, "其他")


def _tiles(handling: Handling, theme: Theme) -> Component:
    waiting = None if handling.waiting is None else sum(handling.waiting.values())
    levels = handling.waiting or {}
    by_level = " ".join(
        f"{STEP_NAMES[step]}{integer(levels[step])}" for step in STEP_NAMES if levels.get(step)
    )
    late = bool(handling.overdue.value)
    pending = (
        measured(NO_DATA, "transfers_open", None, "n absent")
        if waiting is None
        else measured(integer(waiting), "transfers_open", waiting)
    )
    in_month = amount_shown(handling.done_in_month, integer, "transfers_done_in_month", "v")
    below_done: list[str | Component] = ["本月 ", in_month]
    tiles: list[tuple[str, Component, str, list[str | Component], str]] = [
        ("本年办结", amount_shown(handling.done, integer, "ks_transfers_total"), "件", below_done, ""),
        ("用时中位数", amount_shown(handling.days, _days, "ks_transfer_days"), "天", ["从申请到办结"], ""),
        (
            "超期未办",
            amount_shown(handling.overdue, integer, "transfers_overdue"),
            "步",
            ["已过办理时限"],
            " late" if late else "",
        ),
        ("正在办理", pending, "步", [by_level or "没有待办"], " wide"),
    ]
    return html.Div(
        [
            html.Div(
                [
                    html.Div([html.Span(className="mark") if "late" in tone else "", name], className="name"),
                    html.Div([number, html.Span(unit, className="u")], className="val"),
                    html.Div(below, className="below"),
                ],
                className=f"transfer-tile{tone}",
            )
            for name, number, unit, below, tone in tiles
        ],
        className="transfer-tiles",
        style={"height": f"{theme.px(TILES - 20)}px"},
    )


def _days(days: float) -> str:
    return integer(days) if days == round(days) else decimal(days)

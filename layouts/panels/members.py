"""Members in words: the total inside the ring, the age bands beside it, women and education in the head."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.amounts import count
from dashboard.figures.members import age_colors, ring_px
from dashboard.formats import NO_DATA, integer, percent, percent_number
from dashboard.theme import Theme
from data.queries.members import AgeGroup, Members
from data.queries.small_cells import SMALLEST_SHOWN
from layouts.amount import amount_shown
from layouts.measured import measured

AGE_NAMES = {
    "to_35": "≤35岁",
    "36_45": "36–45岁",
    "46_55": "46–55岁",
    "56_60": "56–60岁",
    "from_61": "≥61岁",
    "unknown": "未填",
}
# Cells that would give a small one away are left out by this word.
WITHHELD = "略"
# From this share on, the slice of unknown ages is named inside the ring.
UNKNOWN_SHARE_SHOWN = 0.005


def note(view: Members, theme: Theme) -> list[Component]:
    """Women and higher education."""
    return [
        html.Span(["女 ", amount_shown(view.women, percent, "women_share", "v")]),
        html.Span(["大专以上 ", amount_shown(view.college, percent, "college_share", "v")]),
    ]


def body(view: Members, theme: Theme) -> list[Component]:
    """The total, and one row per known band: count and share of all members."""
    side = f"{ring_px(theme)}px"
    total = html.Div(
        [
            amount_shown(view.total, count, "members"),
            html.Div(_below_total(view), className="unit"),
        ],
        className="members-total",
        style={"width": side},
    )
    rows = [_row(group, view, theme) for group in view.ages if group.name != "unknown"]
    if not rows:
        return [total, html.Div(f"年龄结构 {NO_DATA}", className="members-none")]
    return [total, html.Div(rows, className="members-ages")]


def _below_total(view: Members) -> str | list[Any]:
    """The unit; in its place the share of unknown ages where they are many."""
    unknown = next((group.count for group in view.ages if group.name == "unknown"), 0) or 0
    share = unknown / view.total.value if view.total.value else 0.0
    if share < UNKNOWN_SHARE_SHOWN:
        return "党员 · 名"
    return ["未填 ", measured(f"{percent_number(share, 0)}%", "age_unknown_share", share, "v")]


def _row(group: AgeGroup, view: Members, theme: Theme) -> Component:
    number = integer(group.count) if group.count is not None else _withheld(group)
    share = ""
    if group.count is not None and view.total.value:
        share = f"{percent_number(group.count / view.total.value, 0)}%"
    return html.Div(
        [
            html.Span(className="swatch", style={"background": age_colors(theme)[group.name]}),
            html.Span(AGE_NAMES[group.name], className="name"),
            measured(number, f"age:{group.name}", group.count),
            html.Span(share, className="share"),
        ],
        className="members-age",
    )


def _withheld(group: AgeGroup) -> str:
    return f"<{SMALLEST_SHOWN}" if group.is_small else WITHHELD

"""The ticker: one line of what happened last, as much of it as fits."""

from __future__ import annotations

from datetime import date, datetime

from dash import html
from dash.development.base_component import Component

from dashboard.formats import day_label
from dashboard.organisation_names import wall_name
from dashboard.post_kinds import post_kind
from dashboard.theme import Theme
from data.queries.ticker import Kind, Ticker, TickerItem

KIND_WORDS: dict[Kind, str] = {"activity": "活动", "post": "信息", "light": "红灯"}
LONGEST_TITLE = 18
# Design pixels: margins of the line, between two items, between the parts of an item.
MARGINS, BETWEEN, WITHIN = 128, 56, 32


def note(view: Ticker, theme: Theme) -> str:
    """Nothing: the ticker has no head."""
    return ""


def body(view: Ticker, theme: Theme) -> list[Component]:
    """Items in their order until the line is full."""
    if not view.items:
        return [html.Div("近七日无新动态", className="ticker-line")]
    room, shown = theme.wall.width_px - theme.px(MARGINS), []
    for item in view.items:
        room -= _width(item, view.today, theme)
        if room < 0:
            break
        shown.append(_item(item, view.today, theme))
        room -= theme.px(BETWEEN)
    return [html.Div(shown, className="ticker-line")]


def _item(item: TickerItem, today: date, theme: Theme) -> Component:
    return html.Span(
        [
            html.Span(KIND_WORDS[item.kind], className="kind"),
            html.Span(_when(item.at, today), className="when"),
            html.Span(_words(item, theme), className="what"),
        ],
        className=f"ticker-item {item.kind}",
    )


def _words(item: TickerItem, theme: Theme) -> str:
    name = wall_name(item.organisation)
    if item.kind == "activity":
        return f"{name} 开展 {item.words}"
    if item.kind == "light":
        return f"{name} {_indicator(item.words or '', theme)}"
    if item.words is None:
        return f"{name} 发布{post_kind(item.post_kind)}"
    return item.words if len(item.words) <= LONGEST_TITLE else item.words[: LONGEST_TITLE - 1] + "…"


def _indicator(indicator: str, theme: Theme) -> str:
    """Short name of an indicator; one the district switched off meanwhile has none."""
    try:
        return theme.profile.rule(indicator).short
    except KeyError:
        return "指标已停用"


def _when(at: datetime, today: date) -> str:
    return f"{at:%H:%M}" if at.date() == today else day_label(at.date())


def _width(item: TickerItem, today: date, theme: Theme) -> int:
    """Width in pixels, a little more than needed: a Chinese character is one em, any other less than 0.55."""
    captions = KIND_WORDS[item.kind] + _when(item.at, today)
    return round(_ems(_words(item, theme)) * theme.data + _ems(captions) * theme.caption + theme.px(WITHIN))


def _ems(text: str) -> float:
    return sum(1.0 if ord(character) > 0x2E7F or character == "…" else 0.55 for character in text)

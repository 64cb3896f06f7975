"""Whose radar it is, and the names of its lines."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.formats import month_label
from dashboard.theme import Theme
from data.clock import add_months
from data.queries.basics_radar import QUARTER
from data.queries.diagnosis import Diagnosis

LONGEST = 5


def title(view: Diagnosis, theme: Theme) -> str:
    """The town in focus, or the district; a long name in short, for the legend stands beside it."""
    name = view.town or theme.profile.name
    return f"五个基本 · {name if len(name) <= LONGEST else theme.short_town(name)[:LONGEST]}"


def note(view: Diagnosis, theme: Theme) -> list[Component]:
    """The two lines it is compared with; the gold one is the last closed month."""
    reference = theme.profile.words.average if view.town else "去年"
    return [
        html.Span([html.Span(className="line reference"), reference]),
        html.Span([html.Span(className="line before"), month_label(add_months(view.month, -QUARTER))]),
    ]


def body(view: Diagnosis, theme: Theme) -> list[Component]:
    """A word where no axis has a score."""
    if any(axis.now is not None for axis in view.axes):
        return []
    return [html.Div(f"{month_label(view.month)}无数据", className="radar-none")]

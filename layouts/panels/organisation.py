"""Organisation structure in words: three counts above the sector bar, the sectors below it."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.amounts import count
from dashboard.figures.organisation import sector_colors
from dashboard.formats import NO_DATA, integer
from dashboard.theme import Theme
from data.queries.figures_of_month import Amount
from data.queries.organisation import Organisation
from layouts.amount import amount_shown
from layouts.measured import measured

SECTOR_NAMES = {
    "village": "农村",
    "community": "城市社区",
    "two_new": "两新组织",
    "government_institution": "机关事业",
    "soe": "国有企业",
    "school": "学校",
    "hospital": "医院",
    "other": "其他",
}


def note(view: Organisation, theme: Theme) -> str:
    """The bodies above the grassroots, which are not among the counts."""
    if view.working_committees.value is None:
        return ""
    return f"另有党工委 {integer(view.working_committees.value)} 个"


def body(view: Organisation, theme: Theme) -> list[Component]:
    """Counts by type; the legend of the bar with a count per sector."""
    counts = html.Div(
        [
            _count("基层党委", "party_committees", view.committees),
            _count("党总支", "general_branches", view.general_branches),
            _count("党支部", "branches", view.branches),
        ],
        className="org-counts",
    )
    if not view.sectors:
        return [counts, html.Div(f"领域分布 {NO_DATA}", className="org-none")]
    legend = [
        html.Div(
            [
                html.Span(className="swatch", style={"background": color}),
                html.Span(SECTOR_NAMES[group], className="name"),
                measured(integer(n), f"sector:{group}", n),
            ],
            className="org-sector",
        )
        for (group, n), color in zip(view.sectors, sector_colors(theme), strict=True)
    ]
    return [counts, html.Div(legend, className="org-sectors")]


def _count(name: str, measure: str, amount: Amount) -> Component:
    return html.Div([html.Div(name, className="name"), amount_shown(amount, count, measure)])

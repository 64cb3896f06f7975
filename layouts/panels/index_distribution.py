"""The index in words: its average, the change of a year, and what the columns are."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.amounts import tone
from dashboard.figures.index_distribution import LEAD, UPPER
from dashboard.formats import NO_DATA, decimal, month_label, signed
from dashboard.theme import Theme
from data.queries.index_distribution import Band, IndexDistribution
from layouts.amount import amount_shown
from layouts.measured import measured


def title(view: IndexDistribution, theme: Theme) -> str:
    """The name the district gives its index."""
    return f"{theme.profile.index_name}分布"


def note(view: IndexDistribution, theme: Theme) -> str:
    """What the columns count."""
    return f"{month_label(view.month)}末各分段党员数（名）"


def body(view: IndexDistribution, theme: Theme) -> list[Component]:
    """The average before the bands, the head of the towns before their columns."""
    unit = "分" if view.mean.value is not None else ""
    lead = html.Div(
        [
            html.Div("人均积分", className="name"),
            html.Div([amount_shown(view.mean, decimal, "d_index_avg"), html.Span(unit, className="u")]),
            *_change(view),
            *_middle(view.middle),
        ],
        className="index-lead",
        style={"width": f"{theme.px(LEAD)}px"},
    )
    bands = [] if view.bands else [_none(f"积分分段{NO_DATA}", theme.px(UPPER) / 3)]
    return [lead, *bands, _towns(view, theme)]


def _change(view: IndexDistribution) -> list[Component]:
    if view.year_change is None:
        return []
    number = measured(
        signed(view.year_change, 1), "index_year_change", view.year_change, f"d {tone(view.year_change, 1)}"
    )
    return [html.Div(["较上年同期 ", number], className="below")]


def _middle(band: Band | None) -> list[Component]:
    if band is None:
        return []
    words = f"{band.low} 分以上" if band.high is None else f"{band.low}–{band.high} 分"
    return [html.Div(f"中位 {words}", className="below")]


def _towns(view: IndexDistribution, theme: Theme) -> Component:
    words = theme.profile.words
    if not view.towns:
        return _none(f"{words.towns}积分{NO_DATA}", theme.px(UPPER) * 1.4)
    above = sum(town.mean >= (view.mean.value or 0.0) for town in view.towns)
    said = f"{words.towns}人均"
    said += f"（前 {len(view.towns)} 名）" if view.is_cut else f"，{above} 个不低于{words.average}"
    return html.Div(said, className="index-towns", style={"top": f"{theme.px(UPPER + 8)}px"})


def _none(words: str, top: float) -> Component:
    return html.Div(words, className="index-none", style={"top": f"{top:.0f}px"})

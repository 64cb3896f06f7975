"""The platform in numbers: everything so far, today so far, and the mean of a day."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.amounts import count
from dashboard.figures.posts import LEFT, RIGHT, where
from dashboard.formats import decimal, integer, month_label, percent
from dashboard.theme import Theme
from data.queries.posts import DAYS, Posts, Series
from layouts.amount import amount_shown

# Name and unit of each measure.
NAMES = {
    "posts": ("信息", "条"),
    "views": ("浏览", "次"),
    "comments": ("评论", "条"),
    "likes": ("点赞", "次"),
}


def note(view: Posts, theme: Theme) -> list[Component]:
    """What the numbers and the areas are, and who came back."""
    active = amount_shown(view.active, percent, "hj_active_rate", "v")
    return [html.Span(f"累计 · 近 {DAYS} 天走势"), html.Span([f"{month_label(view.month)}活跃率 ", active])]


def body(view: Posts, theme: Theme) -> list[Component]:
    """One row per measure: its total on the left, today and mean on the right of its area."""
    place = where(view, theme)
    return [_row(series, i * place.row, place.row, theme) for i, series in enumerate(view.series)]


def _row(series: Series, top: float, height: float, theme: Theme) -> Component:
    name, unit = NAMES[series.measure]
    write = integer if (series.mean.value or 0) >= 10 else decimal
    today = html.Div(["今日", amount_shown(series.today, integer, f"{series.measure}_today")])
    mean = html.Div(["日均", amount_shown(series.mean, write, f"{series.measure}_mean")])
    return html.Div(
        [
            html.Span(name, className="name"),
            amount_shown(series.total, count, f"hj_{series.measure}", "n total"),
            html.Span(unit if series.total.value is not None else "", className="u"),
            html.Span(""),
            html.Div([today, mean] if series.today.value is not None else [], className="day"),
        ],
        className="posts-row",
        style={
            "top": f"{top:.1f}px",
            "height": f"{height:.1f}px",
            "gridTemplateColumns": f"{theme.px(84)}px 1fr {theme.px(56)}px "
            f"calc(100% - {theme.px(LEFT + RIGHT)}px) {theme.px(RIGHT)}px",
        },
    )

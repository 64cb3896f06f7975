"""The words of the time axis: its period in the head, the newest values at the ends of line and bars."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.figures.canvas import text_width
from dashboard.figures.time_axis import SLUG, frame
from dashboard.formats import NA, NO_DATA, integer, month_label, percent_number
from dashboard.theme import Theme
from data.queries.time_axis import TimeAxis
from layouts.measured import measured


def note(view: TimeAxis, theme: Theme) -> str:
    """The span of the axis and how far the open month has come."""
    first, last = view.months[0].month, view.months[-1].month
    span = f"{month_label(first, year=True)} – {month_label(last, year=True)}"
    return f"{span}，本月进行中，截至 {view.until.day} 日"


def body(view: TimeAxis, theme: Theme) -> list[Component]:
    """End labels: the rate of the last closed month, the meetings of the open one."""
    where = frame(theme, len(view.months))
    closed, running = view.months[-2], view.months[-1]
    share = closed.theme_day_share
    unknown = NO_DATA if closed.with_theme_day is None else NA
    head = f"{theme.profile.words.activity_day} {month_label(closed.month)}"
    # A long name of the day begins nearer to the axis rather than leave the panel.
    left = min(where.right + theme.px(18), theme.size(SLUG)[0] - text_width(head, theme.caption))
    return [
        _end(
            left,
            where.rate[0] - theme.px(40),
            head,
            unknown if share is None else percent_number(share),
            "%" if share is not None else "",
            ("theme_day_share", share),
            "gold",
        ),
        _end(
            left,
            where.bars[0] + theme.px(4),
            "三会一课 本月",
            NO_DATA if running.meetings is None else integer(running.meetings),
            "次" if running.meetings is not None else "",
            ("meetings", running.meetings),
            "line",
        ),
    ]


def _end(
    left: float, top: float, words: str, value: str, unit: str, raw: tuple[str, float | None], tone: str
) -> Component:
    figure = measured(value, *raw)
    return html.Div(
        [html.Div(words, className="w"), html.Div([figure, html.Span(unit, className="u")], className="v")],
        className=f"time-end {tone}",
        style={"left": f"{left:.0f}px", "top": f"{top:.0f}px"},
    )

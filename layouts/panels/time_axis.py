"""The words of the time axis: its period in the head, the newest values at the ends of line and bars."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.figures.canvas import text_width
from dashboard.figures.time_axis import SLUG, Frame, frame
from dashboard.formats import NA, NO_DATA, integer, month_label, percent, percent_number
from dashboard.theme import Theme
from data.queries.time_axis import LifeMonth, TimeAxis
from layouts.measured import measured


def note(view: TimeAxis, theme: Theme) -> str:
    """The span of the axis and how far the open month has come."""
    first, last = view.months[0].month, view.months[-1].month
    span = f"{month_label(first, year=True)} – {month_label(last, year=True)}"
    return f"{span}，本月进行中，截至 {view.until.day} 日"


def body(view: TimeAxis, theme: Theme) -> list[Component]:
    """End labels: the rate of the last closed month, the meetings of the open one; and each month for a playback."""
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
        *_months(view, theme, where),
    ]


def _months(view: TimeAxis, theme: Theme, where: Frame) -> list[Component]:
    """A band over each month and its figures in one line; assets/playback.js shows the month of the step."""
    found: list[Component] = []
    for index, month in enumerate(view.months):
        words = _figures(month, theme.profile.words.activity_day)
        width = text_width(words, theme.caption) + theme.px(32)
        left = min(max(0.0, where.x(index) - width / 2), theme.size(SLUG)[0] - width)
        band = {"left": f"{where.x(index) - where.step / 2:.0f}px", "width": f"{where.step:.0f}px"}
        attributes: dict[str, Any] = {"data-month": month.month}
        found.append(
            html.Div(
                [
                    html.I(style=band | {"height": f"{where.bars[1]:.0f}px"}),
                    html.Span(words, style={"left": f"{left:.0f}px", "width": f"{width:.0f}px"}),
                ],
                className="time-month",
                **attributes,
            )
        )
    return found


def _figures(month: LifeMonth, activity_day: str) -> str:
    meetings = NO_DATA if month.meetings is None else f"{integer(month.meetings)} 次"
    share = "" if month.theme_day_share is None else f"　{activity_day} {percent(month.theme_day_share)}"
    return f"{month_label(month.month, year=True)}　三会一课 {meetings}{share}"


def _end(
    left: float, top: float, words: str, value: str, unit: str, raw: tuple[str, float | None], tone: str
) -> Component:
    figure = measured(value, *raw)
    return html.Div(
        [html.Div(words, className="w"), html.Div([figure, html.Span(unit, className="u")], className="v")],
        className=f"time-end {tone}",
        style={"left": f"{left:.0f}px", "top": f"{top:.0f}px"},
    )

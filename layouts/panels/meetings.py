"""三会一课 in numbers: the newest closed period of each kind and its change against the one before."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboard.figures.meetings import line_colors
from dashboard.formats import month_label, percent_number
from dashboard.theme import Theme
from data.queries.figures_of_month import Amount
from data.queries.meetings import Meeting, Meetings
from data.readmodel.measures.organisation_setup import INSTITUTIONS
from layouts.figure_strip import StripFigure, change_in_points, figure_strip

_QUARTERS = "一二三四"


def note(view: Meetings, theme: Theme) -> str:
    """What the numbers are, and that quarterly kinds are judged by the quarter."""
    return f"{theme.profile.words.whole}落实率 · 近 {len(view.months)} 个月 · 圆点为季度"


def body(view: Meetings, theme: Theme) -> list[Component]:
    """Four numbers in the order of 三会一课; the lowest carries the colour of its line."""
    gold = {kind for kind, color in line_colors(view, theme).items() if color == theme.tokens.gold}
    return [figure_strip([_figure(meeting, meeting.kind in gold) for meeting in view.kinds], "even")]


def _figure(meeting: Meeting, is_weakest: bool) -> StripFigure:
    month, amount = meeting.closed[-1] if meeting.closed else ("", Amount("nodata"))
    measure = f"{meeting.kind}_rate"
    period = _period(meeting, month) if month else ""
    below = change_in_points(meeting.change, period, f"{measure}_change") or [period]
    name = INSTITUTIONS[meeting.kind]
    return StripFigure(name, amount, percent_number, measure, "%", below, "weakest" if is_weakest else "")


def _period(meeting: Meeting, month: str) -> str:
    """The period a value belongs to: 10月, 三季度."""
    if meeting.period == "month":
        return month_label(month)
    return f"{_QUARTERS[(int(month[5:]) - 1) // 3]}季度"

"""Party dues in numbers: the rate, and for staff the members who had not paid in full, by state."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboard.amounts import count
from dashboard.formats import month_label, percent_number
from dashboard.theme import Theme
from data.queries.dues import Dues
from data.queries.figures_of_month import Amount
from layouts.figure_strip import StripFigure, change_in_points, figure_strip


def note(view: Dues, theme: Theme) -> str:
    """What counts as paid, and the span."""
    return f"当月足额缴纳 · 近 {len(view.months)} 个月"


def body(view: Dues, theme: Theme) -> list[Component]:
    """The newest closed month; visitors read the rate alone."""
    month = month_label(view.months[-1])
    against = change_in_points(view.change, f"较{month_label(view.months[-2])}", "dues_change")
    figures = [
        StripFigure(f"{month}收缴率", view.rates[-1], percent_number, "dues_rate", "%", against),
    ]
    if view.states is not None:
        last = view.states[-1]
        figures += [
            StripFigure("足额", last.full, count, "dues_full", "名"),
            StripFigure("少缴", last.short, count, "dues_short", "名", (), "short"),
            StripFigure("未缴", last.unpaid, count, "dues_unpaid", "名", (), "unpaid"),
            StripFigure("已补缴", last.makeup, count, "dues_makeup", "名", (), "makeup"),
        ]
    else:
        figures += _extremes(view)
    return [figure_strip(figures)]


def _extremes(view: Dues) -> list[StripFigure]:
    """The highest and the lowest rate of the span with their months; nothing where all are equal."""
    known = [
        (rate.value, month)
        for rate, month in zip(view.rates, view.months, strict=True)
        if rate.value is not None
    ]
    if not known or min(known)[0] == max(known)[0]:
        return []
    ends = (("最高", max(known), "highest"), ("最低", min(known), "lowest"))
    return [
        StripFigure(f"{word} {month_label(month)}", Amount.of(rate), percent_number, f"dues_{end}", "%")
        for word, (rate, month), end in ends
    ]

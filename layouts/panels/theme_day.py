"""The theme party day in numbers: share, branches with and without it, and how far the open month has come."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.amounts import count
from dashboard.formats import month_label, percent, percent_number
from dashboard.theme import Theme
from data.queries.figures_of_month import Amount
from data.queries.theme_day import ThemeDay
from layouts.amount import amount_shown
from layouts.figure_strip import StripFigure, change_in_points, figure_strip


def title(view: ThemeDay, theme: Theme) -> str:
    """The day by its local name."""
    return theme.profile.words.activity_day


def note(view: ThemeDay, theme: Theme) -> list[Component]:
    """The open month, which is not over."""
    share = amount_shown(view.running.share, percent, "theme_day_running", "v")
    return [html.Span([f"{month_label(view.running.month)}进行中 已开展 ", share])]


def body(view: ThemeDay, theme: Theme) -> list[Component]:
    """Numbers of the last closed month over the columns."""
    last, before = view.months[-1], view.months[-2]
    against = change_in_points(view.change, f"较{month_label(before.month)}", "theme_day_change")
    held = Amount.of(last.held)
    missed = Amount.of(last.missed)
    return [
        figure_strip(
            (
                StripFigure(
                    f"{month_label(last.month)}开展率",
                    last.share,
                    percent_number,
                    "theme_day_share",
                    "%",
                    against,
                ),
                StripFigure("已开展", held, count, "theme_day_held", "个支部", (), "held"),
                StripFigure("未开展", missed, count, "theme_day_missed", "个支部", (), "missed"),
            )
        )
    ]

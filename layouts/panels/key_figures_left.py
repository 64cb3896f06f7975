"""Key figures of the left wing in words."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.amounts import count
from dashboard.formats import OPEN_MONTH, percent
from dashboard.theme import Theme
from data.queries.figures_of_month import Amount
from data.queries.key_figures_left import KeyFiguresLeft
from layouts.amount import amount_shown
from layouts.panels.key_figure_tile import change_line, tile

SLUG = "key-figures-left"


def note(view: KeyFiguresLeft, theme: Theme) -> str:
    """No head, no note."""
    return ""


def body(view: KeyFiguresLeft, theme: Theme) -> list[Component]:
    """Organisations and members of today, the villages and communities, the sign-ins of the open month."""
    organisations, members, signins = view.organisations, view.members, view.signins
    since = "较上月"
    return [
        tile(
            theme,
            (SLUG, 0),
            ("基层党组织", "个", ""),
            (organisations.measure, organisations.amount, count),
            list(change_line(organisations, against=since)),
        ),
        tile(
            theme,
            (SLUG, 1),
            ("党员", "名", ""),
            (members.measure, members.amount, count),
            list(change_line(members, against=since)),
        ),
        tile(
            theme,
            (SLUG, 2),
            ("村社", "个", ""),
            (view.divisions.measure, view.divisions.amount, count),
            _divisions(view),
        ),
        tile(
            theme,
            (SLUG, 3),
            (["本月签到", html.Span(OPEN_MONTH, className="when")], "次", ""),
            (signins.measure, signins.amount, count),
            _attendance(view.attendance),
        ),
    ]


def _divisions(view: KeyFiguresLeft) -> list[Component]:
    if view.divisions.amount.value is None:
        return []
    return [*_part("村", "villages", view.villages), *_part("社区", "communities", view.communities)]


def _part(word: str, measure: str, amount: Amount) -> list[Component]:
    return [html.Span(word), amount_shown(amount, count, measure, "d")]


def _attendance(amount: Amount) -> list[Component]:
    return [html.Span("参与率"), amount_shown(amount, percent, "hs_b_attendance_rate", "d")]

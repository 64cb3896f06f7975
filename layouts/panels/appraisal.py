"""The appraisal in words: turnout inside the ring, grades beside it, the rounds as bars towards the end of February."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.amounts import count, shown
from dashboard.figures.appraisal import grade_colors, ring_px
from dashboard.formats import NO_DATA, integer, percent_number
from dashboard.theme import Theme
from data.queries.appraisal import Appraisal, Grade, Grades, Progress, Round
from data.queries.figures_of_month import Amount
from data.queries.small_cells import SMALLEST_SHOWN
from layouts.amount import amount_shown
from layouts.measured import measured

GRADE_NAMES = {"excellent": "优秀", "qualified": "合格", "basic": "基本合格", "unqualified": "不合格"}
KIND_NAMES = {"life_meeting": "组织生活会", "appraisal": "民主评议"}
# Cells that would give a small one away are left out by this word.
WITHHELD = "略"


def title(view: Appraisal, theme: Theme) -> str:
    """Visitors read of the meetings, not of grades."""
    return "民主评议" if view.grades is not None else "组织生活会与民主评议"


def note(view: Appraisal, theme: Theme) -> str:
    """The year of the grades, or by when the rounds end."""
    return f"{view.last.year}年度" if view.grades is not None else "每年 10 月起 · 次年 2 月底前完成"


def body(view: Appraisal, theme: Theme) -> list[Component]:
    """Staff: ring, grades, life meetings; visitors: progress of both meetings."""
    rounds = [found for found in (view.last, view.running) if found is not None]
    if view.grades is None:
        bars = [_bar(found, kind) for found in rounds for kind in KIND_NAMES]
        return [html.Div(bars, className="appraisal-rounds alone")]
    bars = [_bar(found, "life_meeting") for found in rounds]
    return [
        _turnout(view.grades, theme),
        *_table(view.grades, theme),
        html.Div(bars, className="appraisal-rounds"),
    ]


def _turnout(grades: Grades, theme: Theme) -> Component:
    side = f"{ring_px(theme)}px"
    unit = "%" if grades.participation.value is not None else ""
    number = amount_shown(grades.participation, percent_number, "appraisal_participation")
    return html.Div(
        [
            html.Div([number, html.Span(unit, className="u")], className="v"),
            html.Div("参评率", className="w"),
        ],
        className="appraisal-turnout",
        style={"width": side, "height": side},
    )


def _table(grades: Grades, theme: Theme) -> list[Component]:
    if not grades.grades:
        return [html.Div(f"评议等次 {NO_DATA}", className="appraisal-none")]
    appraised = html.Div(
        [
            html.Span("参评党员", className="name"),
            amount_shown(grades.appraised, count, "appraised"),
            html.Span("名", className="share"),
        ],
        className="appraisal-grade whole",
    )
    total = sum(grade.count or 0 for grade in grades.grades)
    rows = [_grade(grade, total, theme) for grade in grades.grades]
    return [html.Div([appraised, *rows], className="appraisal-grades")]


def _grade(grade: Grade, total: int, theme: Theme) -> Component:
    withheld = f"<{SMALLEST_SHOWN}" if grade.is_small else WITHHELD
    number = integer(grade.count) if grade.count is not None else withheld
    share = f"{percent_number(grade.count / total)}%" if grade.count is not None and total else ""
    swatch = html.Span(className="swatch", style={"background": grade_colors(theme)[grade.name]})
    return html.Div(
        [
            html.Span([swatch, GRADE_NAMES[grade.name]], className="name"),
            measured(number, f"grade:{grade.name}", grade.count),
            html.Span(share, className="share"),
        ],
        className="appraisal-grade",
    )


def _bar(found: Round, kind: str) -> Component:
    """One bar from nothing to all branches; a round still running says by when it has to be full."""
    progress: Progress = getattr(found, kind)
    share = progress.share
    words = "已结束" if found.is_over else f"{found.until.year}年2月底前"
    done: list[Component | str] = [
        measured(shown(Amount.of(progress.held), integer), f"{kind}_held:{found.year}", progress.held, "d"),
        f" / {integer(progress.due)} 支部" if progress.due is not None else "",
    ]
    number = [
        amount_shown(share, percent_number, f"{kind}_share:{found.year}"),
        html.Span("%" if share.value is not None else "", className="u"),
    ]
    fill = {"width": f"{min(1.0, share.value or 0) * 100:.1f}%"}
    return html.Div(
        [
            html.Div(
                [
                    html.Span(f"{found.year}年度{KIND_NAMES[kind]}", className="name"),
                    html.Span(words, className="when"),
                    html.Span(done, className="count"),
                    html.Span(number, className="v"),
                ],
                className="line",
            ),
            html.Div(html.Div(className="done", style=fill), className="track"),
        ],
        className="appraisal-round over" if found.is_over else "appraisal-round",
    )

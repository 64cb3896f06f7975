"""Study in words: hours per member and the pace of the target, courses by category, the registered under 45."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.amounts import shown, tone
from dashboard.figures.study import HEAD, LOWER, ring_box, where
from dashboard.formats import NO_DATA, decimal, integer, percent_number, signed
from dashboard.theme import Theme
from data.queries.figures_of_month import Amount
from data.queries.study import TARGET_HOURS, Study
from layouts.amount import amount_shown
from layouts.figure_strip import StripFigure, figure_strip
from layouts.measured import measured

COURSE_NAMES = {
    "party_building": "党的建设",
    "current_affairs": "时事政策",
    "rule_of_law": "法治教育",
    "party_history": "党史党性",
    "discipline": "纪律作风",
    "skills": "业务技能",
    "rural": "乡村振兴",
    "other": "其他",
}


def note(view: Study, theme: Theme) -> str:
    """The span."""
    return f"{view.year}年累计，本月进行中"


def body(view: Study, theme: Theme) -> list[Component]:
    """Numbers, then courses on the left and the ring's words on the right."""
    ahead: list[Component | str] = []
    if view.ahead is not None:
        number = measured(signed(view.ahead, 1), "study_ahead", view.ahead, f"d {tone(view.ahead, 1)}")
        ahead = ["较序时 ", number]
    share = Amount.ratio(view.per_head.value, TARGET_HOURS)
    target = [f"目标 {TARGET_HOURS} 学时"]
    figures = [
        StripFigure("人均学时", view.per_head, decimal, "d_study_hours_avg", "学时", ahead),
        StripFigure("今日序时", Amount.of(view.pace), decimal, "study_pace", "学时"),
        StripFigure("年度完成", share, _percent, "study_target_share", "%", target),
    ]
    return [figure_strip(figures), *_courses(view, theme), *_ring(view, theme)]


def _percent(share: float) -> str:
    """Above the target there is more than all."""
    return decimal(share * 100) if share > 1 else percent_number(share)


def _head(words: list[Component | str], theme: Theme, **style: str) -> Component:
    place = {"top": f"{theme.px(LOWER)}px", "height": f"{theme.px(HEAD)}px", **style}
    return html.Div(words, className="study-head", style=place)


def _courses(view: Study, theme: Theme) -> list[Component]:
    place = where(view, theme)
    width = f"{place.right:.0f}px"
    total: list[Component | str] = ["课程课时", amount_shown(view.lessons, integer, "ks_lessons_total", "v")]
    rows = [
        html.Div(
            [
                html.Span(COURSE_NAMES.get(part.key, part.key), className="name"),
                measured(shown(part.amount, integer), f"lessons:{part.key}", part.amount.value),
            ],
            className="study-row",
            style=_place(place.top + i * place.row, place.row, width=width),
        )
        for i, part in enumerate(view.courses)
    ]
    return [_head(total, theme, left="0", width=width), *rows]


def _ring(view: Study, theme: Theme) -> list[Component]:
    left, top, side = ring_box(theme)
    share = view.registered_share
    unit = "%" if share.value is not None else ""
    middle = html.Div(
        [amount_shown(share, percent_number, "ks_under45_registered"), html.Span(unit, className="u")],
        className="study-ring",
        style=_place(top, side, left=f"{left:.0f}px", width=f"{side:.0f}px"),
    )
    registered = measured(_count(view.registered), "under_45_registered", view.registered.value)
    words = [
        html.Div(
            [
                "已注册 ",
                registered,
                "/",
                measured(_count(view.under_45), "under_45", view.under_45.value),
                _unit(view.registered, "人"),
            ],
            className="lead",
        ),
        html.Div(
            [
                "本年人均 ",
                amount_shown(view.young_hours, decimal, "ks_hours_per_head:under_45"),
                _unit(view.young_hours, "学时"),
            ],
            className="lead",
        ),
    ]
    beside = {"left": f"{where(view, theme).right + theme.px(20):.0f}px", "right": "0"}
    below = html.Div(words, className="study-registered", style={**beside, "top": f"{top + side:.0f}px"})
    return [_head(["45岁以下注册率"], theme, **beside, justifyContent="center"), middle, below]


def _unit(amount: Amount, unit: str) -> html.Span:
    return html.Span(unit if amount.value is not None else "", className="u")


def _count(amount: Amount) -> str:
    return NO_DATA if amount.value is None else integer(amount.value)


def _place(top: float, height: float, **style: str) -> dict[str, Any]:
    return {"top": f"{top:.1f}px", "height": f"{height:.1f}px", **style}

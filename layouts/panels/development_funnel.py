"""The funnel in words: stage, cases that came to it this year, cases in it now; for staff what is due."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.development_stages import STAGE_NAMES
from dashboard.figures.development_funnel import FOOT, HEADS, shape
from dashboard.formats import NO_DATA, integer, percent
from dashboard.theme import Theme
from data.queries.development_funnel import TRAITS, Admitted, DevelopmentFunnel, Limits, Stage
from data.queries.figures_of_month import Amount
from data.queries.small_cells import SMALLEST_SHOWN
from layouts.amount import amount_shown
from layouts.measured import measured

TRAIT_NAMES = {"age_35": "≤35岁", "college": "大专以上", "frontline": "一线", "women": "女"}
# A number that would give a small one away.
WITHHELD = f"<{SMALLEST_SHOWN}"


def note(view: DevelopmentFunnel, theme: Theme) -> list[Component]:
    """All cases under way, and who passed the exams of the gates so far."""
    if not view.stages or any(stage.waiting.value is None for stage in view.stages):
        return []
    total = sum(stage.waiting.value or 0 for stage in view.stages)
    words: list[Component] = [
        html.Span(["培养中 ", measured(integer(total), "d_dev_funnel", total, "v"), " 名"])
    ]
    if view.passed.value:
        passed = amount_shown(view.passed, integer, "ks_exam_passed_total", "v")
        words.insert(0, html.Span(["考试认证累计通过 ", passed, " 名"]))
    return words


def body(view: DevelopmentFunnel, theme: Theme) -> list[Component]:
    """Heads, one row per stage, and for staff two lines at the foot."""
    if not view.stages:
        return [html.Div(f"发展党员{NO_DATA}", className="funnel-none")]
    where = shape(view, theme)
    heads = html.Div(
        [
            html.Span("阶段"),
            html.Span(f"{view.year}年进入", className="reached", style=_across(view, theme)),
            html.Span("现有", className="now"),
        ],
        className="funnel-row head",
        style={"top": "0px", "height": f"{theme.px(HEADS)}px"},
    )
    most = max((stage.waiting.value or 0 for stage in view.stages), default=0)
    rows = [
        _row(stage, stage.waiting.value == most, (where.top + i * where.row, where.row), _across(view, theme))
        for i, stage in enumerate(view.stages)
    ]
    foot = [_foot(view.limits, view.admitted, theme)] if view.limits and view.admitted else []
    return [heads, *rows, *foot]


def _across(view: DevelopmentFunnel, theme: Theme) -> dict[str, str]:
    where = shape(view, theme)
    return {"left": f"{where.left:.0f}px", "width": f"{where.right - where.left:.0f}px"}


def _row(stage: Stage, is_most: bool, place: tuple[float, float], across: dict[str, str]) -> Component:
    name = STAGE_NAMES[int(stage.number)]
    now = _told(stage.waiting, stage.waiting_withheld, f"stage:{stage.number}")
    reached = _told(stage.reached, stage.reached_withheld, f"reached:{stage.number}")
    return html.Div(
        [
            html.Span(name),
            html.Span(reached, className="reached", style=across),
            html.Span([now, html.Span("名", className="u")], className="now most" if is_most else "now"),
        ],
        className="funnel-row",
        style={"top": f"{place[0]:.1f}px", "height": f"{place[1]:.1f}px"},
    )


def _told(amount: Amount, withheld: bool, measure: str) -> Any:
    return measured(WITHHELD, measure, None) if withheld else amount_shown(amount, integer, measure)


def _foot(limits: Limits, admitted: Admitted, theme: Theme) -> Component:
    due: list[Component] = [
        html.Span(["7日内到期 ", amount_shown(limits.soon, integer, "ks_dev_due_soon"), " 步"]),
        _overdue(limits),
    ]
    total = (
        measured(WITHHELD, "d_dev_admitted", None)
        if admitted.withheld
        else amount_shown(admitted.total, integer, "d_dev_admitted")
    )
    shares = [
        html.Span([f"{TRAIT_NAMES[trait]} ", amount_shown(amount, _whole_percent, f"admitted:{trait}", "v")])
        for trait, amount in ((trait, admitted.shares.get(trait)) for trait in TRAITS)
        if amount is not None and amount.value is not None
    ]
    return html.Div(
        [
            html.Div(due, className="funnel-line"),
            html.Div([html.Span(["本年发展 ", total, " 名"]), *shares], className="funnel-line admitted"),
        ],
        className="funnel-foot",
        style={"height": f"{theme.px(FOOT)}px"},
    )


def _overdue(limits: Limits) -> Component:
    words: list[str | Component] = ["超期 ", amount_shown(limits.overdue, integer, "ks_dev_overdue"), " 步"]
    if not limits.overdue.value:
        return html.Span(words)
    if limits.overdue_long.value:
        words += [" · 超30天 ", amount_shown(limits.overdue_long, integer, "ks_dev_overdue_30")]
    return html.Span([html.Span(className="mark"), *words], className="late")


def _whole_percent(share: float) -> str:
    return percent(share, 0)

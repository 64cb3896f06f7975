"""Monthly operation in words: what each row is, and its value in the last closed month."""

from __future__ import annotations

from collections.abc import Callable

from dash import html
from dash.development.base_component import Component

from dashboard.figures.monthly_operation import row_box
from dashboard.formats import decimal, integer, month_label, percent_number
from dashboard.theme import Theme
from data.queries.monthly_operation import MonthlyOperation
from layouts.amount import amount_shown

# measure → name, unit, how it is written; the order of the rows.
ROWS: dict[str, tuple[str, str, Callable[[float | None], str]]] = {
    "hs_b_dues_collection": ("党费收缴率", "%", percent_number),
    "hs_b_attendance_rate": ("活动参与率", "%", percent_number),
    "study_hours_per_member": ("人均学时", "学时", decimal),
    "volunteer_hours_per_member": ("人均服务", "小时", decimal),
}


def note(view: MonthlyOperation, theme: Theme) -> str:
    """The month of the values and the span of the pictures."""
    return f"{month_label(view.months[-1])} · 近 {len(view.months)} 个月"


def body(view: MonthlyOperation, theme: Theme) -> list[Component]:
    """Four rows of one value, one of two."""
    rows: list[tuple[str, list[Component], str]] = []
    for measure, (name, unit, write) in ROWS.items():
        amount = view.series[measure].last
        unit_shown = unit if amount.value is not None else ""
        rows.append((name, [amount_shown(amount, write, measure)], unit_shown))
    has_moves = view.series["moved_in"].last.value is not None
    rows.append(("转入转出", _moves(view), "入/出" if has_moves else ""))
    return [
        html.Div(
            [
                html.Span(name, className="name"),
                html.Span([*values, html.Span(unit, className="u")], className="v"),
            ],
            className="operation-row",
            style=_place(theme, index),
        )
        for index, (name, values, unit) in enumerate(rows)
    ]


def _moves(view: MonthlyOperation) -> list[Component]:
    moved_in, moved_out = view.series["moved_in"].last, view.series["moved_out"].last
    if moved_in.state == moved_out.state == "nodata":
        return [amount_shown(moved_in, integer, "moved_in")]
    return [
        amount_shown(moved_in, integer, "moved_in"),
        html.Span("/", className="slash"),
        amount_shown(moved_out, integer, "moved_out"),
    ]


def _place(theme: Theme, index: int) -> dict[str, str]:
    top, height = row_box(theme, index)
    return {"top": f"{top:.1f}px", "height": f"{height:.1f}px"}

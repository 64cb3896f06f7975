"""The step board in words: cases by stage above the columns; below where most wait and where most is overdue."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.development_stages import STAGE_WORDS
from dashboard.figures.step_board import HEADS, LIST_ROW, LISTED, board, fullest, listed
from dashboard.formats import NO_DATA, integer
from dashboard.theme import Theme
from data.queries.step_board import Step, StepBoard
from layouts.measured import measured

NAME_LENGTH = 12


def note(view: StepBoard, theme: Theme) -> list[Component]:
    """Which list of steps, and all that is overdue."""
    if not view.steps:
        return []
    late = measured(integer(view.overdue), "ks_dev_overdue", view.overdue, "v")
    words: list[Component] = [
        html.Span(f"{len(view.steps)}步"),
        html.Span(["超期 ", late, " 步"], className="late" if view.overdue else ""),
    ]
    if view.elsewhere:
        words.insert(1, html.Span(f"另 {integer(view.elsewhere)} 件按另一流程"))
    return words


def body(view: StepBoard, theme: Theme) -> list[Component]:
    """Heads of the stages and the list; a word when there is nothing to count."""
    if not view.steps:
        return [html.Div(f"步骤纪实{NO_DATA}", className="step-none")]
    if not view.waiting:
        return [html.Div("没有在办的发展对象", className="step-none")]
    where = board(view, theme)
    heads = []
    for stage, left, right in where.stages(view):
        cases = sum(step.waiting for step in view.steps if step.stage == stage)
        heads.append(
            html.Div(
                [html.Span(STAGE_WORDS[stage]), measured(integer(cases), f"waiting:{stage}", cases)],
                className="step-stage",
                style={
                    "left": f"{left:.1f}px",
                    "width": f"{right - left:.1f}px",
                    "height": f"{theme.px(HEADS)}px",
                },
            )
        )
    rows = html.Div(
        [_row(step, step == fullest(view)) for step in listed(view)],
        className="step-list",
        style={"height": f"{theme.px(LISTED * LIST_ROW)}px"},
    )
    return [*heads, rows]


def _row(step: Step, is_fullest: bool) -> Component:
    name = step.name if len(step.name) <= NAME_LENGTH else f"{step.name[: NAME_LENGTH - 1]}…"
    late = (
        html.Span(
            ["超期 ", measured(integer(step.overdue), f"overdue:{step.number}", step.overdue)],
            className="late",
        )
        if step.overdue
        else html.Span("无超期", className="none")
    )
    return html.Div(
        [
            html.Span(str(step.number), className="number"),
            html.Span(name, className="name"),
            html.Span(
                ["待办 ", measured(integer(step.waiting), f"at:{step.number}", step.waiting)],
                className="waiting",
            ),
            late,
        ],
        className="step-row most" if is_fullest else "step-row",
    )

"""K-08: how one becomes a member, in five stages and twenty-five steps."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.kiosk.content import Stage
from dashboard.kiosk.words import ACTORS, time_rule
from data.queries.kiosk.joining import Step
from layouts.kiosk.context import Kiosk
from layouts.kiosk.parts import button, defaults, missing, pick, shown


def body(kiosk: Kiosk) -> Sequence[Component]:
    """Five stages to touch, the steps of one, the explanation of one step."""
    view = kiosk.documents.joining
    if view is None or not view.steps:
        return [missing("入党流程")]
    stages = kiosk.content.joining.stages
    return [
        defaults(stage=1, step=1),
        html.Div([_tab(stage, view.steps) for stage in stages], className="stages"),
        html.Div([_stage(stage, view.steps) for stage in stages], className="stage-boxes"),
        html.Div([_explained(kiosk, step) for step in view.steps], className="step-cards"),
    ]


def _tab(stage: Stage, steps: Sequence[Step]) -> Component:
    """Choosing a stage chooses its first step."""
    first = next((step.number for step in steps if step.stage == stage.number), 0)
    return button(
        [html.Span(str(stage.number), className="no"), html.Span(stage.name, className="name")],
        "choice stage",
        data_pick=f"stage:{stage.number} step:{first}",
        data_marks=f"stage:{stage.number}",
        aria_pressed="false",
    )


def _stage(stage: Stage, steps: Sequence[Step]) -> Component:
    own = [step for step in steps if step.stage == stage.number]
    rows = [
        pick(
            "step",
            step.number,
            [html.Span(str(step.number), className="no"), html.Span(step.name, className="name")],
            "choice step",
        )
        for step in own
    ]
    return shown(
        "stage",
        stage.number,
        [html.P(stage.text, className="stage-text"), html.Div(rows, className="steps")],
        "stage-box",
    )


def _explained(kiosk: Kiosk, step: Step) -> Component:
    texts = {text.number: text for text in kiosk.content.joining.steps}
    text = texts.get(step.number)
    rule = time_rule(step.anchor, step.min_days, step.max_days)
    rows = [
        ("谁来办", ACTORS.get(step.actor, "").format(level=kiosk.profile.words.level)),
        ("时间要求", rule),
        ("要准备", text.bring if text else ""),
    ]
    return shown(
        "step",
        step.number,
        [
            html.Div(["第 ", html.Strong(str(step.number)), " 步"], className="step-no"),
            html.H2(step.name),
            html.P(text.text if text else ""),
            html.Dl([part for name, value in rows if value for part in (html.Dt(name), html.Dd(value))]),
        ],
        "card step-card",
    )

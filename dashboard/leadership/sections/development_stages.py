"""Stages and steps of L-07: where open cases wait, how many came to each stage, which step is late."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.development_stages import STAGE_NAMES
from dashboard.leadership.figures.stage_board import Lane, draw_board
from dashboard.leadership.figures.stage_funnel import draw_funnel
from dashboard.leadership.parts import Choice, Column, Figure, Part, Switch, Table
from dashboard.leadership.registry import Asked
from data.queries.leadership.development import Stage, Step


def parts(asked: Asked, stages: Sequence[Stage], steps: Sequence[Step]) -> list[Part]:
    """Stages as they wait and as they were reached, then the steps of the chosen stage."""
    return [_board(asked, stages, steps), _funnel(asked, stages), *_steps(asked, steps)]


def _board(asked: Asked, stages: Sequence[Stage], steps: Sequence[Step]) -> Figure:
    chosen = asked.address.more.get("stage", "")
    lanes = []
    for stage in stages:
        own = [step for step in steps if step.stage == stage.number]
        target = None if chosen == str(stage.number) else str(stage.number)
        lanes.append(
            Lane(
                STAGE_NAMES[stage.number],
                stage.waiting,
                sum(step.soon for step in own),
                sum(step.overdue for step in own),
                asked.address.but(stage=target).url,
            )
        )
    name = STAGE_NAMES.get(int(chosen), "") if chosen.isdecimal() else ""
    spoken = "；".join(f"{lane.name}{lane.waiting}件，超期{lane.overdue}件" for lane in lanes)
    return Figure(
        "stages",
        "各阶段在办",
        figure=draw_board(asked.look, lanes, name),
        describes=spoken,
        note=f"今日 · 在办 {sum(lane.waiting for lane in lanes)} 件 · 点击阶段看步骤",
        span=7,
    )


def _funnel(asked: Asked, stages: Sequence[Stage]) -> Figure:
    reached = [(STAGE_NAMES[stage.number], stage.reached) for stage in stages]
    return Figure(
        "funnel",
        "本年进入各阶段",
        figure=draw_funnel(asked.look, reached),
        describes="；".join(f"{name}{n}件" for name, n in reached),
        note=f"{asked.now.year}年至今 · 右侧为与上一阶段之比",
        span=5,
    )


def _steps(asked: Asked, steps: Sequence[Step]) -> list[Part]:
    stage = asked.address.more.get("stage", "")
    numbers = {str(step.stage) for step in steps if step.stage in STAGE_NAMES}
    shown = [step for step in steps if stage not in numbers or str(step.stage) == stage]
    lists = len({step.variant for step in steps})
    rows = [
        {
            "step": f"{step.variant}|{step.number}",
            "number": f"{step.variant}步制 第{step.number}步" if lists > 1 else f"第{step.number}步",
            "name": step.name,
            "stage": STAGE_NAMES.get(step.stage, ""),
            "waiting": step.waiting,
            "soon": step.soon,
            "overdue": step.overdue,
            "overdue_long": step.overdue_long,
            "light": 4 if step.overdue_long else 3 if step.overdue else None,
        }
        for step in shown
    ]
    columns = (
        Column("number", "步骤", width=130 if lists > 1 else 90, pinned=True),
        Column("name", "名称", width=220, grows=True),
        Column("stage", "阶段", width=110),
        Column("waiting", "等候", "integer", better="neither", width=90),
        Column("soon", "七日内到期", "integer", better="neither", width=110),
        Column("overdue", "超期", "integer", better="down", light="light", width=90),
        Column("overdue_long", "超期30天", "integer", better="down", light="light", width=100),
    )
    choices = [Choice("全部", asked.address.but(stage=None), stage not in numbers)]
    choices += [Choice(STAGE_NAMES[int(n)], asked.address.but(stage=n), n == stage) for n in sorted(numbers)]
    return [
        Switch("stage", "阶段", choices=choices),
        Table(
            "steps",
            "步骤与时限",
            columns=columns,
            rows=rows,
            key="step",
            note=f"今日 · 等候 {sum(step.waiting for step in shown)} 件 · 案件停在第一个未办结的步骤",
            height=0 if len(rows) <= 15 else 460,
        ),
    ]

"""Cases by the step they wait at: one column a step, grouped by stage; where some are overdue, that part and a sign."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, markers, polyline, rectangles, text, text_width
from dashboard.theme import Theme
from data.queries.step_board import Step, StepBoard

SLUG = "step-board"
# Design pixels: heads of the stages, numbers of the steps, one row of the list at the foot.
HEADS, NUMBERS, LIST_ROW = 84, 38, 48
LISTED = 3
STAGE_GAP = 18
# Room above the highest column for its sign, and the sign.
SIGN_ROOM, SIGN = 34, 22

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Board:
    """Left edge of every column and the columns' width, the base of the columns, and the room above it."""

    lefts: tuple[float, ...]
    width: float
    top: float
    base: float

    def stages(self, view: StepBoard) -> list[tuple[int, float, float]]:
        """Stage, left and right edge of its columns."""
        steps = enumerate(view.steps or ())
        groups = ((stage, list(group)) for stage, group in groupby(steps, key=lambda one: one[1].stage))
        return [(stage, self.lefts[g[0][0]], self.lefts[g[-1][0]] + self.width) for stage, g in groups]


def board(view: StepBoard, theme: Theme) -> Board:
    """Columns over the whole width with a gap between the stages."""
    width, height = theme.size(SLUG)
    steps = view.steps or ()
    gap = theme.px(STAGE_GAP)
    breaks = [i for i in range(1, len(steps)) if steps[i].stage != steps[i - 1].stage]
    pitch = (width - gap * len(breaks)) / max(1, len(steps))
    lefts = tuple(i * pitch + gap * sum(i >= one for one in breaks) for i in range(len(steps)))
    base = height - theme.px(LISTED * LIST_ROW + NUMBERS + 12)
    return Board(lefts, pitch * 0.8, theme.px(HEADS), base)


def fullest(view: StepBoard) -> Step | None:
    """The step where most cases wait; None where none does."""
    step = max(view.steps or (), key=lambda step: step.waiting, default=None)
    return step if step and step.waiting else None


def listed(view: StepBoard) -> list[Step]:
    """The steps named at the foot: where most wait, then those with most overdue."""
    first = fullest(view)
    if first is None:
        return []
    rest = sorted(view.steps or (), key=lambda step: (-step.overdue, -step.waiting, step.number))
    return [first, *(step for step in rest if step != first and step.waiting)][:LISTED]


def draw(view: StepBoard, theme: Theme) -> go.Figure:
    """Columns, the fullest one gold; numbers of the steps that the list names, and of those that have room."""
    figure = canvas(theme, SLUG)
    if not view.steps or not view.waiting:
        return figure
    where = board(view, theme)
    room = where.base - where.top
    scale = min(
        (room - (theme.px(SIGN_ROOM) if step.overdue else 0)) / step.waiting
        for step in view.steps
        if step.waiting
    )
    most = fullest(view)
    plain: list[Box] = []
    gold: list[Box] = []
    late, signs = [], []
    for left, step in zip(where.lefts, view.steps, strict=True):
        right, top = left + where.width, where.base - max(step.waiting * scale, theme.px(3))
        if step.waiting:
            (gold if step == most else plain).append((left, top, right, where.base))
        if step.overdue:
            late.append((left, top, right, min(where.base, top + step.overdue * scale)))
            signs.append((left + where.width / 2, top - theme.px(SIGN_ROOM) / 2))
    filled(figure, rectangles(gold), theme.tokens.gold)
    if plain:
        filled(figure, rectangles(plain), theme.tokens.blue[3])
    if late:
        filled(figure, rectangles(late), theme.tokens.alarm)
        x, y = ([round(at[axis], 1) for at in signs] for axis in (0, 1))
        size = min(theme.px(SIGN), where.width)
        markers(figure, x, y, size=size, color=theme.tokens.alarm, symbol="octagon")
    ends = [(left, right) for _, left, right in where.stages(view)]
    xs = [x for left, right in ends for x in (left, right, None)]
    ys = [y for _ in ends for y in (where.base, where.base, None)]
    polyline(figure, (xs[:-1], ys[:-1]), color=theme.tokens.rule, width=theme.px(2))
    figure.update_layout(annotations=_numbers(view, theme, where))
    return figure


def _numbers(view: StepBoard, theme: Theme, where: Board) -> list[dict[str, object]]:
    """Named steps in full ink, then whatever of the others keeps clear of those written before."""
    steps = view.steps or ()
    named = [step.number for step in listed(view)]
    order = [*named, *(step.number for step in steps if step.number not in named)]
    at = {step.number: left + where.width / 2 for step, left in zip(steps, where.lefts, strict=True)}
    taken: list[tuple[float, float]] = []
    words = []
    for number in order:
        x, half = at[number], text_width(str(number), theme.caption) / 2 + theme.px(4)
        if any(abs(x - other) < half + others for other, others in taken):
            continue
        taken.append((x, half))
        color = theme.tokens.ink if number in named else theme.tokens.ink3
        y = where.base + theme.px(NUMBERS) / 2
        words.append(text(x, y, str(number), size=theme.caption, color=color))
    return words

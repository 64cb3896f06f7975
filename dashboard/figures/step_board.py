"""Cases by the step they wait at: one column a step, grouped by stage; where some are overdue, that part and a sign."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import plotly.graph_objects as go

from dashboard.figures.canvas import canvas, filled, markers, polyline, rectangles, text
from dashboard.theme import Theme
from data.queries.step_board import Step, StepBoard

SLUG = "step-board"
# Design pixels: heads of the stages, numbers of the steps, one row of the list at the foot.
HEADS, NUMBERS, LIST_ROW = 84, 38, 48
LISTED = 3
STAGE_GAP = 18
# Room above the highest column for its sign, and the sign.
SIGN_ROOM, SIGN = 34, 22


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


def listed(view: StepBoard) -> list[Step]:
    """The steps named at the foot: most overdue first, then those where most wait."""
    found = sorted(view.steps or (), key=lambda step: (-step.overdue, -step.waiting, step.number))
    return [step for step in found[:LISTED] if step.waiting]


def draw(view: StepBoard, theme: Theme) -> go.Figure:
    """Two traces of rectangles; numbers of the steps that the list names, and of each stage's first."""
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
    plain, late, signs = [], [], []
    for left, step in zip(where.lefts, view.steps, strict=True):
        right, top = left + where.width, where.base - max(step.waiting * scale, theme.px(3))
        if step.waiting:
            plain.append((left, top, right, where.base))
        if step.overdue:
            late.append((left, top, right, min(where.base, top + step.overdue * scale)))
            signs.append((left + where.width / 2, top - theme.px(SIGN_ROOM) / 2))
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
    named = {step.number for step in listed(view)}
    order = sorted(steps, key=lambda step: (step.number not in named, step.number))
    taken: list[float] = []
    words = []
    for step in order:
        x = where.lefts[step.number - steps[0].number] + where.width / 2
        if any(abs(x - other) < theme.caption * 1.25 for other in taken):
            continue
        taken.append(x)
        color = theme.tokens.ink if step.number in named else theme.tokens.ink3
        y = where.base + theme.px(NUMBERS) / 2
        words.append(text(x, y, str(step.number), size=theme.caption, color=color))
    return words

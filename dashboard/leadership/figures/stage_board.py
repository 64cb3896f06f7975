"""Open cases by stage of admission: bars split into those in time, those due soon and those overdue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.leadership.figures.waiting_bars import finish
from dashboard.leadership.look import Look


@dataclass(frozen=True)
class Lane:
    """One stage: open cases in it, and of these due within seven days and past their limit."""

    name: str
    waiting: int
    soon: int
    overdue: int
    link: str


def draw_board(look: Look, lanes: Sequence[Lane], chosen: str = "", height: int = 250) -> go.Figure:
    """The first stage on top; a click on a bar opens its steps, those of ``chosen`` are open already."""
    figure = look.figure(height)
    names = [lane.name for lane in lanes]
    kinds = (
        ("在办未到期", look.blue[2], [lane.waiting - lane.soon - lane.overdue for lane in lanes]),
        ("七日内到期", look.warn_fill, [lane.soon for lane in lanes]),
        ("超期", look.alarm, [lane.overdue for lane in lanes]),
    )
    for word, color, counts in kinds:
        figure.add_bar(
            y=names,
            x=counts,
            name=word,
            orientation="h",
            marker={
                "color": color,
                "opacity": [1 if chosen in ("", name) else 0.35 for name in names],
            },
            customdata=[lane.link for lane in lanes],
            hovertemplate=f"%{{y}}　{word} %{{x:,}} 件<extra></extra>",
        )
    ends = [(lane.name, lane.waiting, lane.overdue) for lane in lanes]
    return finish(figure, ends, 1.22, itemclick=False)

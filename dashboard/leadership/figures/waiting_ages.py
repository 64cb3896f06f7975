"""Steps that wait, by kind and by how long they have stood open: the longer, the darker."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.leadership.figures.waiting_bars import finish
from dashboard.leadership.look import Look


def draw_ages(
    look: Look,
    ages: Sequence[str],
    rows: Sequence[tuple[str, Sequence[int], int]],
    height: int = 250,
) -> go.Figure:
    """(kind, count by age, of these past their limit), the first on top; the last age is drawn as an alarm."""
    figure = look.figure(height)
    names = [name for name, _, _ in rows]
    colors = [*look.blue[: len(ages) - 1], look.alarm]
    for at, (age, color) in enumerate(zip(ages, colors, strict=True)):
        figure.add_bar(
            y=names,
            x=[counts[at] for _, counts, _ in rows],
            name=age,
            orientation="h",
            marker={"color": color},
            hovertemplate=f"%{{y}}　等候{age} %{{x:,}} 件<extra></extra>",
        )
    ends = [(name, sum(counts), late) for name, counts, late in rows]
    return finish(figure, ends, 1.25, entrywidth=66)

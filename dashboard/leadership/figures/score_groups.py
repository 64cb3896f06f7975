"""Points by group as bars from zero: attained, and what was lost of the attainable."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.formats import decimal, percent
from dashboard.leadership.look import SMALL, Look
from dashboard.score_items import Group

ROW, TALLEST_ROW, HEAD = 46, 84, 24
# A row of the table of items beside it.
_ITEM = 30


def draw_groups(look: Look, groups: Sequence[Group], items: int = 0) -> go.Figure:
    """One bar per group in the order of the set, all on one scale of points; as tall as a table of so many items."""
    row = min(TALLEST_ROW, max(ROW, _ITEM * items / max(1, len(groups))))
    figure = look.figure(round(HEAD + row * max(2, len(groups))))
    names = [group.name for group in groups]
    kept = [min(group.attained, group.attainable) for group in groups]
    lost = [max(0.0, group.lost) for group in groups]
    said = [
        f"得 {decimal(g.attained)} / {decimal(g.attainable)} 分，得分率 {percent(g.rate)}" for g in groups
    ]
    for values, color in ((kept, look.blue[3]), (lost, look.gold)):
        figure.add_bar(
            x=values,
            y=names,
            orientation="h",
            marker={"color": color},
            text=said,
            textposition="none",
            hovertemplate="%{y}<br>%{text}<extra></extra>",
        )
    widest = max((group.attainable for group in groups), default=1.0)
    rates = [
        {
            "x": group.attainable,
            "y": group.name,
            "text": f"<b>{percent(group.rate)}</b>　{decimal(group.attained)}/{decimal(group.attainable)}",
            "showarrow": False,
            "xanchor": "left",
            "xshift": 8,
            "font": {"size": SMALL, "color": look.ink},
        }
        for group in groups
    ]
    figure.update_layout(
        annotations=rates,
        barmode="stack",
        bargap=0.5,
        xaxis={"range": [0, widest * 1.42], "visible": False},
        yaxis={"autorange": "reversed", "showgrid": False},
    )
    return figure

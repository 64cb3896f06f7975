"""From raised to closed: how many warnings have reached each step, those the operational system raised apart."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go

from dashboard.formats import integer, percent
from dashboard.leadership.look import TEXT, Look
from data.queries.leadership.warning_course import STAGES, Reached, Stage

WORDS = {"raised": "产生", "pushed": "推送", "acknowledged": "签收", "rectified": "整改", "closed": "销号"}
OPERATIONAL_ONLY = ("pushed", "acknowledged")
HEIGHT = 280
# Room at the right for the number and its share of all.
_ROOM = 1.3


def draw(view: Reached, look: Look, links: Mapping[Stage, str]) -> go.Figure:
    """Bars from zero, one step below the other; number and share of all raised stand at their ends. ``links`` gives
    the address a step opens."""
    figure = look.figure(HEIGHT)
    kinds = (("业务系统预警", view.operational, look.blue[4]), ("亮灯自动生成", view.derived, look.blue[1]))
    # Nothing that follows from a light alone is pushed or acknowledged: no bars of nothing.
    kept = [at for at, stage in enumerate(STAGES) if any(view.operational) or stage not in OPERATIONAL_ONLY]
    names = [WORDS[STAGES[at]] for at in kept]
    for name, counted, color in kinds:
        values = [counted[at] for at in kept]
        if any(values):
            figure.add_bar(
                y=names,
                x=values,
                name=name,
                orientation="h",
                marker={"color": color},
                customdata=[links.get(STAGES[at]) for at in kept],
                hovertemplate=f"{name}　%{{y}} %{{x:,}} 件<extra></extra>",
            )
    for name, at in zip(names, kept, strict=True):
        reached = view.operational[at] + view.derived[at]
        figure.add_annotation(
            x=reached, y=name, text=_text(reached, view.raised), showarrow=False,
            xanchor="left", xshift=8, font={"color": look.ink, "size": TEXT},
        )  # fmt: skip
    figure.update_layout(
        barmode="stack",
        showlegend=any(view.operational) and any(view.derived),
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
        xaxis={"range": [0, view.raised * _ROOM or 1], "showticklabels": False},
        yaxis={"categoryorder": "array", "categoryarray": names[::-1]},
    )
    return figure


def _text(count: int, of: int) -> str:
    return f"<b>{integer(count)}</b>　{percent(count / of, 0)}" if of else integer(count)

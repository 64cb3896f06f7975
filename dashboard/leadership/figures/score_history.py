"""Two years of a score beside those it is compared with; the lights of the months stand in a row below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.formats import month_label, score
from dashboard.leadership.look import SMALL, Look
from dashboard.reports.grades import LIGHT_WORDS
from data.readmodel.light import Light

# Shape and colour together; the shapes are those of the lights on every page.
_SHAPES = {
    Light.RED: "octagon",
    Light.YELLOW: "triangle-up",
    Light.GREEN: "circle",
    Light.NA: "circle-open",
    Light.NODATA: "circle-open-dot",
}
_LABEL_PX, RIGHT_PX, EVERY = 20, 132, 6
# The score's axis reaches at least so far, so that a tenth of a point is no cliff.
_LEAST_SPAN = 8.0


@dataclass(frozen=True)
class ScoreLine:
    """A name and its scores by month, None where there is none."""

    name: str
    values: Sequence[float | None]
    color: str
    width: float = 2
    dash: str = "solid"


def draw_history(
    look: Look,
    months: Sequence[str],
    lines: Sequence[ScoreLine],
    lights: Sequence[Light | None],
    links: Sequence[str],
    height: int = 330,
) -> go.Figure:
    """Lines are drawn in this order, the last on top; a light leads to its month."""
    figure = look.figure(height)
    for line in lines:
        figure.add_scatter(
            x=list(range(len(months))),
            y=list(line.values),
            mode="lines+markers",
            line={"color": line.color, "width": line.width, "dash": line.dash},
            marker={
                "size": [6 if alone else 0.1 for alone in _alone(line.values)],
                "color": line.color,
                "opacity": 1,
            },
            text=[month_label(month, year=True) for month in months],
            hovertemplate=f"%{{text}}　{line.name} <b>%{{y:.1f}}</b><extra></extra>",
        )
    _lights(figure, look, months, lights, links)
    low, high = score_range(lines)
    end_labels(figure, lines, (low, high), height)
    shown = range((len(months) - 1) % EVERY, len(months), EVERY)
    figure.update_layout(
        margin={"r": RIGHT_PX},
        xaxis={
            "range": [-0.6, len(months) - 0.4],
            "tickvals": list(shown),
            "ticktext": [f"{months[i][2:4]}-{months[i][5:]}" for i in shown],
            "anchor": "y2",
        },
        yaxis={"range": [low, high], "domain": [0.2, 1], "nticks": 5},
        yaxis2={"range": [-1, 1], "domain": [0, 0.12], "visible": False},
    )
    return figure


def _alone(values: Sequence[float | None]) -> list[bool]:
    """Where a value has no neighbour a line could lead to: it is drawn as a point."""
    around = [None, *values, None]
    return [
        around[i + 1] is not None and around[i] is None and around[i + 2] is None for i in range(len(values))
    ]


def _lights(
    figure: go.Figure, look: Look, months: Sequence[str], lights: Sequence[Light | None], links: Sequence[str]
) -> None:
    """Marks one by one; a month without a row has none."""
    at = [i for i, light in enumerate(lights) if light is not None]
    seen = [Light(light) for light in lights if light is not None]
    colors = {Light.RED: look.alarm, Light.YELLOW: look.warn_fill, Light.GREEN: look.ok}
    edges = {Light.RED: look.alarm, Light.YELLOW: look.warn, Light.GREEN: look.ok}
    figure.add_scatter(
        x=at,
        y=[0] * len(at),
        yaxis="y2",
        mode="markers",
        marker={
            "symbol": [_SHAPES[light] for light in seen],
            "color": [colors.get(light, look.ink3) for light in seen],
            "size": [13 if light >= Light.YELLOW else 9 for light in seen],
            "opacity": 1,
            "line": {"width": 1, "color": [edges.get(light, look.ink3) for light in seen]},
        },
        customdata=[links[i] for i in at],
        text=[
            f"{month_label(months[i], year=True)}　{LIGHT_WORDS[light]}"
            for i, light in zip(at, seen, strict=True)
        ],
        hovertemplate="%{text}<extra></extra>",
    )


def score_range(lines: Sequence[ScoreLine]) -> tuple[float, float]:
    """Lowest and highest value of the axis, never narrower than a few points."""
    known = [value for line in lines for value in line.values if value is not None]
    low, high = min(known, default=0.0), max(known, default=100.0)
    pad = max((high - low) * 0.08, (_LEAST_SPAN - (high - low)) / 2)
    return max(low - pad, -1.0), min(high + pad, 101.0)


def end_labels(figure: go.Figure, lines: Sequence[ScoreLine], span: tuple[float, float], height: int) -> None:
    """Name and last value at the end of each line, moved apart where they would meet; – where the last month has
    none."""
    ends = []
    for line in lines:
        known = [(i, value) for i, value in enumerate(line.values) if value is not None]
        if known:
            ends.append((known[-1][1], line))
    # Units of the axis one label is high.
    step = (span[1] - span[0]) * _LABEL_PX / (height * 0.72)
    free = span[1] + step
    for value, line in sorted(ends, key=lambda end: -end[0]):
        y = min(value, free - step)
        free = y
        figure.add_annotation(
            x=1,
            xref="paper",
            y=y,
            xanchor="left",
            showarrow=False,
            text=f"{line.name} <b>{score(line.values[-1])}</b>",
            font={"size": SMALL, "color": line.color},
        )

"""The towns of the district by their points: areas in five blues, name and points, lit branches by shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.formats import integer, score
from dashboard.leadership.look import SMALL, Look
from dashboard.leadership.town_shapes import Shape, Shapes
from dashboard.map_classes import Classes, classify
from data.queries.leadership.town_map import Town

# What a character, the points beside a name and a line need in pixels; an area with less room is a dot that says its
# points when it is pointed at.
_CHARACTER, _POINTS, _LINE = 14, 38, 18
# On the narrowest screen the map is drawn so much smaller than it is prepared.
_NARROWEST = 0.72


@dataclass(frozen=True)
class Shown:
    """One town on the map: what it is called where room is short, and the page it leads to."""

    town: Town
    short: str
    link: str


def draw_towns(look: Look, towns: Sequence[Shown], shapes: Shapes) -> go.Figure:
    """A click near a name opens the committee; a town without points is hatched grey, never pale blue."""
    figure = look.figure(int(shapes.height))
    known = [one for one in towns if one.town.name in shapes.towns]
    classes = classify([one.town.score for one in known if one.town.score is not None])
    for one in known:
        _area(figure, look, shapes.towns[one.town.name], _color(look, classes, one.town.score))
    _names(figure, look, known, shapes)
    _legend(figure, look, classes, shapes)
    axis = {"visible": False, "showgrid": False}
    figure.update_layout(
        hoverdistance=48,
        margin={"l": 0, "r": 0, "t": 0, "b": 34},
        xaxis={**axis, "range": [0, shapes.width]},
        yaxis={**axis, "range": [shapes.height + 6, -6], "scaleanchor": "x", "constrain": "domain"},
    )
    return figure


def _color(look: Look, classes: Classes, value: float | None) -> str:
    return look.rule_soft if value is None else look.blue[classes.of(value)]


def _area(figure: go.Figure, look: Look, shape: Shape, color: str) -> None:
    figure.add_scatter(
        x=shape.path[0],
        y=shape.path[1],
        mode="lines",
        line={"color": look.card, "width": 1.5},
        fill="toself",
        fillcolor=color,
        hoverinfo="skip",
    )


def _names(figure: go.Figure, look: Look, towns: Sequence[Shown], shapes: Shapes) -> None:
    classes = classify([one.town.score for one in towns if one.town.score is not None])
    places = [shapes.towns[one.town.name] for one in towns]
    dark = [one.town.score is not None and classes.of(one.town.score) >= 3 for one in towns]
    words = [_words(one, place) for one, place in zip(towns, places, strict=True)]
    roomy = [bool(word) for word in words]
    figure.add_scatter(
        x=[place.x for place in places],
        y=[place.y for place in places],
        mode="markers+text",
        marker={
            "size": [40 if room else 10 for room in roomy],
            "color": ["rgba(0,0,0,0)" if room else look.card for room in roomy],
            "line": {"width": [0 if room else 1.5 for room in roomy], "color": look.link},
        },
        text=words,
        textfont={"size": SMALL, "color": ["#FFFFFF" if deep else look.ink for deep in dark]},
        customdata=[one.link for one in towns],
        hovertext=[_hover(one) for one in towns],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _words(one: Shown, place: Shape) -> str:
    """Name, points and lit branches in as many lines as the area has room for; empty for a dot."""
    name, points = f"<b>{one.short}</b>", score(one.town.score)
    wide, high = place.width * _NARROWEST - _CHARACTER * len(one.short), place.height * _NARROWEST
    lit = "　".join(
        f"{shape}{integer(count)}" for shape, count in (("⬣", one.town.red), ("▲", one.town.yellow)) if count
    )
    lines = [f"{name} {points}", lit] if wide > _POINTS else [name, points, lit]
    shown = [line for line in lines if line]
    return "<br>".join(shown) if wide > 0 and high > _LINE * len(shown) else ""


def _hover(one: Shown) -> str:
    town = one.town
    if town.committee is None:
        return f"{town.name}　本月没有党(工)委记录"
    lights = f"红灯 {integer(town.red)}、黄灯 {integer(town.yellow)} / 参评 {integer(town.eligible)} 个支部"
    return f"<b>{town.committee.short_name}</b><br>诊疗分 {score(town.score)}　党员 {integer(town.members)}<br>{lights}"


def _legend(figure: go.Figure, look: Look, classes: Classes, shapes: Shapes) -> None:
    """Below the map: classes, highest first, and the schematic caption."""
    words = "　".join(
        f'<span style="color:{color}">■</span> {label}'
        for label, color in zip(classes.labels(), reversed(look.blue), strict=True)
    )
    for side, text in (("left", words), ("right", shapes.label)):
        if text:
            figure.add_annotation(
                x=0 if side == "left" else 1, y=0, xref="paper", yref="paper", xanchor=side, yanchor="top",
                yshift=-8, text=text, showarrow=False, font={"size": 12, "color": look.ink3},
            )  # fmt: skip

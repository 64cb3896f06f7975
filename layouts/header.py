"""The header of the wall: owner, title, scene, truth of the data, mode, date and the server's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.formats import long_day_label, moment_label
from dashboard.grid import Box
from dashboard.profile import DistrictProfile
from dashboard.scenes import Scene
from dashboard.version_state import Truth
from data.scope import Mode

MODE_WORDS: dict[Mode, str] = {
    "wall_reception": "接待",
    "wall_internal": "内部",
    "drill_down": "指挥",
    "kiosk": "展陈",
}


@dataclass(frozen=True)
class Programme:
    """The scenes of this wall and the one that is shown first."""

    scenes: tuple[Scene, ...]
    first: Scene


def header(
    profile: DistrictProfile,
    box: Box,
    mode: Mode,
    programme: Programme,
    truth: Truth,
    *,
    is_demo: bool,
    now: datetime,
) -> html.Header:
    """The header as of now; assets/poll.js, clientside.js and scenes.js keep it true."""
    return html.Header(
        [
            html.Div(
                [
                    html.Span(profile.owner, className="owner"),
                    html.Span(MODE_WORDS[mode], className="mark mode"),
                    html.Span("演示数据", id=ids.HEADER_DEMO, className="mark demo", hidden=not is_demo),
                    html.Span(programme.first.title, className="scene-name"),
                    _dots(programme),
                ],
                className="side",
            ),
            html.H1(profile.title),
            html.Div(
                [
                    html.Span(programme.first.title, className="scene-name"),
                    _truth(truth),
                    html.Span("对时中断", id=ids.HEADER_UNTRUSTED, className="mark untrusted", hidden=True),
                    html.Span(long_day_label(now), id=ids.HEADER_DATE, className="date"),
                    html.Span(f"{now:%H:%M:%S}", id=ids.HEADER_CLOCK, className="clock"),
                ],
                className="side right",
            ),
        ],
        className="wall-header",
        style={"width": f"{box.w}px", "height": f"{box.h}px"},
    )


def _dots(programme: Programme) -> Component:
    """One dot per scene, and what the browser must know to change scenes."""
    dots = []
    for scene in programme.scenes:
        attributes: dict[str, Any] = {
            "data-scene": scene.slug,
            "data-title": scene.title,
            "data-seconds": f"{scene.seconds:g}",
        }
        dots.append(
            html.Span(className="dot now" if scene.slug == programme.first.slug else "dot", **attributes)
        )
    return html.Div(dots, className="dots", hidden=len(dots) < 2)


def _truth(truth: Truth) -> Component:
    as_of = f"截至 {moment_label(truth.true_at)}" if truth.true_at else ""
    return html.Div(
        [
            html.Span(className="lamp"),
            html.Span(truth.word, id=ids.HEADER_STATE),
            html.Span(as_of, id=ids.HEADER_AS_OF, className="as-of"),
        ],
        className="truth",
    )

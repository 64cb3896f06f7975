"""The one redraw loop: a request of the browser in, what changed in the picture out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from dash import Dash, Input, Output, State, no_update

from callbacks.picture import Picture, Pictures
from dashboard import ids
from dashboard.ids import PARTS
from dashboard.scenes import OVERVIEW
from dashboard.theme import Theme
from data.errors import ReadModelError
from data.scope import Scope
from layouts.frame import AS_OF
from layouts.wall import DRAWN, STATE, VERSION, WALK

LOG = logging.getLogger(__name__)

PROPERTIES: dict[ids.Part, str] = {
    "figure": "figure",
    "body": "children",
    "note": "children",
    "title": "children",
}
ATTRIBUTES = (VERSION, STATE, AS_OF)

Shown = dict[str, dict[str, str]]


def register(app: Dash, pictures: Pictures, themes: Callable[[str], Theme], scope: Scope) -> None:
    """Wire the redraw: request store in; parts and attributes of every panel out."""
    outputs: dict[str, Any] = {
        "wall": {name: Output(ids.WALL, name) for name in (DRAWN, VERSION, STATE, WALK)},
        "shown": Output(ids.SHOWN, "data"),
    }
    for slug in OVERVIEW:
        parts = {part: Output(ids.part(slug, part), PROPERTIES[part]) for part in PARTS}
        attributes = {name: Output(ids.frame(slug), name) for name in ATTRIBUTES}
        outputs[slug] = {**parts, **attributes}

    @app.callback(
        output=outputs,
        inputs={"request": Input(ids.REQUEST, "data")},
        state={
            "shown": State(ids.SHOWN, "data"),
            "wall_name": State(ids.WALL_NAME, "data"),
        },
        prevent_initial_call=True,
    )
    def redraw(request: dict[str, Any], shown: Shown, wall_name: str) -> dict[str, Any]:
        try:
            picture = pictures.picture(themes(wall_name), scope, request.get("focus"))
        except ReadModelError as error:
            LOG.warning("no picture: %s", error)
            return unreachable(request)
        return changes(picture, request, shown or {})


def changes(picture: Picture, request: dict[str, Any], shown: Shown) -> dict[str, Any]:
    """What the browser must replace to show this picture; everything it already shows is left alone."""
    reply: dict[str, Any] = {
        "wall": {
            DRAWN: str(request["n"]),
            VERSION: str(picture.version.number),
            STATE: picture.truth.state,
            WALK: walk_text(picture.walk),
        },
    }
    now_shown = dict(shown)
    for slug, drawn in picture.panels.items():
        known = shown.get(slug, {})
        reply[slug] = dict.fromkeys(PARTS, no_update)
        if drawn is not None:
            fresh = {p: drawn.parts[p] for p in PARTS if drawn.digests[p] != known.get(p)}
            reply[slug].update({p: value for p, value in fresh.items() if value is not None})
            now_shown[slug] = {str(part): digest for part, digest in drawn.digests.items()}
        reply[slug][VERSION] = str(picture.version.number) if drawn is not None else no_update
        reply[slug][STATE] = picture.state_of(slug)
        reply[slug][AS_OF] = picture.as_of if drawn is not None else no_update
    reply["shown"] = now_shown if now_shown != shown else no_update
    return reply


def unreachable(request: dict[str, Any]) -> dict[str, Any]:
    """The last picture stands, every panel marked down."""
    reply: dict[str, Any] = {
        "wall": {DRAWN: str(request["n"]), VERSION: no_update, STATE: "down", WALK: no_update},
        "shown": no_update,
    }
    for slug in OVERVIEW:
        reply[slug] = {
            **dict.fromkeys((*PARTS, VERSION, AS_OF), no_update),
            STATE: "down",
        }
    return reply


def walk_text(walk: tuple[int, ...]) -> str:
    """Town ids of the focus walk as the attribute the browser reads."""
    return ",".join(str(town) for town in walk)

"""The one redraw loop: what the browser shows in, what changed in the picture out."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, no_update, set_props

from callbacks.picture import Picture
from dashboard import ids
from dashboard.ids import PARTS
from data.errors import ReadModelError
from layouts.frame import AS_OF, DIGESTS
from layouts.wall import DRAWN, STATE, VERSION, WALK

if TYPE_CHECKING:
    from callbacks.walls import Walls

LOG = logging.getLogger(__name__)

PROPERTIES: dict[ids.Part, str] = {
    "figure": "figure",
    "body": "children",
    "note": "children",
    "title": "children",
}

# Panels on the page with the digests of the parts they show.
Shown = dict[str, str]
# New properties of components by their id.
Changes = dict[str, dict[str, Any]]


def register(app: Dash, walls: Walls) -> None:
    """Wire the redraw: request store in; the wall's attributes out, panels as far as they changed.

    Which panels are on the page changes with the scenes, so they are set, not declared as outputs.
    """

    @app.callback(
        output={name: Output(ids.WALL, name) for name in (DRAWN, VERSION, STATE, WALK)},
        inputs={"request": Input(ids.REQUEST, "data")},
        state={"wall_name": State(ids.WALL_NAME, "data")},
        prevent_initial_call=True,
    )
    def redraw(request: dict[str, Any], wall_name: str) -> dict[str, Any]:
        screen = walls.screen(request.get("mode"))
        shown = {slug: text for slug, text in request.get("shown", {}).items() if slug in screen.panels}
        try:
            theme, focus = screen.theme(wall_name), request.get("focus")
            picture = screen.pictures.picture(theme, screen.scope, tuple(shown), focus, org_of(request))
        except ReadModelError as error:
            LOG.warning("no picture: %s", error)
            _set(unreachable(shown))
            return {DRAWN: str(request["n"]), VERSION: no_update, STATE: "down", WALK: no_update}
        _set(changes(picture, shown))
        return {
            DRAWN: str(request["n"]),
            VERSION: str(picture.version.number),
            STATE: picture.truth.state,
            WALK: walk_text(picture.walk),
        }


def org_of(request: dict[str, Any]) -> int | None:
    """The organisation in focus that a browser names; what is no number is none."""
    org = request.get("org")
    return org if isinstance(org, int) and abs(org) < 2**63 else None


def _set(found: Changes) -> None:
    for component, properties in found.items():
        set_props(component, properties)


def changes(picture: Picture, shown: Shown) -> Changes:
    """What the browser must replace to show this picture; everything it already shows is left alone."""
    found: Changes = {}
    for slug, drawn in picture.panels.items():
        attributes = {STATE: picture.state_of(slug)}
        if drawn is not None:
            known = dict(zip(PARTS, shown[slug].split(), strict=False))
            for part in PARTS:
                if drawn.digests[part] != known.get(part) and drawn.parts[part] is not None:
                    found[ids.part(slug, part)] = {PROPERTIES[part]: drawn.parts[part]}
            attributes |= {
                VERSION: str(picture.version.number),
                AS_OF: picture.as_of,
                DIGESTS: drawn.digests_text,
            }
        found[ids.frame(slug)] = attributes
    return found


def unreachable(shown: Shown) -> Changes:
    """The last picture stands, every panel marked down."""
    return {ids.frame(slug): {STATE: "down"} for slug in shown}


def walk_text(walk: tuple[int, ...]) -> str:
    """Town ids of the focus walk as the attribute the browser reads."""
    return ",".join(str(town) for town in walk)

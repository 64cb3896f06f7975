"""The next scene, drawn into the stage nobody sees; and the note of a scene that was not ready in time."""

from __future__ import annotations

import logging
from typing import Any

from dash import Dash, Input, Output, State, no_update
from flask import Flask, Response

from callbacks import redraw
from callbacks.sent import sent_json
from callbacks.walls import Walls
from dashboard import ids
from data.errors import ReadModelError

LOG = logging.getLogger(__name__)


def register(app: Dash, server: Flask, walls: Walls) -> None:
    """Wire the preparation of scenes and add /api/scenes/skipped."""

    @app.callback(
        output={stage: Output(stage, "children") for stage in ids.STAGES},
        inputs={"request": Input(ids.PREPARE, "data")},
        state={"wall_name": State(ids.WALL_NAME, "data")},
        prevent_initial_call=True,
    )
    def prepare(request: dict[str, Any], wall_name: str) -> dict[str, Any]:
        reply: dict[str, Any] = dict.fromkeys(ids.STAGES, no_update)
        screen = walls.screen(request.get("mode"))
        scene, theme = screen.scene(request["scene"]), screen.theme(wall_name)
        if scene is None or request["stage"] not in ids.STAGES:
            return reply
        try:
            focus, org = request.get("focus"), redraw.org_of(request)
            picture = screen.pictures.picture(theme, screen.scope, scene.slugs, focus, org)
        except ReadModelError as error:
            LOG.warning("no scene %s: %s", scene.slug, error)
            return reply
        reply[request["stage"]] = [screen.stage(theme, scene, picture)]
        return reply

    @server.post("/api/scenes/skipped")
    def skipped() -> Response:
        told = sent_json()
        told = told if isinstance(told, dict) else {}
        scene = walls.known_scene(told.get("scene"))
        if scene is None:
            return Response("unknown scene", status=400, mimetype="text/plain")
        unfinished = [slug for slug in scene.slugs if slug in (told.get("unfinished") or ())]
        LOG.warning(
            "scene %s was not ready and is skipped; unfinished: %s", scene.slug, ", ".join(unfinished)
        )
        return Response(status=204)

"""/api/step: what a wall shows now, tiny and asked for several times a second; /api/report: what it says of itself."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from flask import Flask, Response, request

from callbacks.direction.admission import Admission
from callbacks.direction.steps import Steps, for_screen
from callbacks.version_api import TIME_HEADER
from dashboard.direction import Step, epoch_ms
from data.clock import Clock


def register(server: Flask, steps: Steps, admission: Admission, clock: Clock) -> None:
    """Add /api/step."""

    @server.get("/api/step")
    def step() -> Response:
        now = clock()
        shown = for_screen(steps.now(), admission.modes(), steps.profile.scenes)
        body = json.dumps(payload(shown), ensure_ascii=False)
        tag = hashlib.sha1(body.encode()).hexdigest()[:16]
        known = tag in request.if_none_match
        response = Response(status=304) if known else Response(body, mimetype="application/json")
        response.set_etag(tag)
        response.headers[TIME_HEADER] = str(epoch_ms(now))
        response.headers["Cache-Control"] = "no-store"
        return response


def payload(step: Step) -> dict[str, Any]:
    """The step as a browser reads it; instants and durations in ms."""
    return {
        "number": step.number,
        "command": step.command,
        "scene": step.scene,
        "until": None if step.until is None else epoch_ms(step.until),
        "next": [[time.slug, round(time.seconds * 1000)] for time in step.next],
        "held": step.held,
        "ordered": step.is_ordered,
        "town": step.town,
        "org": step.org,
        "month": step.month,
        "mode": step.mode,
        "banner": step.banner,
        "blackout": step.blackout,
        "wake": None if step.wake is None else epoch_ms(step.wake),
    }

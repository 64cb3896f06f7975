"""What the browser polls: version, truth state and server time; and the two probes of the operator."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask, Response, request

from callbacks.picture import version_of
from callbacks.views import ViewSource
from dashboard.formats import long_day_label, moment_label
from dashboard.version_state import DOWN, Limits, Truth, truth_of
from data.clock import SHANGHAI, Clock
from data.errors import ReadModelError
from data.readmodel.reader import Feed, Version

# Server time travels beside the body, so that an unchanged answer (304) still feeds the clock.
TIME_HEADER = "X-Server-Time"


@dataclass(frozen=True)
class Server:
    """Which process answers: a new boot id draws anew, a new build reloads the page."""

    boot_id: str
    build: str


def register(server: Flask, source: ViewSource, clock: Clock, limits: Limits, identity: Server) -> None:
    """Add /api/version, /healthz and /readyz."""
    register_poll(server, "/api/version", source, clock, limits, identity)

    @server.get("/healthz")
    def healthz() -> str:
        return "ok"

    @server.get("/readyz")
    def readyz() -> tuple[str, int]:
        try:
            newest, _ = source.newest()
        except ReadModelError as error:
            return f"read model unreachable: {error}", 503
        return f"version {newest.number}", 200


def register_poll(
    server: Flask, path: str, source: ViewSource, clock: Clock, limits: Limits, identity: Server
) -> None:
    """Add a poll of the newest version of one store."""

    def version() -> Response:
        now = clock()
        try:
            newest, feed = source.newest()
        except ReadModelError:
            return _answer(_unreachable(), identity, now)
        return _answer(_payload(newest, feed, truth_of(newest, feed, now, limits), now), identity, now)

    server.add_url_rule(path, path, version)


def _payload(version: Version, feed: Feed, truth: Truth, now: datetime) -> dict[str, Any]:
    true_at = truth.true_at or version.published_at
    return {
        "version": version.number,
        "key": version_of(version),
        "published_at": version.published_at.isoformat(),
        "as_of": version.as_of.isoformat() if version.as_of else None,
        "checked_at": feed.checked_at.isoformat() if feed.checked_at else None,
        "true_label": f"截至 {moment_label(true_at)}",
        "feed": feed.state,
        "age_s": max(0, round((now - true_at).total_seconds())),
        "state": truth.state,
        "word": truth.word,
        "is_demo": version.is_demo,
    }


def _unreachable() -> dict[str, Any]:
    return {
        "version": None,
        "key": None,
        "published_at": None,
        "as_of": None,
        "checked_at": None,
        "true_label": "",
        "feed": None,
        "age_s": None,
        "state": DOWN.state,
        "word": DOWN.word,
        "is_demo": None,
    }


def _answer(payload: dict[str, Any], identity: Server, now: datetime) -> Response:
    """200 with the payload, or 304 when nothing a screen shows has changed since the client's ETag."""
    epoch_ms = round(now.replace(tzinfo=SHANGHAI).timestamp() * 1000)
    payload |= {"boot": identity.boot_id, "build": identity.build, "date_label": long_day_label(now)}
    # Ages and the second of the last check change always; no screen shows them as such.
    shown = {key: value for key, value in payload.items() if key not in ("age_s", "checked_at")}
    tag = hashlib.sha1(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:16]
    if tag in request.if_none_match:
        response = Response(status=304)
    else:
        body = payload | {"now_ms": epoch_ms, "now": now.isoformat(" ", "seconds")}
        response = Response(json.dumps(body, ensure_ascii=False), mimetype="application/json")
    response.set_etag(tag)
    response.headers[TIME_HEADER] = str(epoch_ms)
    response.headers["Cache-Control"] = "no-store"
    return response

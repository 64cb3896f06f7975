"""The kiosk: a Dash application of its own under /kiosk/, on the wall's server, over the public store alone."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from dash import Dash, Input, Output, html, no_update
from flask import Flask, Response, request

from callbacks.kiosk.screens import Screens
from dashboard.kiosk import ids
from dashboard.kiosk.registry import BASE
from dashboard.profile import DistrictProfile
from data.errors import ReadModelError
from layouts.kiosk.markup import markup
from layouts.kiosk.page import index_string
from layouts.kiosk.shell import shell
from layouts.page import RENDERER

LOG = logging.getLogger(__name__)
ROOT = Path(__file__).parents[2]
PLACES = f"{BASE}places.json"
# Where the page asks which version is newest (callbacks.version_api).
POLL = "/api/version/kiosk"


def register(
    server: Flask, screens: Screens, profile: DistrictProfile, build: str, *, reports: bool = False
) -> Dash:
    """Add the kiosk and its list of places to a server; with ``reports`` it says of itself that it lives."""
    _register_places(server, screens)
    app = Dash(
        "vanguard_kiosk",
        server=server,  # type: ignore[arg-type]
        url_base_pathname=BASE,
        title=profile.title,
        update_title=None,  # type: ignore[arg-type]
        assets_folder=str(ROOT / "assets_kiosk"),
        index_string=index_string(profile.title),
        compress=False,
        # Otherwise the page carries its whole layout a second time.
        suppress_callback_exceptions=True,
    )
    app.renderer = RENDERER
    app.layout = lambda: _layout(screens, build, "1" if reports else "")
    _register_redraw(app, screens)
    return app


def _layout(screens: Screens, build: str, reports: str) -> html.Div:
    place = "" if screens.place is None else "{},{}".format(*screens.place)
    of_root = {
        "data_build": build,
        "data_place": place,
        "data_poll": POLL,
        "data_places_url": PLACES,
        "data_reports": reports,
    }
    try:
        drawn = screens.newest()
    except ReadModelError as error:
        LOG.warning("kiosk: %s", error)
        waiting = markup(html.Div("数据准备中，请稍候。", className="waiting"))
        return shell(
            waiting,
            data_key="",
            data_digest="",
            data_drawn="0",
            data_places_digest="",
            data_whole="",
            **of_root,
        )
    state = {
        "data_digest": drawn.digest,
        "data_places_digest": drawn.places_digest,
        "data_whole": "1" if drawn.is_whole else "",
    }
    return shell(drawn.html, data_key=drawn.key, data_drawn="0", **state, **of_root)


def _register_redraw(app: Dash, screens: Screens) -> None:
    """The page asks when a new version is there and nobody touches it; what is equal is not sent."""

    @app.callback(
        output={
            "html": Output(ids.BODY, "data-html"),
            "key": Output(ids.ROOT, "data-key"),
            "digest": Output(ids.ROOT, "data-digest"),
            "places": Output(ids.ROOT, "data-places-digest"),
            "drawn": Output(ids.ROOT, "data-drawn"),
            "whole": Output(ids.ROOT, "data-whole"),
        },
        inputs={"asked": Input(ids.REQUEST, "data")},
        prevent_initial_call=True,
    )
    def redraw(asked: Any) -> dict[str, Any]:
        asked = asked if isinstance(asked, dict) else {}
        answered = {"drawn": str(asked.get("n", 0))}
        try:
            drawn = screens.newest()
        except ReadModelError as error:
            LOG.warning("kiosk: %s", error)
            return dict.fromkeys(("html", "key", "digest", "places", "whole"), no_update) | answered
        same = asked.get("digest") == drawn.digest
        return answered | {
            "html": no_update if same else drawn.html,
            "key": drawn.key,
            "digest": drawn.digest,
            "places": drawn.places_digest,
            "whole": "1" if drawn.is_whole else "",
        }


def _register_places(server: Flask, screens: Screens) -> None:
    @server.get(PLACES)
    def kiosk_places() -> Response:
        try:
            drawn = screens.newest()
        except ReadModelError:
            return Response("[]", status=503, mimetype="application/json")
        if drawn.places_digest in request.if_none_match:
            response = Response(status=304)
        else:
            response = Response(drawn.places, mimetype="application/json")
        response.set_etag(drawn.places_digest)
        response.headers["Cache-Control"] = "no-cache"
        return response

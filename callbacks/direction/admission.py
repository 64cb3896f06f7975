"""Which screens are let in and what they may show: devices by their token, the operator, guests of simulated data.

Whoever is not let in gets a page with a code, never a form; a screen is let in by typing that code elsewhere.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from flask import Flask, Response, abort, g, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from callbacks.direction.steps import Steps
from callbacks.leadership.gate import COOKIE, gate
from data.accounts.sessions import session_of
from data.clock import Clock
from data.devices.device import Device, Devices, Kind
from data.errors import AccountsUnreachable
from data.scope import Mode
from layouts.device_page import code_html
from layouts.page import plain_page

LOG = logging.getLogger(__name__)
DEVICE_COOKIE = "vanguard_device"
ENROL = "/enrol"
_ASK_AGAIN_S = "10"
_TEN_YEARS_S = 10 * 365 * 24 * 3600
_ASSETS = Path(__file__).parents[2] / "assets_device"
_FILES = {"device.js": "text/javascript", "device.css": "text/css"}
# What only a screen that was let in may ask for; files and probes are anybody's.
_BEHIND = (
    "/wall",
    "/kiosk",
    "/_dash-layout",
    "/_dash-update-component",
    "/api/version",
    "/api/step",
    "/api/report",
    "/api/scenes",
)

Asked = Literal["auto", "open", "enrolled"]


@dataclass(frozen=True)
class Admitted:
    """A screen that was let in, with the modes it may show, its own one first; ``device`` None: a guest or operator."""

    modes: tuple[Mode, ...]
    device: Device | None = None


class Admission:
    """Who is let in at one server; ``devices`` None: without a side database everybody is."""

    def __init__(
        self, devices: Devices | None, steps: Steps, clock: Clock, served: tuple[Mode, ...], asked: Asked
    ) -> None:
        self.devices = devices
        self._steps = steps
        self.reach = steps.reach
        self._clock = clock
        self._served = served
        self._asked = asked
        self._known: dict[str, Device | None] = {}

    @property
    def is_open(self) -> bool:
        """Whether any browser is let in as a guest."""
        if self.devices is None:
            return True
        return self._asked == "open" or (self._asked == "auto" and self._steps.is_demo)

    def admitted(self) -> Admitted | None:
        """Who asks, None when they are not let in; found once per request."""
        if "admitted" not in g:
            g.admitted = self._found()
        return cast(Admitted | None, g.admitted)

    def modes(self) -> tuple[Mode, ...]:
        """What the asking screen may show, its own mode first; ends the request with 401 where nothing."""
        # Dash asks for the layout without a request when it checks it.
        found = self.admitted() if request else Admitted(self._served)
        if found is None:
            abort(401)
        return found.modes

    def _found(self) -> Admitted | None:
        device = self._device(request.cookies.get(DEVICE_COOKIE, ""))
        if device is not None:
            return (
                None
                if device.is_revoked
                else Admitted(self._of_exposure(device.exposure == "internal"), device)
            )
        if self._is_operator():
            return Admitted(self._of_exposure(True))
        # A guest of real data sees what visitors see; where nobody can be let in, the server's own mode holds.
        internal = self._steps.is_demo or (self.devices is None and self._served[0] == "wall_internal")
        return Admitted(self._of_exposure(internal)) if self.is_open else None

    def _of_exposure(self, internal: bool) -> tuple[Mode, ...]:
        modes = self._served if internal else tuple(mode for mode in self._served if mode == "wall_reception")
        return modes or self._served

    def _device(self, token: str) -> Device | None:
        if not token or self.devices is None:
            return None
        try:
            with self.reach.asking():
                found = self._known[token] = self.devices.of_token(token)
        except AccountsUnreachable:
            # A wall is not turned out because the side database is away.
            g.is_in_doubt = token not in self._known
            return self._known.get(token)
        if len(self._known) > 1000:
            self._known = {token: found}
        return found

    def _is_operator(self) -> bool:
        token = request.cookies.get(COOKIE, "")
        if not token or self.devices is None:
            return False
        here = gate()
        try:
            with self.reach.asking():
                found = session_of(here.accounts, token, here.clock(), here.limits, acts=False)
        except AccountsUnreachable:
            return False
        return found is not None and not found.must_change and found.viewer.role == "operator"

    def waiting_page(self) -> str:
        """The page of a screen nobody knows anything of while the side database is away."""
        return plain_page(self._steps.profile.title, ["数据库暂时没有应答，恢复后本页自动继续。"])

    def code_page(self, kind: Kind) -> AnyResponse:
        """The page with a code, and the token the browser will be known by."""
        assert self.devices is not None
        token = request.cookies.get(DEVICE_COOKIE, "")
        device = self._device(token)
        if len(token) < 20 or len(token) > 200 or device is not None:
            token = secrets.token_urlsafe(32)
        code = self.devices.code_for(token, kind, (request.remote_addr or "")[:45], self._clock())
        answer = Response(code_html(self._steps.profile.title, code, kind), mimetype="text/html")
        answer.set_cookie(
            DEVICE_COOKIE,
            token,
            max_age=_TEN_YEARS_S,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure,
        )
        return answer


def register(server: Flask, admission: Admission) -> None:
    """Put the admission before the screens, and add the page of a screen that waits."""

    @server.before_request
    def only_admitted() -> AnyResponse | None:
        path = request.path
        if admission.devices is None or not _is_behind(path) or admission.admitted() is not None:
            return None
        is_page = path in ("/wall", "/kiosk", "/kiosk/") and request.method == "GET"
        if g.get("is_in_doubt"):
            return _later(admission, is_page=is_page)
        if is_page:
            try:
                return admission.code_page("kiosk" if path.startswith("/kiosk") else "wall")
            except AccountsUnreachable as error:
                LOG.error("%s", error)
                return _later(admission, is_page=is_page)
        answer = jsonify(reason="device")
        answer.status_code = 401
        return answer

    if admission.devices is not None:
        _register_waiting(server, admission)


def _later(admission: Admission, *, is_page: bool) -> AnyResponse:
    """Nobody can say whether this screen is let in: what it shows stays, and a page asks again by itself."""
    answer = (
        Response(admission.waiting_page(), mimetype="text/html") if is_page else jsonify(reason="accounts")
    )
    answer.status_code = 503
    if is_page:
        answer.headers["Refresh"] = _ASK_AGAIN_S
    return answer


def _register_waiting(server: Flask, admission: Admission) -> None:
    @server.get(ENROL)
    def enrol() -> AnyResponse:
        found = admission.admitted()
        if found is not None and found.device is not None:
            # A screen that is let in keeps its token, whoever opens this address on it.
            return redirect("/kiosk/" if found.device.kind == "kiosk" else "/wall")
        return admission.code_page("kiosk" if "kiosk" in request.args else "wall")

    @server.get("/api/device")
    def device() -> Response:
        """Whether the screen that waits has been let in, by its code or as anybody is."""
        found = admission.admitted()
        enrolled = found is not None and found.device is not None
        response = jsonify(enrolled=enrolled, admitted=found is not None)
        response.headers["Cache-Control"] = "no-store"
        return response

    @server.get("/device/files/<name>")
    def device_file(name: str) -> Response:
        if name not in _FILES:
            abort(404)
        return Response((_ASSETS / name).read_bytes(), mimetype=_FILES[name])


def _is_behind(path: str) -> bool:
    return any(path == one or path.startswith(f"{one}/") for one in _BEHIND)

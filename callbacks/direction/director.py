"""/director: the page of the tablet that leads the walls, and the commands it sends; role operator, behind the gate.

A command is JSON from our own page (the gate refuses everything else), obeyed only from the hand on the wheel, only
after the direction its sender has seen, and written into the audit whatever became of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask, Response, abort, g, jsonify, request
from werkzeug.wrappers import Response as AnyResponse

from callbacks.direction.director_state import Board
from callbacks.leadership.gate import DIRECTOR, note, noting, viewer
from callbacks.sent import sent_json
from dashboard.scenes import WALL_MODES
from dashboard.steering import ACTIONS, Known, Order, directed
from data.accounts.audit import Witness
from data.clock import Clock
from data.devices.device import Exposure
from data.direction import wheel
from data.direction.direction import Direction
from data.errors import (
    AccountsUnreachable,
    CodeUnknown,
    DeviceUnknown,
    DirectionError,
    DirectionOvertaken,
    DirectionRefused,
    ReadModelError,
)
from data.queries import director_places
from data.queries.leadership.search import Finder
from data.readmodel.reader import open_reader
from data.viewer import Viewer
from layouts.director_page import director_html
from layouts.page import plain_page

_ASSETS = Path(__file__).parents[2] / "assets_director"
_FILES = {
    "director.js": "text/javascript",
    "tabs.js": "text/javascript",
    "docent.js": "text/javascript",
    "director.css": "text/css",
}
_MOST_TYPED = 40
_TURNS = {
    "ask": wheel.asked,
    "grant": wheel.granted,
    "refuse": wheel.refused,
    "release": wheel.released,
}
_OVERTAKEN = "画面刚被另一条指令改变，请看清后再试"
_AWAY = "账号库没有应答，指令没有发出；大屏照常运行"


@dataclass(frozen=True)
class Director:
    """What the director's page of one server works with."""

    board: Board
    engine: sa.Engine
    clock: Clock

    def steer(self, who: Viewer, order: Order, seen: int, witness: Witness) -> Direction:
        """Obey an order of somebody who has seen the direction of this number, and have it witnessed.

        Raises DirectionRefused, DirectionOvertaken, AccountsUnreachable, ReadModelError.
        """
        board, now = self.board, self.clock()
        board.wheels.take(who, now, noting("direct", page="director", subject="wheel take"))
        before = board.directions.current()
        if seen != before.number:
            raise DirectionOvertaken(before.number)
        ordered = directed(before, self._placed(order), board.steps.now(), now, self._known())
        ordered = replace(ordered, account_id=who.account_id, name=who.name)
        board.directions.take(ordered, witness)
        return ordered

    def _known(self) -> Known:
        board = self.board
        scenes = {WALL_MODES[mode]: board.slugs(mode) for mode in board.modes}
        programme = WALL_MODES[board.steps.programme().mode]
        return Known(scenes, programme if programme in scenes else next(iter(scenes)), dict(self.towns()))

    def _placed(self, order: Order) -> Order:
        """An organisation comes with its town, whatever the tablet says."""
        if order.org is None:
            return order
        with open_reader(self.engine) as reader:
            found = director_places.place_of(reader, order.org)
        if found is None:
            raise DirectionRefused("没有这个党组织")
        return replace(order, town=found[0])

    def towns(self) -> list[tuple[int, str]]:
        """Towns that can be put into focus."""
        with open_reader(self.engine) as reader:
            return director_places.towns_of(reader)

    def name_of(self, org: int | None) -> str:
        """What an organisation in focus is called; "" for none."""
        if org is None:
            return ""
        with open_reader(self.engine) as reader:
            found = director_places.place_of(reader, org)
        return found[1] if found else ""


def register(server: Flask, director: Director, title: str, is_demo: Callable[[], bool]) -> None:
    """Add the page and what it asks and sends."""
    _register_page(server, director, title, is_demo)
    _register_commands(server, director)
    _register_devices(server, director)
    _register_search(server, director)


def operator() -> Viewer:
    """Who directs; ends the request with 403 for any other role."""
    found = viewer()
    if found.role != "operator":
        abort(403)
    return found


def _register_page(server: Flask, director: Director, title: str, is_demo: Callable[[], bool]) -> None:
    @server.get(DIRECTOR)
    def director_page() -> AnyResponse:
        who = viewer()
        if who.role != "operator":
            lines = ["导控台只对中心运行人员开放。", "领导驾驶在 /leadership"]
            return Response(plain_page("没有权限", lines), status=403, mimetype="text/html")
        return Response(director_html(title, who.name, is_demo=is_demo()), mimetype="text/html")

    @server.get(f"{DIRECTOR}/files/<name>")
    def director_file(name: str) -> Response:
        if name not in _FILES:
            abort(404)
        return Response((_ASSETS / name).read_bytes(), mimetype=_FILES[name])

    @server.get(f"{DIRECTOR}/state")
    def director_state() -> AnyResponse:
        return _state(director, operator())

    @server.get(f"{DIRECTOR}/places")
    def director_towns() -> AnyResponse:
        operator()
        try:
            return jsonify(towns=director.towns())
        except ReadModelError:
            return jsonify(towns=[])


def _register_commands(server: Flask, director: Director) -> None:
    @server.post(f"{DIRECTOR}/command")
    def director_command() -> AnyResponse:
        who, told = operator(), _told()
        order, seen = _order(told), told.get("number")
        if order is None or not isinstance(seen, int) or isinstance(seen, bool):
            return _refused("指令无法识别", 400)
        return _done(director, who, order.told, lambda noted: director.steer(who, order, seen, noted))

    @server.post(f"{DIRECTOR}/wheel")
    def director_wheel() -> AnyResponse:
        who, told = operator(), _told()
        turn = _TURNS.get(str(told.get("turn")))
        if turn is None:
            return _refused("指令无法识别", 400)
        wheels = director.board.wheels
        return _done(
            director,
            who,
            f"wheel {told['turn']}",
            lambda noted: wheels.change(lambda held: turn(held, who, director.clock()), noted),
        )


def _register_devices(server: Flask, director: Director) -> None:
    devices = director.board.devices

    @server.post(f"{DIRECTOR}/devices")
    def director_devices() -> AnyResponse:
        who, told = operator(), _told()
        act, name, device = told.get("act"), str(told.get("name", ""))[:40], told.get("device")
        if act == "enrol":
            exposure: Exposure = "internal" if told.get("exposure") == "internal" else "reception"
            code = str(told.get("code", ""))[:20]
            return _done(
                director,
                who,
                f"enrol {exposure} {name}",
                lambda noted: devices.enrol(
                    code, name, exposure, director.clock(), who.login, lambda _: noted
                ),
            )
        if not isinstance(device, int) or not _is_number(device) or act not in ("rename", "revoke"):
            return _refused("指令无法识别", 400)
        if act == "rename":
            return _done(
                director, who, f"rename {device} {name}", lambda noted: devices.rename(device, name, noted)
            )
        return _done(
            director, who, f"revoke {device}", lambda noted: devices.revoke(device, director.clock(), noted)
        )


def _register_search(server: Flask, director: Director) -> None:
    finder = Finder(director.engine)

    @server.get(f"{DIRECTOR}/search")
    def director_search() -> AnyResponse:
        who, text = operator(), request.args.get("q", "").strip()[:_MOST_TYPED]
        try:
            found = finder.find(who, text) if text else []
        except ReadModelError:
            found = []
        return jsonify(
            found=[
                {"org": one.place.org_id, "name": one.place.short_name, "above": one.above}
                for one in found
                if one.place.town_id is not None
            ]
        )


def _done(director: Director, who: Viewer, subject: str, act: Callable[[Witness], object]) -> AnyResponse:
    """Do it with its line in the audit as one, note what was not done, and answer with the state after it."""
    try:
        act(noting("direct", page="director", subject=subject))
    except DirectionOvertaken:
        note("direct", page="director", subject=subject, outcome="overtaken")
        return _refused(_OVERTAKEN, 409)
    except DirectionError as error:
        note("direct", page="director", subject=subject, outcome="refused")
        return _refused(error.reason if isinstance(error, DirectionRefused) else str(error), 422)
    except CodeUnknown:
        note("direct", page="director", subject=subject, outcome="refused")
        return _refused("没有屏幕正显示这个登记码；请核对，或等它换新", 422)
    except DeviceUnknown:
        note("direct", page="director", subject=subject, outcome="refused")
        return _refused("没有这台设备", 422)
    except AccountsUnreachable:
        return _refused(_AWAY, 503)
    except ReadModelError:
        note("direct", page="director", subject=subject, outcome="failed")
        return _refused("数据库没有应答，指令没有发出", 503)
    return _state(director, who)


def _state(director: Director, who: Viewer) -> AnyResponse:
    try:
        state = director.board.state(who, director.clock())
    except AccountsUnreachable:
        return _refused(_AWAY, 503)
    try:
        state["focus_name"] = director.name_of(state["step"]["org"])
    except ReadModelError:
        state["focus_name"] = ""
    g.pop("admitted", None)
    return jsonify(state)


def _told() -> dict[str, Any]:
    told = sent_json()
    return told if isinstance(told, dict) else {}


def _order(told: dict[str, Any]) -> Order | None:
    """The order a tablet sent; None for what is none."""
    given = {field.name: told[field.name] for field in fields(Order) if field.name in told}
    fine = all(_FITS.get(name, _is_word)(value) for name, value in given.items())
    return Order(**given) if fine and given.get("action") in ACTIONS else None


def _is_word(value: object) -> bool:
    return isinstance(value, str) and len(value) <= 200


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63)


_FITS: dict[str, Callable[[object], bool]] = {
    "town": _is_number,
    "org": _is_number,
    "on": lambda value: isinstance(value, bool),
}


def _refused(why: str, status: int) -> AnyResponse:
    answer = jsonify(why=why)
    answer.status_code = status
    return answer

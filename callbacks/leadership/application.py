"""The leadership pages: a Dash application of their own under /leadership/, on the wall's server.

Its component libraries, style sheets and scripts never reach the wall's page; everything below its address is behind
the gate.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from dash import ALL, MATCH, ClientsideFunction, Dash, Input, Output, State
from flask import Flask

from callbacks.direction.stores import DirectionStores
from callbacks.leadership import (
    blocks,
    exports,
    forms,
    gate,
    login,
    navigation,
    oidc,
    reasons,
    search,
    workbench,
)
from callbacks.leadership.export_service import ExportPlace, exports_of
from callbacks.leadership.gate import GateSettings
from callbacks.leadership.oidc import OidcSettings
from callbacks.leadership.pages import Pages
from callbacks.picture import Cache
from dashboard.leadership import ids
from dashboard.leadership.address import BASE
from dashboard.profile import DistrictProfile
from data.clock import Clock
from data.errors import ReadModelError
from data.readmodel.reader import read_version
from layouts.leadership.login_page import House
from layouts.leadership.shell import shell
from layouts.page import RENDERER, index_string

ROOT = Path(__file__).parent.parent.parent


class LeadershipSettings(GateSettings, OidcSettings, Protocol):
    """What the leadership pages need of the settings."""


@dataclass(frozen=True)
class Leadership:
    """What the leadership pages need beside the read model: accounts, times of sessions, services of single pages
    (fields of `Asked`), where files to take away are kept (None: nothing is taken away), and what the walls
    are told (None: nobody directs, every browser is a wall)."""

    accounts: sa.Engine
    settings: LeadershipSettings
    services: dict[str, Any] = field(default_factory=dict)
    exports: ExportPlace | None = None
    direction: DirectionStores | None = None

    def put_gate(self, server: Flask, clock: Clock) -> None:
        """Before any other route of the server."""
        gate.register(server, self.accounts, clock, self.settings)


def register(
    server: Flask,
    leadership: Leadership,
    engine: sa.Engine,
    profile: DistrictProfile,
    cache: Cache,
    clock: Clock,
    build: str,
) -> Dash:
    """Add the pages to a server that has the gate."""
    pages = Pages(engine, profile, cache, clock, build, leadership.services)
    title, settings = profile.title, leadership.settings

    def house() -> House:
        return House(title, profile.owner, _is_demo(engine))

    login.register(server, house, settings.oidc_label if settings.oidc_issuer else "")
    oidc.register(server, house, settings)
    app = _app(server, title)
    app.layout = lambda: shell(title, build, exports=leadership.exports is not None)
    navigation.register(app, pages, gate.viewer, gate.note)
    blocks.register(app, pages, gate.viewer)
    reasons.register(app, pages, gate.viewer, gate.note)
    forms.register(
        app, pages, gate.viewer, {workbench.ACTION: workbench.action(pages, gate.viewer, gate.note)}
    )
    search.register(app, engine, gate.viewer)
    if leadership.exports is not None:
        service = exports_of(leadership.accounts, pages, leadership.exports)
        exports.register(app, server, service, gate.viewer, gate.note)
    _register_browser(app)
    return app


def _app(server: Flask, title: str) -> Dash:
    app = Dash(
        "vanguard_leadership",
        server=server,  # type: ignore[arg-type]
        url_base_pathname=BASE,
        title=title,
        update_title=None,  # type: ignore[arg-type]
        assets_folder=str(ROOT / "assets_leadership"),
        index_string=index_string(title),
        compress=False,
        # Cards come and go with the address; only what the shell holds is wired.
        prevent_initial_callbacks=False,
    )
    app.renderer = RENDERER
    return app


def _register_browser(app: Dash) -> None:
    """What the browser does by itself."""
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("leadership", "mark"), Input(ids.figure(ALL), "clickData")
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("leadership", "columns"),
        Input(ids.columns(MATCH), "value"),
        State(ids.columns(MATCH), "id"),
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("leadership", "shown"),
        Output(ids.ANNOUNCE, "children"),
        Input(ids.SHOWN, "data"),
        State(ids.LATER, "data"),
    )


def _is_demo(engine: sa.Engine) -> bool:
    """Whether what is shown is synthetic; while nobody knows, it is not said."""
    try:
        return read_version(engine)[0].is_demo
    except ReadModelError:
        return False

"""The web application: one Dash app over one read model, wired from parts given by the caller."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable
from functools import lru_cache, partial
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa
from dash import Dash
from flask import Flask

from callbacks import metrics, prepare, redraw, routes, trace_page, version_api
from callbacks.direction import admission, director, report_api, step_api
from callbacks.direction.director import Director
from callbacks.direction.director_state import Board
from callbacks.direction.steps import Steps
from callbacks.direction.watchman import Watchman
from callbacks.kiosk import application as kiosk_pages
from callbacks.kiosk.screens import Degrees, Screens
from callbacks.leadership import application as leadership_pages
from callbacks.leadership.application import Leadership
from callbacks.picture import Pictures
from callbacks.screen import Screen
from callbacks.shared_cache import Caches
from callbacks.views import PublicStore, ReadModel, ViewSource
from callbacks.walls import Walls
from dashboard.area_file import AreaFile
from dashboard.assets_served import build_digest
from dashboard.faces import missing_faces
from dashboard.kiosk.registry import PAGES as KIOSK_PAGES
from dashboard.panels import BY_SLUG
from dashboard.profile import DistrictProfile
from dashboard.reception import MODE as RECEPTION
from dashboard.scenes import WALL_MODES
from dashboard.schedule import Asked
from dashboard.version_state import Limits
from data.clock import Clock
from data.errors import ReadModelError
from data.public.reader import read_withdrawn
from data.scope import Mode, Scope
from layouts.page import RENDERER, index_string
from layouts.panels import layer_of

LOG = logging.getLogger(__name__)
# Leadership pages follow the read model, whatever the wall beside them shows.
LEADERSHIP_POLL = "/api/leadership/version"
ROOT = Path(__file__).parent.parent


class ScreenSettings(Protocol):
    """What the screens need of the settings."""

    @property
    def wall(self) -> str:
        """Name of the wall profile served without ``?wall=``."""

    @property
    def wall_mode(self) -> Mode | None:
        """Exposure mode of the wall."""

    @property
    def town_areas(self) -> Path | None:
        """The customer's own town areas; None draws the schematic ones."""

    @property
    def town_areas_datum(self) -> str:
        """Datum of that file; empty: found by misfit."""

    @property
    def schedule(self) -> Asked:
        """Whether the profile's schedule counts."""

    @property
    def devices(self) -> admission.Asked:
        """Whether any browser is a wall, or enrolled ones alone."""

    @property
    def cache_url(self) -> str:
        """redis:// address of a shared cache; empty keeps drawn panels in this process."""


def create_app(
    engine: sa.Engine,
    settings: ScreenSettings,
    profile: DistrictProfile,
    clock: Clock,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    leadership: Leadership | None = None,
    public: sa.Engine | None = None,
    kiosk_place: Degrees | None = None,
    identity: str | None = None,
) -> Dash:
    """The Dash application of the wall; its WSGI callable is ``.server``.

    With accounts (``leadership``) the same server answers the leadership pages. A wall for visitors reads ``public``
    (``data.public.reader.open_public``) and never the read model; without it ValueError. With ``public`` there is a
    kiosk, which stands at ``kiosk_place`` (lng, lat) if that is known. ``identity`` is the server's to its browsers,
    None a new one; workers of one server have the same.
    """
    server = Flask("vanguard_wall")
    if leadership is not None:
        leadership.put_gate(server, clock)
    app = _wall_app(server, profile)
    for missing in missing_faces():
        LOG.warning("%s", missing)
    named = identity or uuid.uuid4().hex[:12]
    made = _Made(server, engine, public, settings, profile, clock, limits, named)
    screens = {mode: made.screen(mode) for mode in _modes(settings, profile, public)}
    own = next(iter(screens.values()))
    version_api.register(server, own.pictures.source, clock, limits, made.identity(own.build))
    if settings.wall_mode != RECEPTION:
        stores = None if leadership is None else leadership.direction
        metrics.register(server, engine, clock, stores.reports if stores else None)
    walls = _directed(server, settings, profile, clock, screens, leadership, engine, public)
    app.layout = walls.layout
    redraw.register(app, walls)
    prepare.register(app, server, walls)
    trace_page.register(server, engine, profile, walls.allowed)
    pages = [app]
    if leadership is not None:
        # Answers to people must not push the wall's panels out of the memory of a process.
        cache = made.caches.new()
        made.poll(LEADERSHIP_POLL, ReadModel(engine), own.build)
        pages.append(leadership_pages.register(server, leadership, engine, profile, cache, clock, own.build))
    if public is not None:
        build = build_digest(ROOT, profile.digest)
        made.poll(kiosk_pages.POLL, PublicStore(public), build)
        drawn = Screens(public, profile, made.areas, kiosk_place)
        pages.append(kiosk_pages.register(server, drawn, profile, build, reports=leadership is not None))
    hashes = lru_cache(lambda: [hashed for page in pages for hashed in page.csp_hashes()])
    addresses = [page.address for page in KIOSK_PAGES] if public is not None else []
    routes.register(server, hashes, walls.scenes(), has_leadership=leadership is not None, kiosk=addresses)
    return app


def _wall_app(server: Flask, profile: DistrictProfile) -> Dash:
    app = Dash(
        "vanguard_wall",
        server=server,  # type: ignore[arg-type]
        title=profile.title,
        update_title=None,  # type: ignore[arg-type]
        assets_folder=str(ROOT / "assets"),
        index_string=index_string(profile.title),
        # Else Dash writes the whole layout of the server's own mode into every page, whoever asks for it.
        suppress_callback_exceptions=True,
        compress=True,
    )
    app.renderer = RENDERER
    return app


class _Made:
    """The parts that the screens of one server share."""

    def __init__(
        self,
        server: Flask,
        engine: sa.Engine,
        public: sa.Engine | None,
        settings: ScreenSettings,
        profile: DistrictProfile,
        clock: Clock,
        limits: Limits,
        boot_id: str,
    ) -> None:
        self._server, self._engine, self._public = server, engine, public
        self._settings, self._profile, self._clock = settings, profile, clock
        self._limits, self._boot_id = limits, boot_id
        # Entries are never invalidated, only evicted: a key names all that its drawing follows from.
        self.caches = Caches(server, settings.cache_url)
        self._cache = self.caches.new()
        areas, datum = settings.town_areas, settings.town_areas_datum
        self.areas = AreaFile(areas, datum) if areas else None

    def screen(self, mode: Mode) -> Screen:
        """The wall in one mode with its version poll."""
        settings, profile = self._settings, self._profile
        source = _source(mode, self._engine, self._public)
        build = build_digest(ROOT, profile.digest, settings.wall, mode)
        pictures = Pictures(source, self._cache, self._clock, self._limits, build)
        found = Screen(pictures, profile, settings.wall, Scope(mode), self._clock, build, self.areas)
        _require_code(found.panels)
        self.poll(f"/api/version/{WALL_MODES[mode]}", source, build)
        return found

    def poll(self, path: str, source: ViewSource, build: str) -> None:
        """A poll of the newest version of a store for pages of this build."""
        version_api.register_poll(self._server, path, source, self._clock, self._limits, self.identity(build))

    def identity(self, build: str) -> version_api.Server:
        """This process as pages of a build know it."""
        return version_api.Server(self._boot_id, build)


def _modes(settings: ScreenSettings, profile: DistrictProfile, public: sa.Engine | None) -> list[Mode]:
    """Modes this server shows, its own one first; a server pinned to visitors has no other."""
    own = settings.wall_mode or profile.wall_mode
    if settings.wall_mode == RECEPTION:
        return [own]
    other: Mode = "wall_internal" if own == RECEPTION else RECEPTION
    return [own, other] if other != RECEPTION or public is not None else [own]


def _directed(
    server: Flask,
    settings: ScreenSettings,
    profile: DistrictProfile,
    clock: Clock,
    screens: dict[Mode, Screen],
    leadership: Leadership | None,
    engine: sa.Engine,
    public: sa.Engine | None,
) -> Walls:
    """The walls behind their admission, following one step; with accounts a director may lead them."""

    def is_demo() -> bool | None:
        try:
            return next(iter(screens.values())).pictures.source.newest()[0].is_demo
        except ReadModelError:
            return None

    stores = None if leadership is None else leadership.direction
    directions, devices = (stores.directions, stores.devices) if stores else (None, None)
    steps = Steps(profile, clock, is_demo, directions, only=settings.wall_mode, schedule=settings.schedule)
    admitted = admission.Admission(devices, steps, clock, tuple(screens), settings.devices)
    admission.register(server, admitted)
    step_api.register(server, steps, admitted, clock)
    if stores is None:
        report_api.register_deaf(server)
    else:
        report_api.register(server, admitted, stores.reports, clock)
        withdrawn = tuple if public is None else partial(read_withdrawn, public)
        board = Board(
            steps, stores.directions, stores.wheels, stores.devices, stores.reports, tuple(screens), withdrawn
        )
        director.register(server, Director(board, engine, clock), profile.title, lambda: steps.is_demo)
        Watchman(steps, stores.devices, stores.reports, clock).stand_by(server)
    return Walls(screens, steps, admitted.modes)


def _source(mode: Mode, engine: sa.Engine, public: sa.Engine | None) -> ViewSource:
    """What a wall of this mode may read."""
    if mode != RECEPTION:
        return ReadModel(engine)
    if public is None:
        raise ValueError("a wall for visitors reads the public store alone, and none was given")
    return PublicStore(public)


def _require_code(slugs: Iterable[str]) -> None:
    """Import what these panels are made of: what is missing is said at the start, not on the wall."""
    for slug in slugs:
        panel = BY_SLUG[slug]
        _ = panel.load, panel.draw, layer_of(panel.module).body

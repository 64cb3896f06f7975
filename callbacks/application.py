"""The web application: one Dash app over one read model, wired from parts given by the caller."""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

import sqlalchemy as sa
from dash import Dash, html
from flask import Flask, request
from flask_caching import Cache

from callbacks import redraw, routes, version_api
from callbacks.picture import Picture, Pictures, version_of
from dashboard import ids
from dashboard.area_file import AreaFile
from dashboard.assets_served import build_digest
from dashboard.faces import missing_faces
from dashboard.grid import scene_grid
from dashboard.profile import DistrictProfile
from dashboard.scenes import OVERVIEW, slots
from dashboard.theme import Theme
from dashboard.version_state import DOWN, Limits
from dashboard.wall_profile import load_wall, wall_names
from data.clock import Clock
from data.errors import ReadModelError
from data.scope import Mode, Scope
from layouts.frame import AS_OF, frame, unavailable
from layouts.header import header
from layouts.page import RENDERER, index_string
from layouts.wall import DRAWN, STATE, VERSION, WALK, wall

LOG = logging.getLogger(__name__)
ROOT = Path(__file__).parent.parent


class ScreenSettings(Protocol):
    """What the screens need of the settings."""

    @property
    def wall(self) -> str:
        """Name of the wall profile served without ``?wall=``."""

    @property
    def wall_mode(self) -> Mode:
        """Exposure mode of the wall."""

    @property
    def town_areas(self) -> Path | None:
        """The customer's own town areas; None draws the schematic ones."""

    @property
    def town_areas_datum(self) -> str:
        """Datum of that file; empty: found by misfit."""

    @property
    def cache_url(self) -> str:
        """redis:// address of a shared cache; empty keeps drawn panels in this process."""


def create_app(
    engine: sa.Engine,
    settings: ScreenSettings,
    profile: DistrictProfile,
    clock: Clock,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Dash:
    """The Dash application; its WSGI callable is ``.server``."""
    server = Flask("vanguard_wall")
    app = Dash(
        "vanguard_wall",
        server=server,  # type: ignore[arg-type]
        title=profile.title,
        update_title=None,  # type: ignore[arg-type]
        assets_folder=str(ROOT / "assets"),
        index_string=index_string(profile.title),
        compress=True,
    )
    app.renderer = RENDERER
    for missing in missing_faces():
        LOG.warning("%s", missing)
    build = build_digest(ROOT, profile.digest, settings.wall, settings.wall_mode)
    pictures = Pictures(engine, _cache(server, settings.cache_url), clock, limits, build)
    areas = AreaFile(settings.town_areas, settings.town_areas_datum) if settings.town_areas else None
    screen = Screen(pictures, profile, settings.wall, Scope(settings.wall_mode), clock, build, areas)
    app.layout = screen.layout
    redraw.register(app, pictures, screen.theme, screen.scope)
    version_api.register(server, engine, clock, limits, version_api.Server(uuid.uuid4().hex[:12], build))
    routes.register(server, lru_cache(lambda: list(app.csp_hashes())))
    return app


def _cache(server: Flask, url: str) -> Cache:
    """Where drawn panels are kept; entries are never invalidated, only evicted."""
    shared = {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": url}
    local = {"CACHE_TYPE": "SimpleCache", "CACHE_THRESHOLD": 600}
    return Cache(server, config=(shared if url else local) | {"CACHE_DEFAULT_TIMEOUT": 0})


@dataclass(frozen=True)
class Screen:
    """The wall as one page load gets it."""

    pictures: Pictures
    profile: DistrictProfile
    default_wall: str
    scope: Scope
    clock: Clock
    build: str
    areas: AreaFile | None = None

    def theme(self, wall_name: str) -> Theme:
        """The theme of a wall named by a browser; an unknown name is the configured wall."""
        name = wall_name if wall_name in wall_names() else self.default_wall
        return Theme(load_wall(name), self.profile, areas=self.areas)

    def layout(self) -> html.Div:
        """The complete page of the wall that the asking page names in its address."""
        theme = self.theme(_asked_wall() or self.default_wall)
        try:
            picture: Picture | None = self.pictures.picture(theme, self.scope)
        except ReadModelError:
            picture = None
        return self._tree(theme, picture)

    def _tree(self, theme: Theme, picture: Picture | None) -> html.Div:
        grid = scene_grid(theme.wall, slots())
        panels = [frame(slug, grid, *_first(slug, picture)) for slug in OVERVIEW]
        truth = picture.truth if picture else DOWN
        is_demo = picture is not None and picture.version.is_demo
        head = header(self.profile, grid.header, self.scope.mode, truth, is_demo=is_demo, now=self.clock())
        stores: dict[str, Any] = {ids.REQUEST: {"n": 0, "focus": None}, ids.SHOWN: _shown(picture)}
        attributes = {
            DRAWN: "0",
            VERSION: str(picture.version.number) if picture else "",
            STATE: truth.state,
            WALK: redraw.walk_text(picture.walk) if picture else "",
            "data-key": version_of(picture.version) if picture else "",
            "data-focus": str(picture.focus or "") if picture else "",
            "data-truth": truth.state,
            "data-build": self.build,
        }
        return wall(theme, head, list(panels), stores, attributes)


def _asked_wall() -> str | None:
    """``?wall=`` of the page that asks for its layout: Dash asks without it, the referrer tells."""
    if not request:
        return None
    query = parse_qs(urlsplit(request.referrer or "").query) or parse_qs(request.query_string.decode())
    return query.get("wall", [None])[0]


def _first(slug: str, picture: Picture | None) -> tuple[dict[Any, Any], dict[str, str]]:
    """Parts and attributes of a panel on a page that shows nothing yet."""
    drawn = picture.panels[slug] if picture else None
    attributes = {
        VERSION: str(picture.version.number) if picture and drawn else "",
        STATE: picture.state_of(slug) if picture else "down",
        AS_OF: picture.as_of if picture and drawn else "",
    }
    return (dict(drawn.parts) if drawn else unavailable()), attributes


def _shown(picture: Picture | None) -> redraw.Shown:
    """Digests of what a new page shows."""
    drawn = picture.panels.items() if picture else []
    return {slug: {str(part): d for part, d in panel.digests.items()} for slug, panel in drawn if panel}

"""The web server: one process with threads, or several workers of gunicorn that share nothing but the stores."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import waitress
from dash import Dash

from callbacks.application import create_app
from callbacks.direction.watchman import start_watch
from commands.serving import leadership_of
from dashboard.profile import load_profile
from dashboard.settings import Settings
from data.clock import shanghai_now
from data.public.reader import open_public
from data.readmodel.viewer import open_viewer

THREADS = 8
# Every open screen keeps connections; waitress by itself lets a hundred in and leaves the rest waiting.
CONNECTIONS = 1000
# A worker that answers nobody for so long is replaced; the longest answer, a block of evidence, is cut off before.
_STUCK_S = 60
_LEAVE_S = 20
# Polls come every second or two: a connection outlives the pause between them.
_KEEP_ALIVE_S = 15
_MEMORY = Path("/dev/shm")


def serve(settings: Settings) -> None:
    """Serve until ended. Raises click.ClickException when the address is taken."""
    identity = uuid.uuid4().hex[:12]
    if settings.workers > 1:
        _serve_by_workers(settings, identity)
        return
    app = application(settings, identity)
    try:
        waitress.serve(
            app.server,
            host=settings.host,
            port=settings.port,
            threads=THREADS,
            connection_limit=CONNECTIONS,
            ident=None,
        )
    except OSError as error:
        raise click.ClickException(f"PORT={settings.port}: {error.strerror or error}") from error


def application(settings: Settings, identity: str) -> Dash:
    """The application over the stores of the settings, watching the walls; browsers know it by ``identity``."""
    app = create_app(
        open_viewer(settings.read_model),
        settings,
        load_profile(settings.district),
        shanghai_now,
        leadership=leadership_of(settings),
        public=open_public(settings.public),
        kiosk_place=settings.kiosk_degrees,
        identity=identity,
    )
    start_watch(app.server)
    return app


def worker_settings(settings: Settings) -> Mapping[str, Any]:
    """What gunicorn is told, by its own names."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return {
        "bind": f"{host}:{settings.port}",
        "workers": settings.workers,
        "worker_class": "gthread",
        "threads": THREADS,
        "worker_connections": CONNECTIONS,
        # Each worker opens its own databases and threads: neither survives a fork.
        "preload_app": False,
        "timeout": _STUCK_S,
        "graceful_timeout": _LEAVE_S,
        "keepalive": _KEEP_ALIVE_S,
        "worker_tmp_dir": str(_MEMORY) if _MEMORY.is_dir() else None,
        "loglevel": "warning",
    }


def _serve_by_workers(settings: Settings, identity: str) -> None:
    try:
        from gunicorn.app.base import BaseApplication
    except ImportError as error:
        raise click.ClickException(
            f"WORKERS={settings.workers}: gunicorn does not run here ({error})"
        ) from error

    class Workers(BaseApplication):  # type: ignore[misc]
        """All workers are one server to a browser: the same identity, so that no poll meets a stranger."""

        def load_config(self) -> None:
            for name, value in worker_settings(settings).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return application(settings, identity).server

    Workers().run()

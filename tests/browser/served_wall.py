"""A real server process for the browser tests: the wall over a read model in a SQLite file.

python -m tests.browser.served_wall FILE PORT MODE [ISO time the clock stands at]
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import waitress

from callbacks.application import create_app
from dashboard.profile import load_profile
from data.clock import shanghai_now
from data.readmodel.viewer import open_viewer
from data.scope import Mode


@dataclass(frozen=True)
class TrialSettings:
    """Settings of a trial wall."""

    wall_mode: Mode = "wall_reception"
    wall: str = "3840x1280"
    cache_url: str = ""
    town_areas: Path | None = None
    town_areas_datum: str = ""


def main(file: str, port: str, mode: Mode, at: str = "") -> None:
    """Serve until killed."""
    clock = (lambda: datetime.fromisoformat(at)) if at else shanghai_now
    app = create_app(
        open_viewer(f"sqlite:///{file}"), TrialSettings(wall_mode=mode), load_profile("haishu"), clock
    )
    waitress.serve(app.server, host="127.0.0.1", port=int(port), threads=8, _quiet=True)


if __name__ == "__main__":
    main(*sys.argv[1:])  # type: ignore[arg-type]

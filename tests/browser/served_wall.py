"""A real server process for the browser tests: the wall over a read model in a SQLite file.

python -m tests.browser.served_wall FILE PORT MODE [ISO time the clock stands at] [turning | turning-slow]
"""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import waitress

from callbacks.application import create_app
from callbacks.direction.admission import Asked as Devices
from dashboard.profile import DistrictProfile, load_profile
from dashboard.scenes import SceneRule
from dashboard.schedule import Asked
from data.clock import shanghai_now
from data.queries import ranking
from data.readmodel.viewer import open_viewer
from data.scope import Mode
from tests.public_store import public_beside

# Three short scenes of panels that every wall has; "slow" never gets its ranking.
TURNING = (
    SceneRule(
        slug="structure",
        title="组织结构",
        seconds=5,
        panels=("members", "organisation"),
        places={"members": "1-4 × 1", "organisation": "5-8 × 1-2"},
    ),
    SceneRule(slug="slow", title="指数排名", seconds=5, panels=("ranking",), places={"ranking": "1-6 × 1-2"}),
    SceneRule(
        slug="life",
        title="组织生活",
        seconds=5,
        panels=("time-axis", "warning-feed"),
        places={"time-axis": "1-6 × 1", "warning-feed": "7-12 × 1-2"},
    ),
)


# A program of another build, with another title.
REBUILT = "rebuilt"


@dataclass(frozen=True)
class TrialSettings:
    """Settings of a trial wall."""

    wall_mode: Mode | None = "wall_reception"
    wall: str = "3840x1280"
    cache_url: str = ""
    town_areas: Path | None = None
    town_areas_datum: str = ""
    schedule: Asked = "auto"
    devices: Devices = "open"


def trial_profile(programme: str) -> DistrictProfile:
    """海曙 with its own scenes, or with short ones that turn while a test looks on."""
    profile = load_profile("haishu")
    if programme == REBUILT:
        return profile.model_copy(update={"digest": REBUILT, "title": "重建后的大屏"})
    return profile.model_copy(update={"scenes": TURNING}) if programme else profile


def never(*_: Any) -> Any:
    """A query that does not come back while the test lasts."""
    threading.Event().wait(120)


@dataclass
class Standing:
    """A clock that stands, or goes from the moment somebody first looks at it: scenes turn with the server's time."""

    at: datetime
    goes: bool
    since: float | None = None

    def __call__(self) -> datetime:
        if not self.goes:
            return self.at
        self.since = time.monotonic() if self.since is None else self.since
        return self.at + timedelta(seconds=time.monotonic() - self.since)


def main(file: str, port: str, mode: Mode, at: str = "", programme: str = "") -> None:
    """Serve until killed."""
    clock = Standing(datetime.fromisoformat(at), goes=programme.startswith("turning")) if at else shanghai_now
    engine = open_viewer(f"sqlite:///{file}")
    profile = trial_profile(programme)
    with public_beside(engine, Path(file).parent, profile, clock) as public:
        app = create_app(engine, TrialSettings(wall_mode=mode), profile, clock, public=public)
        if programme == "turning-slow":
            ranking.load = never
        waitress.serve(app.server, host="127.0.0.1", port=int(port), threads=8, _quiet=True)


if __name__ == "__main__":
    main(*sys.argv[1:])  # type: ignore[arg-type]

"""A served wall and a browser for the tests of this folder."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from dashboard.leadership.export.chromium import Chromium
from data.readmodel.schema import listings, nodes
from tests.browser.browser import Browser
from tests.browser.exporting import PARTS, Trial
from tests.browser.exporting import served as served_exports
from tests.readmodel_district import NOW, fill

ROOT = Path(__file__).parents[2]
STANDING_CLOCK = NOW.isoformat()


@pytest.fixture(scope="session")
def district_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One filled read model; tests copy it and never write to it."""
    file = tmp_path_factory.mktemp("district") / "readmodel.db"
    engine = sa.create_engine(f"sqlite:///{file}")
    # As many branches as a real district: long numbers are what overlaps and gets cut.
    fill(engine, branches=2300)
    list_newest(engine)
    engine.dispose()
    return file


def list_newest(engine: sa.Engine) -> None:
    """What the ticker shows: an activity of every hour before now, a post of every day."""
    with engine.begin() as connection:
        branches = sa.select(nodes.c.org_id).where(nodes.c.org_type == "branch", nodes.c.is_public).limit(20)
        ids = list(connection.execute(branches).scalars())
        rows = [
            listed("newest_activities", "member_assembly", k, org_id, "支部党员大会", timedelta(hours=k))
            for k, org_id in enumerate(ids)
        ]
        rows += [
            listed("newest_posts", "branch_news", k, ids[k], "古林镇举办红色故事会", timedelta(days=k))
            for k in range(3)
        ]
        connection.execute(sa.insert(listings), rows)


def listed(listing: str, kind: str, position: int, org_id: int, title: str, age: timedelta) -> dict[str, Any]:
    return {
        "listing": listing, "position": position, "at": NOW - age, "org_id": org_id, "kind": kind,
        "title": title, "amount": None, "is_public": True,
    }  # fmt: skip


@dataclass
class Served:
    """A server process over its own copy of the read model."""

    file: Path
    port: int
    mode: str
    at: str
    programme: str
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def overview(self) -> str:
        """The wall held at its first scene."""
        return f"{self.url}/wall?scene=overview"

    @property
    def log(self) -> str:
        """What the server logged so far."""
        return (self.file.parent / "server.log").read_text(encoding="utf-8")

    def stop(self) -> None:
        """End the server at once, as a crash does."""
        self.process.kill()
        self.process.wait()

    def start(self, programme: str | None = None) -> None:
        """Serve again on the same port."""
        self.programme = self.programme if programme is None else programme
        self.process = start_process(self.file, self.port, self.mode, self.at, self.programme)
        until_answering(self.url)


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start_process(file: Path, port: int, mode: str, at: str, programme: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.browser.served_wall", str(file), str(port), mode, at, programme]
    with (file.parent / "server.log").open("ab") as log:
        return subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)


def until_answering(url: str) -> None:
    """Wait for the first answer of a starting server."""
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


Serve = Callable[..., Served]


@pytest.fixture(scope="session")
def serve_copy(district_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """A function that serves a fresh copy of the district."""
    started: list[Served] = []

    def serve(mode: str = "wall_reception", at: str = STANDING_CLOCK, programme: str = "") -> Served:
        file = tmp_path_factory.mktemp("served") / "readmodel.db"
        shutil.copy(district_file, file)
        port = free_port()
        process = start_process(file, port, mode, at, programme)
        served = Served(file, port, mode, at, programme, process)
        started.append(served)
        until_answering(served.url)
        return served

    yield serve
    for served in started:
        served.stop()


@pytest.fixture(scope="session")
def reception(serve_copy: Serve) -> Served:
    """The wall in reception mode; tests leave its read model alone."""
    return serve_copy("wall_reception")


@pytest.fixture(scope="session")
def internal(serve_copy: Serve) -> Served:
    """The wall in internal mode; tests leave its read model alone."""
    return serve_copy("wall_internal")


@pytest.fixture
def own_wall(serve_copy: Serve) -> Served:
    """A wall whose server and read model the test may break."""
    return serve_copy("wall_reception")


@pytest.fixture(scope="session")
def driver() -> Iterator[webdriver.Chrome]:
    """One Chromium for all tests."""
    binary, chromedriver = shutil.which("chromium"), shutil.which("chromedriver")
    if not binary or not chromedriver:
        pytest.skip(
            "chromium and chromium-driver are not installed: apt-get install chromium chromium-driver"
        )
    found = open_chromium(binary, chromedriver)
    yield found
    found.quit()


def open_chromium(binary: str, chromedriver: str) -> webdriver.Chrome:
    """A Chromium without any way out of this machine."""
    options = Options()
    options.binary_location = binary
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--force-device-scale-factor=1",
        "--window-size=3840,1280",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(options=options, service=Service(chromedriver))


@pytest.fixture
def browser(driver: webdriver.Chrome) -> Iterator[Browser]:
    """The browser on an empty page, its logs drained."""
    page = Browser(driver)
    page.clear()
    yield page
    page.clear()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    """The browser of the server, as exports start it."""
    found = Chromium()
    yield found
    found.close()


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    """A served leadership application that exports."""
    with served_exports(tmp_path_factory.mktemp("exports")) as found:
        yield found


@pytest.fixture
def parts_as_they_were(trial: Trial) -> None:
    """The cockpit of the trial shows what it shows at first."""
    trial.parts = list(PARTS)

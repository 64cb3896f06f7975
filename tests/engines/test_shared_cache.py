"""Redis between two servers: what one draws the other shows; without it the same is shown, only later."""

from __future__ import annotations

import logging
import pickle
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import redis
import sqlalchemy as sa
from flask.testing import FlaskClient

from callbacks import picture, shared_cache
from callbacks.application import create_app
from callbacks.shared_cache import PREFIX
from dashboard.profile import load_profile
from data.readmodel.schema import org_months, versions
from data.readmodel.viewer import open_viewer
from tests.browser.served_wall import TrialSettings
from tests.engines.conftest import free_port, without
from tests.readmodel_district import NOW, fill

MISSING = "Redis is not installed: apt-get install redis-server"
SCOPE = "wall_internal"
PANELS = 8


@dataclass
class RedisServer:
    """A private server that a test may end and start again at the same address."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        place = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder)]
        with (self.folder / "redis.log").open("ab") as log:
            self.process = subprocess.Popen(["redis-server", *place, "--save", ""], stdout=log, stderr=log)
        until = time.monotonic() + 20
        with redis.from_url(self.url) as client:
            while True:
                try:
                    client.ping()
                    return
                except redis.ConnectionError:
                    assert time.monotonic() < until, (self.folder / "redis.log").read_text()
                    # It tells nobody when it is ready.
                    time.sleep(0.02)

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def entries(self) -> dict[str, int]:
        """Keys and how many seconds they live on."""
        with redis.from_url(self.url) as client:
            return {key.decode(): client.ttl(key) for key in client.scan_iter(count=1000)}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    if shutil.which("redis-server") is None:
        without(MISSING)
    found = RedisServer(tmp_path)
    found.start()
    yield found
    found.kill()


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The read model of a small district."""
    url = f"sqlite:///{tmp_path_factory.mktemp('district')}/readmodel.db"
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    fill(engine, towns=4, branches=20, months=4)
    engine.dispose()
    return url


@pytest.fixture
def read_model(district: str, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(district.removeprefix('sqlite:///'), tmp_path / 'readmodel.db')}"


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Panels in the order they are drawn, by whichever server."""
    slugs: list[str] = []
    draw = picture.draw_panel

    def counting(panel, view, theme):  # type: ignore[no-untyped-def]
        slugs.append(panel.slug)
        return draw(panel, view, theme)

    monkeypatch.setattr(picture, "draw_panel", counting)
    return slugs


def wall(read_model: str, cache_url: str = "") -> FlaskClient:
    """A server of its own."""
    settings = TrialSettings(wall_mode=SCOPE, cache_url=cache_url)
    viewer, profile = open_viewer(read_model), load_profile("haishu")
    return create_app(viewer, settings, profile, lambda: NOW, identity="one").server.test_client()


def page(client: FlaskClient) -> str:
    """The wall as it is first sent to a browser."""
    answer = client.get("/_dash-layout", headers={"Referer": "http://localhost/wall?scene=overview"})
    assert answer.status_code == 200
    return str(answer.text)


def publish(read_model: str) -> None:
    """The next version, in which every organisation has another number of members."""
    engine = sa.create_engine(read_model, poolclass=sa.NullPool)
    with engine.begin() as connection:
        row = connection.execute(sa.select(versions).order_by(versions.c.version.desc()).limit(1)).one()
        connection.execute(versions.insert().values({**row._asdict(), "version": row.version + 1}))
        connection.execute(org_months.update().values(members=org_months.c.members + 100))
    engine.dispose()


def test_what_one_server_has_drawn_another_does_not_draw(
    server: RedisServer, read_model: str, drawn: list[str]
) -> None:
    first = page(wall(read_model, server.url))
    by_the_first = len(drawn)
    assert by_the_first >= PANELS
    assert page(wall(read_model, server.url)) == first
    assert len(drawn) == by_the_first
    assert page(wall(read_model)) == first
    assert len(drawn) == 2 * by_the_first


def test_every_entry_names_version_and_scope_or_the_view_it_draws_and_ends_by_itself(
    server: RedisServer, read_model: str
) -> None:
    page(wall(read_model, server.url))
    engine = sa.create_engine(read_model, poolclass=sa.NullPool)
    with engine.connect() as connection:
        version, at = connection.execute(sa.select(versions.c.version, versions.c.published_at)).one()
    engine.dispose()
    entries = server.entries()
    drawings = [key for key in entries if "|view|" in key]
    panels = [key for key in entries if key not in drawings]
    assert len(panels) >= PANELS
    assert all(f"|{version}|{at.isoformat()}|" in key and f"mode='{SCOPE}'" in key for key in panels)
    assert all(len(key.rpartition("|")[2]) == 40 for key in drawings)
    assert all(key.startswith(PREFIX) and 0 < ttl <= 3600 for key, ttl in entries.items())


def test_redis_may_end_and_come_back_while_the_wall_is_shown(
    server: RedisServer,
    read_model: str,
    drawn: list[str],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    # Each question is a try; how long nobody asks is not of this test.
    monkeypatch.setattr(shared_cache, "PAUSE_S", 0.0)
    caplog.set_level(logging.INFO, "callbacks.shared_cache")
    shown = wall(read_model, server.url)
    before = page(shown)
    server.kill()
    publish(read_model)
    during = page(shown)
    assert during == page(wall(read_model))
    assert during != before
    once = len(drawn)
    assert page(shown) == during
    assert len(drawn) == once, "kept in the memory of the process meanwhile"
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    server.start()
    publish(read_model)
    after = page(shown)
    assert after == page(wall(read_model))
    assert after not in (before, during)
    assert len(server.entries()) >= PANELS
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]


def test_a_server_starts_without_redis_and_says_so_once(
    read_model: str, caplog: pytest.LogCaptureFixture
) -> None:
    url = f"redis://:geheim@127.0.0.1:{free_port()}/0"
    assert page(wall(read_model, url)) == page(wall(read_model))
    (said,) = caplog.records
    assert said.levelname == "WARNING"
    assert "is away" in said.getMessage()
    assert "geheim" not in said.getMessage()


def test_a_redis_that_never_answers_is_asked_once_for_a_whole_page(
    read_model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_cache, "ANSWER_S", 0.05)
    monkeypatch.setattr(shared_cache, "PAUSE_S", 3600.0)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        asked: list[socket.socket] = []

        def accept() -> None:
            try:
                while True:
                    asked.append(silent.accept()[0])
            except OSError:
                return

        threading.Thread(target=accept, daemon=True).start()
        shown = wall(read_model, f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        assert page(shown) == page(wall(read_model))
        # The one try, and once more at once.
        assert len(asked) <= 2
        silent.shutdown(socket.SHUT_RDWR)
    for one in asked:
        one.close()


@pytest.mark.parametrize(
    "entry", [b"!garbage", b"!" + pickle.dumps("cut off")[:-3], b"!\x80\x05cno_such\nThing\n."]
)
def test_an_entry_that_cannot_be_read_is_drawn_anew(
    server: RedisServer, read_model: str, entry: bytes
) -> None:
    right = page(wall(read_model, server.url))
    with redis.from_url(server.url) as client:
        for key in client.scan_iter(count=1000):
            client.set(key, entry)
    assert page(wall(read_model, server.url)) == right

"""A web server of several workers answers as one of a single process does, also while one of them dies."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from benchmarks import serve
from commands.demo_accounts import ensure_demo_accounts
from dashboard.profile import load_profile
from dashboard.settings import Settings, load_settings
from data.accounts import account, sessions
from data.accounts.store import open_accounts
from data.clock import shanghai_now
from data.demo.generate import generate
from data.demo.haishu import haishu_spec
from data.engine import open_engine
from data.projection.projector import Projector
from data.readmodel.store import prepare
from data.readmodel.viewer import open_viewer
from tests.callback_requests import request_of
from tests.naive.projected import profile_district
from tests.public_store import public_of

ROOT = Path(__file__).parent.parent.parent
ASKED_EACH = 6
READ = ("/api/version/internal", "/api/version/reception", "/_dash-dependencies", "/leadership/_dash-layout")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A small district, projected, with accounts and public store."""
    found = load_settings(data_dir=tmp_path_factory.mktemp("workers"))
    (found.data_dir / found.district).mkdir()
    source, store, now = open_engine(found.operational), open_engine(found.read_model), shanghai_now()
    generate(source, haishu_spec().scaled(towns=2, branches=12, members=150, months=3), now=now, seed=3)
    prepare(store)
    projector = Projector(source, store, profile_district(), lambda: now, is_demo=lambda: True)
    assert projector.lease.acquire()
    projector.run()
    projector.lease.release()
    ensure_demo_accounts(found, lambda: now)
    viewer = open_viewer(found.read_model)
    public_of(viewer, load_profile(found.district), lambda: now, found.data_dir / found.district)
    for one in (source, store, viewer):
        one.dispose()
    return found


@contextmanager
def served(settings: Settings, workers: int) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """`app.py serve` as its users start it; its address and its first process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {
        "DATA_DIR": str(settings.data_dir),
        "PORT": str(port),
        "WORKERS": str(workers),
        "DEVICES": "open",
    }
    process = subprocess.Popen([sys.executable, "app.py", "serve"], cwd=ROOT, env=os.environ | given)
    try:
        wait_until(lambda: answers(f"http://127.0.0.1:{port}/readyz", process))
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.terminate()
        process.wait(40)


def answers(url: str, process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, "the server has ended"
    try:
        return requests.get(url, timeout=5).ok
    except (requests.ConnectionError, requests.Timeout):
        return False


def wait_until(holds: Any, patience_s: float = 90) -> None:
    until = time.monotonic() + patience_s
    while not holds():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.1)


def children(process: subprocess.Popen[bytes]) -> list[int]:
    text = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return [int(one) for one in text.split()]


def said(base: str, token: str) -> dict[str, set[str]]:
    """What the server says, each question asked over connections of its own; without hours and passing names."""
    found: dict[str, set[str]] = {}
    for path in READ * ASKED_EACH:
        answer = requests.get(base + path, cookies={"vanguard_session": token}, timeout=30)
        found.setdefault(path, set()).add(plain(answer))
    told = requests.get(
        f"{base}/leadership/_dash-dependencies", cookies={"vanguard_session": token}, timeout=30
    )
    [show] = [
        one for one in told.json() if "page.children" in one["output"] and "menu.children" in one["output"]
    ]
    for page in ("cockpit", "warnings") * ASKED_EACH:
        asked = request_of(show, {"path": f"/leadership/{page}", "search": ""})
        answer = requests.post(
            f"{base}/leadership/_dash-update-component",
            json=asked,
            cookies={"vanguard_session": token},
            headers={"Origin": base},
            timeout=30,
        )
        found.setdefault(page, set()).add(plain(answer))
    return found


def plain(answer: requests.Response) -> str:
    assert answer.ok, answer.text[:300]
    told = answer.json()
    if isinstance(told, dict):
        for passing in ("age_s", "now", "now_ms", "checked_at"):
            told.pop(passing, None)
        if "response" in told:
            told["response"]["later"]["data"].pop("n")
    return json.dumps(told, sort_keys=True)


def without_identity(found: dict[str, set[str]]) -> dict[str, set[str]]:
    plain_of = {}
    for path, texts in found.items():
        trees = [json.loads(text) for text in texts]
        for tree in trees:
            if isinstance(tree, dict):
                tree.pop("boot", None)
        plain_of[path] = {json.dumps(tree, sort_keys=True) for tree in trees}
    return plain_of


def test_one_two_and_four_workers_say_the_same_and_none_says_two_things(settings: Settings) -> None:
    accounts = open_accounts(settings.accounts)
    who = account.one(accounts, "leader").viewer
    token = sessions.begin(accounts, who.account_id, "password", shanghai_now())
    heard = []
    for workers in (1, 2, 4):
        with served(settings, workers) as (base, process):
            if workers > 1:
                wait_until(lambda process=process, workers=workers: len(children(process)) == workers)
            found = said(base, token)
            assert {path: len(texts) for path, texts in found.items()} == dict.fromkeys(found, 1)
            heard.append(without_identity(found))
    assert heard[0] == heard[1] == heard[2]


def test_a_worker_that_dies_is_replaced_and_the_screens_notice_nothing(settings: Settings) -> None:
    with served(settings, 2) as (base, process):
        wait_until(lambda: len(children(process)) == 2)
        before = requests.get(f"{base}/api/version/internal", timeout=5).json()
        dying = children(process)[0]
        os.kill(dying, signal.SIGKILL)
        wait_until(lambda: dying not in children(process) and len(children(process)) == 2)
        for _ in range(ASKED_EACH):
            after = requests.get(f"{base}/api/version/internal", timeout=5).json()
            assert (after["boot"], after["key"]) == (before["boot"], before["key"])


def test_the_benchmark_of_many_viewers_runs_without_an_error(settings: Settings) -> None:
    with served(settings, 2) as (base, process):
        wait_until(lambda: len(children(process)) == 2)
        port = int(base.rpartition(":")[2])
        heard = asyncio.run(serve.look(settings, port, leadership=6, walls=3, seconds=8, every=3))
    assert heard.errors == []
    # A wall for visitors reads documents, and nobody publishes any here: it polls and stands.
    assert set(heard.redraws) == {"leadership"}
    assert len(heard.polls) > 20

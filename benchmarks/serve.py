"""Many viewers of one server: version polls and redraws while versions are published.

DATA_DIR=… DISTRICT=… python -m benchmarks.serve [--leadership 150] [--walls 50] [--seconds 60] [--every 10]
    [--workers 1,2,4] [--cache redis://…] [--json FILE]

The read model of the settings is copied; the operational database is not there at all: a statement to it would be an
error. Viewers poll and redraw as the scripts of the pages do, without a browser, on the same processors as the server.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import click
import httpx
import sqlalchemy as sa
from rich.console import Console
from rich.table import Table

from benchmarks.viewers import Heard, Viewer, leadership_of, wall_of
from commands.demo_accounts import ensure_demo_accounts
from dashboard.settings import Settings, load_settings
from data.accounts import account, sessions
from data.accounts.store import open_accounts
from data.clock import shanghai_now
from data.readmodel.schema import town_months, versions
from tests.browser.conftest import free_port

ROOT = Path(__file__).parent.parent
# What people look at while they leave the page open, the first page most.
PAGES = ("cockpit", "cockpit", "cockpit", "warnings", "evaluation", "dues", "transfers", "development")
ROLES = ("leader", "orgdept", "committee")
LONGEST_START_S = 90


@click.command()
@click.option("--leadership", default=150, show_default=True)
@click.option("--walls", default=50, show_default=True)
@click.option("--seconds", default=60, show_default=True)
@click.option("--every", default=10.0, show_default=True, help="seconds between two versions")
@click.option("--workers", default="1,2,4", show_default=True)
@click.option("--cache", default="", help="CACHE_URL of the server")
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path))
def main(
    leadership: int, walls: int, seconds: int, every: float, workers: str, cache: str, file: Path | None
) -> None:
    """Serve, look, publish."""
    results = []
    for number in workers.split(","):
        with tempfile.TemporaryDirectory() as folder:
            settings = prepared(Path(folder))
            port = free_port()
            process = serving(settings, port, int(number), cache)
            try:
                until_ready(port, process)
                heard = asyncio.run(look(settings, port, leadership, walls, seconds, every))
            finally:
                process.terminate()
                process.wait(40)
            results.append({"workers": int(number), **told(heard)})
    show(results)
    if file is not None:
        file.write_text(
            json.dumps({"machine": platform.platform(), "results": results}, indent=1), encoding="utf-8"
        )


def prepared(folder: Path) -> Settings:
    """Settings over a copy of the read model, with accounts of its own and no operational database."""
    given, made = load_settings(), load_settings(data_dir=folder)
    (folder / made.district).mkdir()
    for source, target in ((given.read_model, made.read_model), (given.public_store, made.public_store)):
        name = sa.make_url(source).database
        if name and Path(name).exists():
            shutil.copy(name, str(sa.make_url(target).database))
    ensure_demo_accounts(made)
    return made


def serving(settings: Settings, port: int, workers: int, cache: str) -> subprocess.Popen[bytes]:
    """`app.py serve` as its users start it."""
    given = {
        "DATA_DIR": str(settings.data_dir),
        "PORT": str(port),
        "WORKERS": str(workers),
        "DEVICES": "open",
    }
    given |= {"WALL_MODE": "wall_internal", "SCHEDULE": "off", "CACHE_URL": cache}
    return subprocess.Popen(
        [sys.executable, "app.py", "serve"], cwd=ROOT, env=os.environ | given, stderr=subprocess.DEVNULL
    )


def until_ready(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait for the first answer."""
    until = time.monotonic() + LONGEST_START_S
    while True:
        if process.poll() is not None or time.monotonic() > until:
            raise click.ClickException("the server did not start")
        try:
            if httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=5).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.2)


async def look(
    settings: Settings, port: int, leadership: int, walls: int, seconds: int, every: float
) -> Heard:
    """All viewers live for so long while versions are published."""
    heard, ended = Heard(), asyncio.Event()
    async with AsyncExitStack() as stack:
        viewers = await _opened(stack, settings, port, leadership, walls)
        # The first of every page is drawn anew after the start; what follows is every day.
        living = [asyncio.create_task(one.live(heard, ended.is_set)) for one in viewers]
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            await asyncio.to_thread(publish, settings.read_model)
            await asyncio.sleep(every)
        ended.set()
        await asyncio.gather(*living)
    return heard


async def _opened(
    stack: AsyncExitStack, settings: Settings, port: int, leadership: int, walls: int
) -> list[Viewer]:
    base = f"http://127.0.0.1:{port}"

    async def client(token: str = "") -> httpx.AsyncClient:
        cookies = {"vanguard_session": token} if token else None
        headers = {"Origin": base, "Accept-Encoding": "gzip, br"}
        return await stack.enter_async_context(
            httpx.AsyncClient(base_url=base, cookies=cookies, headers=headers, timeout=30)
        )

    first = await client()
    layout, callbacks = (
        (await first.get("/_dash-layout")).json(),
        (await first.get("/_dash-dependencies")).json(),
    )
    viewers = [wall_of(await client(), layout, callbacks) for _ in range(walls)]
    accounts, now = open_accounts(settings.accounts), shanghai_now()
    ids = [account.one(accounts, name).viewer.account_id for name in ROLES]
    tokens = [sessions.begin(accounts, ids[n % len(ids)], "password", now) for n in range(leadership)]
    behind = (await (await client(tokens[0])).get("/leadership/_dash-dependencies")).json() if tokens else []
    for n, token in enumerate(tokens):
        page = PAGES[n // len(ROLES) % len(PAGES)]
        viewers.append(await leadership_of(await client(token), behind, f"/leadership/{page}", ""))
    return viewers


def publish(url: str) -> None:
    """The next version: one more activity in the newest month of some town."""
    engine = sa.create_engine(url)
    t = town_months.c
    with engine.begin() as connection:
        newest = connection.execute(sa.select(versions).order_by(versions.c.version.desc()).limit(1)).one()
        mine = {"version": int(newest.version) + 1, "published_at": shanghai_now()}
        connection.execute(sa.insert(versions).values({**newest._asdict(), **mine}))
        towns = connection.execute(sa.select(t.town_id).distinct()).scalars().all()
        here = (t.town_id == random.choice(towns), t.period_month == newest.open_month)
        connection.execute(town_months.update().where(*here).values(activities=t.activities + 1))
    engine.dispose()


def told(heard: Heard) -> dict[str, Any]:
    """Percentiles in milliseconds, counts, errors."""
    found: dict[str, Any] = {"polls": len(heard.polls), "poll_p95_ms": percentile(heard.polls, 95)}
    for kind, seconds in sorted(heard.redraws.items()):
        found |= {
            f"{kind}_redraws": len(seconds),
            f"{kind}_p50_ms": percentile(seconds, 50),
            f"{kind}_p95_ms": percentile(seconds, 95),
        }
    return found | {
        "kb": round(sum(heard.sizes) / 1000),
        "errors": len(heard.errors),
        "first": heard.errors[:3],
    }


def percentile(seconds: Sequence[float], share: int) -> float:
    """Milliseconds; 0 for nothing measured."""
    if len(seconds) < 2:
        return round(1000 * sum(seconds), 1)
    return round(1000 * statistics.quantiles(seconds, n=100, method="inclusive")[share - 1], 1)


def show(results: Sequence[dict[str, Any]]) -> None:
    """One line per number of workers."""
    names = [name for name in results[0] if name != "first"]
    table = Table(*names)
    for result in results:
        table.add_row(*(str(result.get(name, "")) for name in names))
    Console(width=200).print(table)
    for result in results:
        for error in result["first"]:
            Console().print(error)


if __name__ == "__main__":
    main()

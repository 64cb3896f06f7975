"""How long the leadership pages take: first page after login, click to repainted, page by page.

DATA_DIR=… DISTRICT=… python -m benchmarks.leadership [--rounds 5] [--json FILE]

The district of the settings is read as it is: a demo of full size says most. Accounts are the benchmark's own.
"""

from __future__ import annotations

import json
import platform
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import track
from rich.table import Table
from waitress.server import create_server

from callbacks.application import create_app
from commands.demo_accounts import ensure_demo_accounts
from commands.serving import leadership_of
from dashboard.leadership.registry import PAGES
from dashboard.profile import load_profile
from dashboard.settings import load_settings
from data.accounts import account
from data.accounts.store import open_accounts
from data.clock import shanghai_now
from data.public.reader import open_public
from data.readmodel.viewer import open_viewer
from tests.browser.browser import Browser
from tests.browser.conftest import open_chromium
from tests.browser.leading import Leading

# From the click on a link to the second frame after what is seen first is painted, and after everything below the
# fold is, too; timed in the page.
CLICK = """
const done = arguments[arguments.length - 1], link = document.createElement('a'), began = performance.now();
let seen = null;
link.href = arguments[0];
document.body.append(link);
link.click();
link.remove();
const wait = () => {
  const root = document.documentElement.dataset;
  const here = location.pathname + location.search;
  if (root.seen === here && seen === null) {
    seen = 0;
    requestAnimationFrame(() => requestAnimationFrame(() => { seen = performance.now() - began; }));
  }
  if (root.ready !== here || !seen) { return setTimeout(wait, 4); }
  requestAnimationFrame(() => requestAnimationFrame(() => done([seen, performance.now() - began])));
};
wait();
"""

_WHEN = ("first", "again", "whole")


@click.command()
@click.option("--rounds", default=5, show_default=True)
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="write the figures here, too")
def main(rounds: int, json_file: Path | None) -> None:
    """Measure the leadership pages on this machine."""
    found = measure(rounds)
    found["machine"] = {"python": platform.python_version(), "system": platform.platform()}
    if json_file:
        json_file.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    show(found)


def measure(rounds: int) -> dict[str, Any]:
    """Milliseconds: first page, and every page at first sight (nothing cached) and again."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings().model_copy(update={"accounts_url": f"sqlite:///{folder}/accounts.db"})
        ensure_demo_accounts(settings, shanghai_now)
        app = create_app(
            open_viewer(settings.read_model), settings, load_profile(settings.district), shanghai_now,
            leadership=leadership_of(settings), public=open_public(settings.public),
        )  # fmt: skip
        server = create_server(app.server, host="127.0.0.1", port=0, threads=8)
        threading.Thread(target=server.run, daemon=True).start()
        accounts: Any = open_accounts(settings.accounts)
        unused: Any = None
        leading = Leading(f"http://127.0.0.1:{server.effective_port}", settings, accounts, unused, unused)
        driver = open_chromium("/usr/bin/chromium", "/usr/bin/chromedriver")
        try:
            return _measured(leading, Browser(driver), rounds)
        finally:
            driver.quit()
            server.close()


def _measured(leading: Leading, browser: Browser, rounds: int) -> dict[str, Any]:
    leading.log_in(browser, "orgdept", shanghai_now())
    first = [_timed(lambda: leading.open(browser, "home", 1920, 1080)) for _ in range(rounds + 1)]
    places = {
        "area": account.one(leading.accounts, "committee").viewer.org_id,
        "branch": account.one(leading.accounts, "secretary").viewer.org_id,
    }
    pages: dict[str, dict[str, Any]] = {}
    for page in track(PAGES, "pages"):
        if page.slug in ("member", "members"):
            continue
        org = places["branch" if page.of == "branch" else "area"]
        indicator = "&indicator=present" if page.slug in ("trace", "evidence") else ""
        link = f"/leadership/{page.slug}?org={org}{indicator}"
        whole = f"/leadership/{page.slug}" if page.of == "area" or page.of == "any" else link
        pages[page.slug] = {
            "committee": _clicked(browser, link, rounds),
            "district": _clicked(browser, whole + (f"?{indicator[1:]}" if indicator else ""), rounds),
        }
    return {"first_cold": round(first[0]), "first": [round(one) for one in first[1:]], "pages": pages}


def _clicked(browser: Browser, link: str, rounds: int) -> dict[str, Any]:
    """Milliseconds until seen and until whole: at first sight, and again."""
    times = []
    for _ in range(rounds + 1):
        browser.driver.execute_async_script(CLICK, "/leadership/trace?indicator=members")
        times.append([round(one) for one in browser.driver.execute_async_script(CLICK, link)])
    seen, whole = zip(*times, strict=True)
    return {"first": seen[0], "again": seen[1:], "whole": whole[1:]}


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def show(found: dict[str, Any]) -> None:
    """The figures as a table."""
    table = Table("page", *(f"{place}, {when}" for place in ("committee", "district") for when in _WHEN))
    for slug, one in found["pages"].items():
        cells = []
        for place in ("committee", "district"):
            times = [one[place]["first"], *(statistics.median(one[place][when]) for when in _WHEN[1:])]
            cells += [f"{time:.0f}" for time in times]
        table.add_row(slug, *cells)
    console = Console()
    console.print(table)
    console.print(
        f"first page: cold {found['first_cold']} ms, then {statistics.median(found['first']):.0f} ms"
    )
    places = [place for one in found["pages"].values() for place in one.values()]
    for when, words in zip(_WHEN, ("first sight", "again", "again, below the fold too"), strict=True):
        times = [t for place in places for t in ([place[when]] if when == "first" else place[when])]
        console.print(
            f"click to repainted, {words}: p50 {statistics.median(times):.0f}, p95 {_p95(times):.0f} ms"
        )


if __name__ == "__main__":
    main()

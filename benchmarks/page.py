"""How long the wall takes: navigation to the complete picture, redraw of a new version, weight, heap.

python -m benchmarks.page [--branches 2300] [--runs 5] [--wall 3840x1280] [--mode wall_internal] [--json FILE]

The read model is the invented district of the tests, so that the figures need no operational database.
"""

from __future__ import annotations

import json
import platform
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
from rich.console import Console
from rich.progress import track
from rich.table import Table

from tests.browser.browser import Browser
from tests.browser.conftest import Served, free_port, open_chromium, start_process, until_answering
from tests.browser.test_wall_living import publish
from tests.readmodel_district import NOW, fill

# Changes one figure on the wall.
ONE_CHANGE = sa.text("update towns set villages = villages + 1 where code = (select min(code) from towns)")

# The time from the request to the second frame after the new version; timed in the page.
REDRAW = """
var done = arguments[arguments.length - 1], page = document.getElementById('wall'), asked = null;
var set = window.dash_clientside.set_props;
window.dash_clientside.set_props = function (id, props) {
  if (id === 'request') { asked = performance.now(); }
  return set(id, props);
};
new MutationObserver(function (_, watch) {
  if (asked === null || page.dataset.version !== VERSION) { return; }
  watch.disconnect();
  window.dash_clientside.set_props = set;
  requestAnimationFrame(function () {
    requestAnimationFrame(function () { done(performance.now() - asked); });
  });
}).observe(page, {attributes: true, attributeFilter: ['data-version']});
"""

# A browser that has forgotten what it shows gets every part again.
FORGET = """document.querySelectorAll('.panel').forEach(function (panel) {
  panel.known = panel.dataset.digests; panel.dataset.digests = '';
})"""
REMEMBER = """document.querySelectorAll('.panel').forEach(function (panel) {
  panel.dataset.digests = panel.known;
})"""


@click.command()
@click.option("--branches", default=2300, show_default=True)
@click.option("--runs", default=5, show_default=True)
@click.option("--wall", default="3840x1280", show_default=True)
@click.option("--mode", default="wall_internal", show_default=True)
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="write the figures here, too")
def main(branches: int, runs: int, wall: str, mode: str, json_file: Path | None) -> None:
    """Measure the wall on this machine."""
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), branches, runs, wall, mode)
    found["machine"] = {"python": platform.python_version(), "system": platform.platform()}
    if json_file:
        json_file.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    show(found)


def measure(folder: Path, branches: int, runs: int, wall: str, mode: str) -> dict[str, Any]:
    """All figures of one wall in one mode."""
    file = folder / "readmodel.db"
    engine = sa.create_engine(f"sqlite:///{file}", poolclass=sa.NullPool)
    fill(engine, branches=branches)
    port = free_port()
    at = NOW.isoformat()
    served = Served(file, port, mode, at, "", start_process(file, port, mode, at, ""))
    until_answering(served.url)
    driver = open_chromium(shutil.which("chromium") or "", shutil.which("chromedriver") or "")
    browser = Browser(driver)
    address = f"{served.overview}&wall={wall}"
    width, height = (int(part) for part in wall.split("x"))
    try:
        loads = [load(browser, address, width, height) for _ in track(range(runs + 1), "首屏")]
        heap_before = heap_mb(browser)
        everything = [redraw(browser, file, whole=True) for _ in track(range(runs), "全部重绘")]
        one_panel = [redraw(browser, file, whole=False) for _ in track(range(runs), "局部重绘")]
        return {
            "wall": wall,
            "mode": mode,
            "branches": branches,
            "first_load_s": loads[0]["complete_s"],
            "load_s": [one["complete_s"] for one in loads[1:]],
            "transferred_kb": loads[-1]["transferred_kb"],
            "requests": loads[-1]["requests"],
            "redraw_everything_ms": everything,
            "redraw_one_panel_ms": one_panel,
            "heap_mb": heap_before,
            "heap_after_redraws_mb": heap_mb(browser),
        }
    finally:
        driver.quit()
        served.stop()


def load(browser: Browser, address: str, width: int, height: int) -> dict[str, Any]:
    """One navigation with an empty browser cache, until every figure is painted."""
    browser.clear()
    browser.driver.execute_cdp_cmd("Network.clearBrowserCache", {})
    started = time.perf_counter()
    browser.open(address, width, height)
    seconds = time.perf_counter() - started
    weights = []
    for entry in browser.driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.loadingFinished":
            weights.append(message["params"]["encodedDataLength"])
    return {
        "complete_s": round(seconds, 3),
        "transferred_kb": round(sum(weights) / 1000),
        "requests": len(weights),
    }


def redraw(browser: Browser, file: Path, *, whole: bool) -> int:
    """Milliseconds from the request to the painted picture of a new version.

    ``whole``: every panel is sent and painted again, as if all data had changed.
    """
    number = int(browser.wall("version")) + 1
    browser.driver.set_script_timeout(30)
    script = REDRAW.replace("VERSION", json.dumps(str(number)))
    browser.run(f"window.redrawn = new Promise(function (go) {{ (function () {{ {script} }})(go); }})")
    if whole:
        browser.run(FORGET)
    publish(file, *([] if whole else [ONE_CHANGE]))
    took = round(browser.driver.execute_async_script("window.redrawn.then(arguments[0])"))
    if whole:
        browser.run(REMEMBER)
    return took


def heap_mb(browser: Browser) -> float:
    """JavaScript heap in use after a collection."""
    browser.driver.execute_cdp_cmd("HeapProfiler.collectGarbage", {})
    used: float = browser.driver.execute_cdp_cmd("Runtime.getHeapUsage", {})["usedSize"]
    return round(used / 1e6, 1)


def show(found: dict[str, Any]) -> None:
    """The figures as a table."""
    table = Table("figure", "value", title=f"{found['wall']} {found['mode']}, {found['branches']} branches")
    table.add_row("first navigation to complete wall (server cold)", f"{found['first_load_s']:.2f} s")
    table.add_row("navigation to complete wall, median", f"{statistics.median(found['load_s']):.2f} s")
    table.add_row("navigation to complete wall, worst", f"{max(found['load_s']):.2f} s")
    for name, key in (("every panel", "redraw_everything_ms"), ("one panel", "redraw_one_panel_ms")):
        table.add_row(f"redraw of {name}, median", f"{statistics.median(found[key]):.0f} ms")
        table.add_row(f"redraw of {name}, worst", f"{max(found[key])} ms")
    table.add_row("transferred", f"{found['transferred_kb']} kB in {found['requests']} requests")
    table.add_row("heap", f"{found['heap_mb']} MB, after redraws {found['heap_after_redraws_mb']} MB")
    Console().print(table)


if __name__ == "__main__":
    main()

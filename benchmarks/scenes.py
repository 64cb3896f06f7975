"""Whether the wall keeps its memory over many scenes: heap, DOM nodes and listeners of the browser.

python -m benchmarks.scenes [--changes 200] [--branches 2300] [--programme turning] [--json FILE]
"""

from __future__ import annotations

import json
import shutil
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
from tests.readmodel_district import NOW, fill

SAMPLES = 10


@click.command()
@click.option("--changes", default=200, show_default=True, help="scenes forced one after the other")
@click.option("--branches", default=2300, show_default=True)
@click.option("--programme", default="", help="turning: the short scenes of the tests; empty: those of 海曙")
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="write the figures here, too")
def main(changes: int, branches: int, programme: str, json_file: Path | None) -> None:
    """Force scenes on one page and sample the browser's memory."""
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), changes, branches, programme)
    if json_file:
        json_file.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    table = Table("changes", "heap MB", "nodes", "listeners", "s", title=f"{changes} scene changes")
    for sample in found:
        table.add_row(*(str(sample[key]) for key in ("changes", "heap_mb", "nodes", "listeners", "seconds")))
    Console().print(table)


def measure(folder: Path, changes: int, branches: int, programme: str) -> list[dict[str, Any]]:
    """Samples at equal distances, always with the first scene shown and the next not yet asked for."""
    file = folder / "readmodel.db"
    fill(sa.create_engine(f"sqlite:///{file}", poolclass=sa.NullPool), branches=branches)
    port, at, mode = free_port(), NOW.isoformat(), "wall_internal"
    served = Served(file, port, mode, at, programme, start_process(file, port, mode, at, programme))
    until_answering(served.url)
    browser = Browser(open_chromium(shutil.which("chromium") or "", shutil.which("chromedriver") or ""))
    try:
        browser.open(f"{served.url}/wall")
        browser.until(lambda: browser.run("return !!window.vanguard.last"), "a poll is answered")
        scenes = [
            str(s)
            for s in browser.run(
                "return Array.from(document.querySelectorAll('.dot')).map(d => d.dataset.scene)"
            )
        ]
        # The first turns fill caches of the browser and of the program.
        turns = max(SAMPLES, changes // len(scenes))
        samples, started = [], time.perf_counter()
        for turn in track(range(turns + 1), "场景轮换"):
            if turn % max(1, turns // SAMPLES) == 0:
                seconds = round(time.perf_counter() - started)
                samples.append({"changes": turn * len(scenes), **memory(browser), "seconds": seconds})
            for scene in (*scenes[1:], scenes[0]):
                advance(browser, scene)
        return samples
    finally:
        browser.driver.quit()
        served.stop()


def advance(browser: Browser, scene: str) -> None:
    """Force the next scene and wait until it is shown and the last one is gone."""
    browser.run("window.vanguard.advance()")
    browser.until(lambda: browser.wall("scene") == scene, f"{scene} is shown", 60)
    alone = "return document.querySelectorAll('.scene').length === 1"
    browser.until(lambda: browser.run(alone), "the last scene is given back", 60)


def memory(browser: Browser) -> dict[str, Any]:
    """What the browser holds after a collection."""
    browser.driver.execute_cdp_cmd("HeapProfiler.collectGarbage", {})
    browser.driver.execute_cdp_cmd("Performance.enable", {})
    metrics = {
        metric["name"]: metric["value"]
        for metric in browser.driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    }
    return {
        "heap_mb": round(metrics["JSHeapUsedSize"] / 1e6, 1),
        "nodes": int(metrics["Nodes"]),
        "listeners": int(metrics["JSEventListeners"]),
    }


if __name__ == "__main__":
    main()

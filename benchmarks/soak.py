"""Does the wall grow: heap, DOM nodes and the server's memory over many redraws of changed data.

python -m benchmarks.soak [--redraws 2000] [--every 100] [--branches 2300] [--json FILE]

The read model is the invented district of the tests. The slope is that of a line through all looks but the first.
"""

from __future__ import annotations

import json
import platform
import shutil
import tempfile
from pathlib import Path
from typing import Any

import click
import numpy as np
import sqlalchemy as sa
from rich.console import Console
from rich.progress import track

from benchmarks.page import heap_mb, redraw
from tests.browser.browser import Browser
from tests.browser.conftest import Served, free_port, open_chromium, start_process, until_answering
from tests.readmodel_district import NOW, fill

WALL, MODE = (3840, 1280), "wall_internal"


def look(browser: Browser, served: Served, redraws: int) -> dict[str, float]:
    """Memory of both sides after so many redraws."""
    nodes = browser.driver.execute_cdp_cmd("Memory.getDOMCounters", {})["nodes"]
    pages = int(Path(f"/proc/{served.process.pid}/statm").read_text().split()[1])
    return {
        "redraws": redraws,
        "heap_mb": heap_mb(browser),
        "nodes": nodes,
        "server_mb": round(pages * 4096 / 1e6, 1),
    }


def measure(folder: Path, redraws: int, every: int, branches: int) -> dict[str, Any]:
    """Redraw and look."""
    file = folder / "readmodel.db"
    fill(sa.create_engine(f"sqlite:///{file}", poolclass=sa.NullPool), branches=branches)
    port, at = free_port(), NOW.isoformat()
    served = Served(file, port, MODE, at, "", start_process(file, port, MODE, at, ""))
    until_answering(served.url)
    driver = open_chromium(shutil.which("chromium") or "", shutil.which("chromedriver") or "")
    browser = Browser(driver)
    try:
        browser.open(f"{served.overview}&wall={WALL[0]}x{WALL[1]}", *WALL)
        looks = []
        for done in track(range(1, redraws + 1), "重绘"):
            redraw(browser, file, whole=False)
            if done % every == 0:
                looks.append(look(browser, served, done))
        return {"looks": looks, **slopes(looks[1:])}
    finally:
        driver.quit()
        served.stop()


def slopes(looks: list[dict[str, float]]) -> dict[str, float]:
    """Growth per 1,000 redraws, and how far the server's memory went from its mean."""
    if len(looks) < 2:
        return {}
    at = [one["redraws"] / 1000 for one in looks]
    found = {
        f"{name}_per_1000": round(float(np.polyfit(at, [one[name] for one in looks], 1)[0]), 2)
        for name in ("heap_mb", "nodes", "server_mb")
    }
    server = np.array([one["server_mb"] for one in looks])
    return {**found, "server_swing": round(float(np.abs(server / server.mean() - 1).max()), 3)}


@click.command()
@click.option("--redraws", default=2000, show_default=True)
@click.option("--every", default=100, show_default=True)
@click.option("--branches", default=2300, show_default=True)
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path))
def main(redraws: int, every: int, branches: int, file: Path | None) -> None:
    """Redraw a wall many times."""
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), redraws, every, branches)
    Console().print({name: value for name, value in found.items() if name != "looks"})
    Console().print(found["looks"][0], found["looks"][-1])
    if file is not None:
        file.write_text(json.dumps({"machine": platform.platform(), **found}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()

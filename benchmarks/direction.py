"""How fast a wall obeys, and whether it keeps its memory: commands, changes of mode, many scene changes.

python -m benchmarks.direction [--commands 50] [--modes 20] [--changes 1000] [--only commands|modes|changes]
"""

from __future__ import annotations

import json
import shutil
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.scenes import memory
from data.accounts import account, sessions
from tests.browser.browser import Browser
from tests.browser.conftest import open_chromium
from tests.browser.leading import NOW, Leading, leading
from tests.browser.served_wall import Standing

# Noted by the page itself every 10 ms: a driver asks far too seldom to see one frame.
WATCH = """
window.noted = { blank: 0, looks: 0 };
setInterval(function () {
  var page = vanguard.shownPage(), stage = page && page.querySelector('.stage-of-scene[data-shown]');
  var panels = stage ? Array.from(stage.querySelectorAll('.panel')) : [];
  noted.looks += 1;
  if (!panels.length || !panels.every(p => p.querySelector('.main-svg'))) { noted.blank += 1; }
}, 10);
"""
# When the page shows a scene, or carries out a command that changes none, in ms of the wall clock.
SEEN = """
var done = arguments[arguments.length - 1], scene = arguments[0], command = arguments[1], ends = Date.now() + 30000;
var timer = setInterval(function () {
  var page = vanguard.shownPage();
  var fine = scene ? page.dataset.scene === scene : vanguard.step.command >= command;
  if (fine || Date.now() > ends) { clearInterval(timer); requestAnimationFrame(() => done(fine ? Date.now() : null)); }
}, 5);
"""


@click.command()
@click.option("--commands", default=50, show_default=True)
@click.option("--modes", default=20, show_default=True, help="changes of mode")
@click.option("--changes", default=1000, show_default=True, help="scene changes ordered one after the other")
@click.option("--only", type=click.Choice(["commands", "modes", "changes"]))
@click.option("--width", default=3840, show_default=True)
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="write the figures here, too")
def main(
    commands: int, modes: int, changes: int, only: str | None, width: int, json_file: Path | None
) -> None:
    """Measure a wall of a small district against its own server."""
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder, _wall(Path(folder), width) as (wall, served):
        order = _director(served)
        if only in (None, "commands"):
            found |= _commands(wall, order, commands)
        if only in (None, "modes"):
            found |= _modes(wall, order, modes)
        if only in (None, "changes"):
            found |= _changes(wall, order, changes)
        found["blank_looks"], found["looks"] = (
            wall.run(f"return noted.{name}") for name in ("blank", "looks")
        )
    if json_file:
        json_file.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    table = Table("what", "seen", title="direction")
    for name, value in found.items():
        table.add_row(name, str(value))
    Console().print(table)


@contextmanager
def _wall(folder: Path, width: int) -> Iterator[tuple[Browser, Leading]]:
    with leading(folder, Standing(NOW, goes=True), devices="open") as served:
        driver = open_chromium(shutil.which("chromium") or "", shutil.which("chromedriver") or "")
        driver.set_script_timeout(60)
        try:
            wall = Browser(driver)
            wall.open(f"{served.url}/wall", width, width // 3)
            wall.until(lambda: wall.wall("step"), "the wall is in line", 60)
            wall.run(WATCH)
            yield wall, served
        finally:
            driver.quit()


Order = Callable[..., dict[str, Any]]


def _director(served: Leading) -> Order:
    """Sends a command as the tablet does and returns the state after it."""
    who = account.one(served.accounts, "operator").viewer
    token = sessions.begin(served.accounts, who.account_id, "password", NOW)

    def ask(path: str, told: dict[str, Any] | None) -> dict[str, Any]:
        headers = {
            "Content-Type": "application/json",
            "Sec-Fetch-Site": "same-origin",
            "Cookie": f"vanguard_session={token}",
        }
        body = None if told is None else json.dumps(told).encode()
        request = urllib.request.Request(f"{served.url}/director/{path}", data=body, headers=headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            state: dict[str, Any] = json.load(answer)
            return state

    def order(action: str, **more: Any) -> dict[str, Any]:
        return ask("command", {"number": ask("state", None)["number"], "action": action, **more})

    return order


def _commands(wall: Browser, order: Order, count: int) -> dict[str, Any]:
    """From the sending of a command to the frame that shows it: scenes, and what changes no scene."""
    took: dict[str, list[float]] = {"next": [], "show": [], "banner": []}
    for turn in track(range(count), "指令"):
        kind = ("next", "show", "banner")[turn % 3]
        # A wall is at rest when a director speaks: the last change is over and the next scene prepared.
        time.sleep(3.5)
        began = time.time() * 1000
        if kind == "banner":
            state = order("banner", text=f"第{turn}次")
            seen = wall.driver.execute_async_script(SEEN, "", state["step"]["command"])
        else:
            scenes = [scene["slug"] for scene in order("banner", text="")["scenes"]] if kind == "show" else []
            now = wall.run("return vanguard.stepNow().scene")
            wanted = {"scene": scenes[(scenes.index(now) + 3) % len(scenes)]} if kind == "show" else {}
            began = time.time() * 1000
            state = order(kind, **wanted)
            seen = wall.driver.execute_async_script(SEEN, state["step"]["scene"], 0)
        assert seen is not None, f"{kind} never came"
        took[kind].append(seen - began)
    every = [one for found in took.values() for one in found]
    return {"commands": count, "command_ms all": _spread(every)} | {
        f"command_ms {kind}": _spread(found) for kind, found in took.items() if found
    }


def _modes(wall: Browser, order: Order, count: int) -> dict[str, Any]:
    took = []
    mode = "return vanguard.shownPage().dataset.mode"
    for turn in track(range(count), "模式"):
        wanted = ("internal", "reception")[turn % 2]
        time.sleep(2)
        began = time.time()
        order("mode", mode=wanted)
        wall.until(partial(_is, wall, mode, f"wall_{wanted}"), f"the wall is {wanted}", 60)
        took.append((time.time() - began) * 1000)
    order("programme")
    return {
        "modes": count,
        "mode_ms to internal": _spread(took[::2]),
        "mode_ms to reception": _spread(took[1::2]),
    }


def _changes(wall: Browser, order: Order, count: int) -> dict[str, Any]:
    """Order the next scene again and again; the slope of the heap over the second half, once everything is warm."""
    samples = []
    shown = "return document.getElementById('wall').dataset.scene"
    # What was measured until somebody ends it is told as well.
    with suppress(KeyboardInterrupt):
        for turn in track(range(count + 1), "换幕"):
            if turn % max(1, count // 20) == 0:
                samples.append({"changes": turn, **memory(wall)})
            if turn < count:
                scene = order("next")["step"]["scene"]
                wall.until(partial(_is, wall, shown, scene), f"{scene} is shown", 60)
    late = samples[len(samples) // 2 :]
    slope = statistics.linear_regression([s["changes"] for s in late], [s["heap_mb"] for s in late]).slope
    first, last = samples[len(samples) // 4], samples[-1]
    return {
        "changes": last["changes"],
        "heap_mb first/last": (first["heap_mb"], last["heap_mb"]),
        "heap_kb a change": round(slope * 1000, 2),
        "nodes first/last": (first["nodes"], last["nodes"]),
        "listeners first/last": (first["listeners"], last["listeners"]),
    }


def _is(wall: Browser, script: str, wanted: str) -> bool:
    return bool(wall.run(script) == wanted)


def _spread(times: list[float]) -> dict[str, int]:
    ordered = sorted(times)
    at = {"p50": 0.5, "p95": 0.95, "max": 1.0}
    return {
        name: round(ordered[min(len(ordered) - 1, int(share * len(ordered)))]) for name, share in at.items()
    }


if __name__ == "__main__":
    main()

"""The static-bright ledger of a served wall: screenshots of all its scenes, every shift, and whose lamps wear most.

python -m benchmarks.led_ledger http://127.0.0.1:8050 --out var/led [--samples 3] [--wall 3840x1280]
"""

from __future__ import annotations

import json
import shutil
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.static_bright import Ledger, Pixels, ledger_of
from dashboard.led_care import shift_at
from dashboard.wall_profile import WallProfile, load_wall, wall_names
from tests.browser.browser import Browser
from tests.browser.conftest import open_chromium

STEADY = 0.5  # A lamp that shows one bright value half of the time is worth a look.
POINTS = 4000
DWELL_S = 11  # Longer than the focus stands: two samples show two towns.
BREATHS = range(4)  # As many as assets/led-care.js has.
FADE_S = 4.5  # A breath fades in.

# Elements under points, most telling name first: a panel by its slug, a part of the header by its class.
NAMED = """
var style = document.createElement("style");
style.textContent = "* { pointer-events: auto !important } .stage-of-scene, .scene { pointer-events: none !important }";
document.head.appendChild(style);
var found = arguments[0].map(function (at) {
  var node = document.elementFromPoint(at[0], at[1]);
  if (!node) { return "nothing"; }
  var panel = node.closest("[data-panel]"), part = node.closest(".head, .body"), head = node.closest(".wall-header");
  var own = node.id ? "#" + node.id : (node.getAttribute("class") || "").split(" ")[0];
  if (panel) { return "panel " + panel.dataset.panel + (part ? " ." + part.className.split(" ")[0] : ""); }
  /* The title's box is as wide as the header: whatever is not another part is ground or title. */
  var isGround = node === head || node.tagName === "H1";
  return head ? "header " + (isGround ? "ground and title" : own || node.tagName.toLowerCase()) : own || node.tagName;
});
style.remove();
return found;
"""


@click.command()
@click.argument("url")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=Path("var/led"), show_default=True
)
@click.option("--samples", default=3, show_default=True, help="pictures of a scene, eleven seconds apart")
@click.option("--wall", "wall_name", type=click.Choice(wall_names()), default="3840x1280", show_default=True)
def main(url: str, out: Path, samples: int, wall_name: str) -> None:
    """Write the ledger of the wall at URL as JSON and as a picture."""
    wall = load_wall(wall_name)
    browser = Browser(open_chromium(shutil.which("chromium") or "", shutil.which("chromedriver") or ""))
    try:
        frames = taken(browser, f"{url}/wall?wall={wall_name}", wall, samples)
        ledgers = {
            "standing": ledger_of([(frame, weight) for frame, weight, breath in frames if breath == 0]),
            "cared": ledger_of([(frame, weight) for frame, weight, _ in frames], shifts_of(wall)),
        }
        elements = worst_elements(browser, ledgers["cared"])
    finally:
        browser.driver.quit()
    out.mkdir(parents=True, exist_ok=True)
    found = report(ledgers, elements, wall, len(frames))
    (out / "ledger.json").write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "utf-8")
    heat(ledgers["cared"]).save(out / "ledger.png")
    show(found)


def taken(browser: Browser, url: str, wall: WallProfile, samples: int) -> list[tuple[Pixels, float, int]]:
    """Frames at shift 0 with their shares of the programme's time and their breath."""
    browser.open(f"{url}&shift=held", wall.width_px, wall.height_px)
    scenes = browser.run(
        "return Array.from(document.querySelectorAll('.dot')).map(d => [d.dataset.scene, Number(d.dataset.seconds)])"
    )
    found: list[tuple[Pixels, float, int]] = []
    for slug, seconds in track(scenes, "场景"):
        browser.open(f"{url}&scene={slug}&shift=held", wall.width_px, wall.height_px)
        for sample in range(samples):
            time.sleep(DWELL_S if sample else 2)
            for breath in BREATHS:
                browser.run("document.getElementById('wall').dataset.breath = arguments[0]", str(breath))
                time.sleep(FADE_S)
                found.append((browser.picture(), seconds / samples, breath))
    return found


def shifts_of(wall: WallProfile) -> list[tuple[int, int]]:
    """All shifts of one round, each as often as it comes."""
    period_s = wall.shift_minutes * 60
    steps = max(1, 2 * ((2 * wall.shift_px + 1) ** 2 - 1))
    return [shift_at(step * period_s, wall.shift_px, period_s) for step in range(steps)]


def worst_elements(browser: Browser, ledger: Ledger) -> list[dict[str, Any]]:
    """Who the steady bright pixels belong to, most pixels first; from a sample of them."""
    rows, columns = np.nonzero(ledger.share >= STEADY)
    picked = np.random.default_rng(1).permutation(len(rows))[:POINTS]
    points = [[int(columns[i]), int(rows[i])] for i in picked]
    names = browser.run(NAMED, points) if points else []
    grouped: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for name, (x, y) in zip(names, points, strict=True):
        grouped[name].append((float(ledger.share[y, x]), float(ledger.light[y, x])))
    pixels_each = len(rows) / max(1, len(points))
    found = [
        {
            "element": name,
            "pixels": round(len(values) * pixels_each),
            "share": round(float(np.mean([share for share, _ in values])), 3),
            "worst_share": round(max(share for share, _ in values), 3),
            "light": round(float(np.mean([light for _, light in values])), 3),
        }
        for name, values in grouped.items()
    ]
    return sorted(found, key=lambda one: -one["pixels"] * one["light"])


def report(
    ledgers: dict[str, Ledger], elements: list[dict[str, Any]], wall: WallProfile, frames: int
) -> dict[str, Any]:
    """The figures that are kept."""
    return {
        "wall": wall.name,
        "frames": frames,
        "shift_px": wall.shift_px,
        "shift_minutes": wall.shift_minutes,
        **{
            name: {
                "worst_share": round(ledger.worst, 3),
                "wall_over_half": round(ledger.worn(0.5), 5),
                "wall_over_nine_tenths": round(ledger.worn(0.9), 5),
                "mean_light": round(float(ledger.light.mean()), 4),
                "light_of_steady": round(float(ledger.light[ledger.share >= STEADY].mean()), 3)
                if (ledger.share >= STEADY).any()
                else 0,
            }
            for name, ledger in ledgers.items()
        },
        "elements": elements,
    }


def heat(ledger: Ledger) -> Image.Image:
    """The ledger as a picture: black never, blue a third, red two thirds, yellow always the same bright value."""
    stops = np.array([0, 0.33, 0.66, 1])
    colours = np.array([[0, 0, 0], [30, 70, 200], [220, 40, 40], [255, 235, 90]])
    shades: NDArray[np.uint8] = np.stack(
        [np.interp(np.arange(256) / 255, stops, colours[:, channel]) for channel in range(3)], axis=1
    ).astype(np.uint8)
    return Image.fromarray(shades[(ledger.share * 255).astype(np.uint8)])


def show(found: dict[str, Any]) -> None:
    """The figures on the terminal."""
    for name in ("standing", "cared"):
        click.echo(f"{name}: {found[name]}")
    table = Table("element", "pixels", "share", "worst", "light", title="同一亮度超过一半时间的像素")
    for one in found["elements"][:15]:
        table.add_row(*(str(one[key]) for key in ("element", "pixels", "share", "worst_share", "light")))
    Console().print(table)


if __name__ == "__main__":
    main()

"""Every text on every wall: large enough for the farthest viewer, apart, uncut, with contrast."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from dashboard.profile import load_profile
from dashboard.scenes import scenes_of
from dashboard.wall_profile import (
    CAPTION_ARCMIN,
    CJK_EM,
    DIGIT_EM,
    NUMBER_ARCMIN,
    load_wall,
    wall_names,
)
from data.scope import Mode
from tests.browser.browser import Browser
from tests.browser.conftest import Served

pytestmark = pytest.mark.browser

MINIMUM_CONTRAST = 4.5
# Glyph boxes are estimated from the em; a touch of this many pixels of 3840 is not an overlap.
TOLERANCE_PX = 3

MODES: dict[str, Mode] = {"reception": "wall_reception", "internal": "wall_internal"}
# The overview on every wall; the other scenes on the usual one and on the one that rounds most.
WALLS_OF_SCENES = ("2880x960", "3840x1280")


def views() -> list[tuple[str, str, str]]:
    """Wall, mode and scene of every page that is read."""
    found = []
    for mode, exposure in MODES.items():
        for scene in scenes_of(load_profile("haishu").scenes, exposure):
            walls = wall_names() if scene.slug == "overview" else WALLS_OF_SCENES
            found += [(name, mode, scene.slug) for name in walls]
    return found


on_every_view = pytest.mark.parametrize(("name", "mode", "scene"), views())
on_every_scene = pytest.mark.parametrize(
    ("mode", "scene"), [(mode, scene) for name, mode, scene in views() if name == "3840x1280"]
)

Measured = dict[tuple[str, str, str], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def measured() -> Measured:
    """Texts by wall, mode and scene, so that each is opened once."""
    return {}


@pytest.fixture
def texts(
    browser: Browser, measured: Measured, name: str, mode: str, scene: str, request: pytest.FixtureRequest
) -> list[dict[str, Any]]:
    """Every text of one wall in one mode and scene."""
    view = (name, mode, scene)
    if view not in measured:
        measured[view] = open_and_measure(browser, request.getfixturevalue(mode), name, scene)
    return measured[view]


def open_and_measure(browser: Browser, served: Served, name: str, scene: str) -> list[dict[str, Any]]:
    wall = load_wall(name)
    browser.open(f"{served.url}/wall?scene={scene}&wall={name}", wall.width_px, wall.height_px)
    assert (browser.wall("wall"), browser.wall("scene")) == (name, scene)
    found = browser.texts()
    assert len(found) > 50
    return found


@on_every_view
def test_every_text_is_seen_from_the_farthest_place(texts: list[dict[str, Any]], name: str) -> None:
    wall = load_wall(name)
    small = [t for t in texts if wall.arcmin(t["px"], CJK_EM) < CAPTION_ARCMIN]
    assert not small, report(small)
    numbers = [t for t in texts if t["measure"] and not t["cjk"]]
    assert numbers
    weak = [t for t in numbers if wall.arcmin(t["px"], DIGIT_EM) < NUMBER_ARCMIN]
    assert not weak, report(weak)


@on_every_view
def test_no_text_lies_on_another(texts: list[dict[str, Any]], name: str) -> None:
    slack = TOLERANCE_PX * load_wall(name).u
    pairs = [
        f"{a['panel']}: {a['text']} / {b['panel']}: {b['text']}"
        for i, a in enumerate(texts)
        for b in texts[i + 1 :]
        if meets(a["box"], b["box"], slack)
    ]
    assert not pairs, "\n".join(pairs)


@on_every_view
def test_no_text_is_cut(texts: list[dict[str, Any]]) -> None:
    cut = [t for t in texts if t["cut"]]
    assert not cut, report(cut)


@on_every_scene
def test_every_text_stands_out_from_its_ground(
    browser: Browser, mode: str, scene: str, request: pytest.FixtureRequest
) -> None:
    texts = open_and_measure(browser, request.getfixturevalue(mode), "3840x1280", scene)
    browser.run(
        """var s = document.createElement('style'); document.head.append(s); s.textContent =
        '.wall, .wall * {color: transparent !important} ' +
        '.wall svg text, .wall svg tspan {fill: transparent !important; stroke: transparent !important}'"""
    )
    ground = browser.picture()
    pale = [t | {"contrast": c} for t in texts if (c := contrast(t, ground)) < MINIMUM_CONTRAST]
    assert not pale, report(pale)


def meets(a: list[float], b: list[float], slack: float) -> bool:
    """Whether two boxes (left, top, right, bottom) share more than the slack in both directions."""
    return min(a[2], b[2]) - max(a[0], b[0]) > slack and min(a[3], b[3]) - max(a[1], b[1]) > slack


def contrast(text: dict[str, Any], ground: NDArray[np.uint8]) -> float:
    """Contrast of the ink against the ground under the glyphs; a tenth of the ground may be worse."""
    ink = luminance(np.array([rgb(text["colour"])], dtype=np.uint8))[0]
    if text["halo"]:
        return ratio(ink, luminance(np.array([rgb(text["halo"])], dtype=np.uint8))[0])
    left, top, right, bottom = (max(0, round(edge)) for edge in text["box"])
    under = luminance(ground[top : bottom + 1, left : right + 1].reshape(-1, 3))
    ratios = (np.maximum(under, ink) + 0.05) / (np.minimum(under, ink) + 0.05)
    return float(np.quantile(ratios, 0.1))


def ratio(a: float, b: float) -> float:
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)


def luminance(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Relative luminance (WCAG 2) of pixels (n, 3)."""
    share = pixels.astype(float) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    found: NDArray[np.float64] = linear @ np.array([0.2126, 0.7152, 0.0722])
    return found


def rgb(colour: str) -> list[int]:
    """The three channels of a computed CSS colour."""
    return [round(float(part)) for part in re.findall(r"[\d.]+", colour)[:3]]


def report(texts: list[dict[str, Any]]) -> str:
    """What to look at."""
    return "\n".join(
        f"{t['panel']}: {t['text']!r} {t['px']:.1f}px {t['colour']} cut={t['cut']} {t.get('contrast', '')} {t['box']}"
        for t in texts
    )

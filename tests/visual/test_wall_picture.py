"""The wall as a whole against its last approved picture, at half size; UPDATE_BASELINES=1 approves the new one.

Faces and rasterisers differ a little between machines: what counts is a region that looks different, so the
pictures are compared after a blur and a few pixels may differ. new, old and diff are kept in output/.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageFilter

from tests.browser.browser import Browser
from tests.browser.conftest import Served

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
BASELINES, OUTPUT = HERE / "baseline", HERE / "output"
# A channel that differs by more than this after the blur is a difference; so many may be.
NOTICEABLE, TOLERATED_SHARE = 40, 0.004


@pytest.mark.parametrize("mode", ["reception", "internal"])
def test_the_wall_looks_as_approved(mode: str, browser: Browser, request: pytest.FixtureRequest) -> None:
    served: Served = request.getfixturevalue(mode)
    browser.open(served.overview)
    new = halved(Image.fromarray(browser.picture()))
    baseline = BASELINES / f"wall-{mode}.png"
    if os.environ.get("UPDATE_BASELINES"):
        new.save(baseline, optimize=True)
    assert baseline.is_file(), f"no {baseline.name}: look at the wall, then run with UPDATE_BASELINES=1"
    old = Image.open(baseline).convert("RGB")
    share, diff = difference(old, new)
    if share > TOLERATED_SHARE:
        OUTPUT.mkdir(exist_ok=True)
        for name, image in (("new", new), ("old", old), ("diff", diff)):
            image.save(OUTPUT / f"wall-{mode}-{name}.png")
    assert share <= TOLERATED_SHARE, f"{share:.2%} of the picture differ, see {OUTPUT}"


def test_a_moved_panel_would_be_noticed(browser: Browser, reception: Served) -> None:
    browser.open(reception.overview)
    before = halved(Image.fromarray(browser.picture()))
    browser.run("document.getElementById('panel-members').style.transform = 'translateY(12px)'")
    after = halved(Image.fromarray(browser.picture()))
    assert difference(before, before)[0] == 0
    assert difference(before, after)[0] > TOLERATED_SHARE


def halved(image: Image.Image) -> Image.Image:
    """The picture at half size: small enough to keep, large enough to see a misplaced word."""
    return image.resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS)


def difference(old: Image.Image, new: Image.Image) -> tuple[float, Image.Image]:
    """Share of noticeably different pixels, and where they are."""
    if old.size != new.size:
        return 1.0, new
    soft = ImageFilter.GaussianBlur(1.5)
    diff = ImageChops.difference(old.filter(soft), new.filter(soft))
    seen = (np.asarray(diff) > NOTICEABLE).any(axis=2)
    return float(seen.mean()), Image.fromarray((seen * 255).astype(np.uint8))

"""Care of the LED in a real browser: whole pixels by the clock, never while scenes change, dark and awake again."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from dashboard.led_care import shift_at
from tests.browser.browser import Browser
from tests.browser.conftest import Served

pytestmark = pytest.mark.browser

# The clock of the page stands where a test puts it; the focus stays where it was.
AT = """var at = arguments[0], wall = window.vanguard;
    wall.serverNow = function () { return at; };
    wall.focusAt = function () { return document.getElementById('wall').dataset.focus; };"""
PLACE = "var s = document.getElementById('wall').style; return [s.left, s.top]"
OPAQUE = "var c = document.getElementById('curtain'); return c && getComputedStyle(c).opacity"
MINUTE_MS = 60_000
# Steps of the round: (1, -2), four minutes later (2, -2), and the one that is no shift.
FIRST, SECOND, NONE = 3 * 4 * MINUTE_MS, 4 * 4 * MINUTE_MS, 12 * 4 * MINUTE_MS


def open_wandering(browser: Browser, served: Served) -> None:
    browser.open(f"{served.overview}&shift=on")
    browser.until(lambda: browser.wall("breath") is not None, "the care has begun")


def stands_at(browser: Browser, moment_ms: int) -> bool:
    x, y = shift_at(moment_ms / 1000, 2, 240)
    return bool(browser.run(PLACE) == [f"{x}px", f"{y}px"])


def test_the_page_and_the_program_wander_alike(browser: Browser, reception: Served) -> None:
    browser.open(reception.overview)
    moments = [n * 137_003 for n in range(400)]
    script = "return arguments[0].map(t => window.vanguard.shiftAt(t, 2, 240000))"
    assert browser.run(script, moments) == [list(shift_at(ms / 1000, 2, 240)) for ms in moments]


def test_a_shift_moves_the_whole_picture_by_whole_pixels_and_nothing_else(
    browser: Browser, reception: Served
) -> None:
    open_wandering(browser, reception)
    pictures = []
    for moment in (NONE, FIRST):
        browser.run(AT, moment)
        browser.until(lambda: stands_at(browser, moment), "the picture has wandered")  # noqa: B023
        pictures.append(browser.picture())
    still, moved = pictures
    assert shift_at(FIRST / 1000, 2, 240) == (1, -2)
    apart = {(x, y): different(still, moved, x, y) for x in (0, 1, 2) for y in (-3, -2, -1)}
    rest = min(share for shift, share in apart.items() if shift != (1, -2))
    # A gradient is dithered anew at every place, nothing else may differ.
    assert apart[1, -2] < 0.0005 < 0.005 < rest


def different(still: NDArray[np.uint8], moved: NDArray[np.uint8], x: int, y: int) -> float:
    """Share of pixels below the header that are not those of the still picture so far right and down."""
    height, width = still.shape[:2]
    body = moved[200 + y : height - 4 + y, 4 + x : width - 4 + x].astype(int)
    return float((np.abs(body - still[200 : height - 4, 4 : width - 4]) > 60).any(axis=2).mean())


def test_nothing_wanders_while_scenes_change(browser: Browser, reception: Served) -> None:
    open_wandering(browser, reception)
    browser.run(AT, FIRST)
    browser.until(lambda: stands_at(browser, FIRST), "the picture has wandered")
    browser.run(
        """var page = document.getElementById('wall'), began = performance.now();
        window.waited = null;
        new MutationObserver(function () {
          if (page.style.left !== '1px') { window.waited = window.waited || performance.now() - began; }
        }).observe(page, {attributes: true, attributeFilter: ['style']});
        page.dataset.scene = 'today'"""
    )
    browser.run(AT, SECOND)
    browser.until(lambda: stands_at(browser, SECOND), "the picture wanders on")
    browser.until(lambda: browser.run("return window.waited"), "the move was seen")
    assert browser.run("return window.waited") >= 3000


def test_dark_hours_are_black_but_for_a_dim_clock_that_wanders_and_end_by_themselves(
    browser: Browser, reception: Served
) -> None:
    browser.open(reception.overview)
    darken(browser, 600 * MINUTE_MS)
    clock = "var c = document.querySelector('.led-dark span'); return c && [c.textContent, c.style.left]"
    places = set()
    shown: list[str] = []
    for minute in (60, 61, 62):
        browser.run(AT, minute * MINUTE_MS)
        shown.append(f"09:0{minute - 60}")
        browser.until(lambda: (browser.run(clock) or [""])[0] == shown[-1], "the clock goes")
        places.add(browser.run(clock)[1])
    browser.until(lambda: browser.run(OPAQUE) == "1", "the curtain is closed")
    picture = browser.picture()
    assert 0x20 < picture.max() < 0x48
    assert (picture > 8).any(axis=2).mean() < 0.01
    assert len(places) == 3
    browser.run(AT, 600 * MINUTE_MS)
    browser.until(lambda: browser.run(OPAQUE) == "0", "the wall wakes")
    assert browser.run(clock) is None
    assert browser.picture().max() > 200


def test_a_blackout_as_ordered_shows_nothing_at_all(browser: Browser, reception: Served) -> None:
    browser.open(reception.overview)
    darken(browser, None)
    browser.until(lambda: browser.run(OPAQUE) == "1", "the curtain is closed")
    browser.until(lambda: browser.picture().max() == 0, "the wall is black")


def darken(browser: Browser, wake: int | None) -> None:
    """The step as the server tells it in dark hours (``wake`` in ms) or in a black-out as ordered."""
    browser.until(lambda: browser.run("return !!window.vanguard.step"), "the step is known")
    browser.run("Object.assign(window.vanguard.step, {blackout: true, wake: arguments[0]})", wake)

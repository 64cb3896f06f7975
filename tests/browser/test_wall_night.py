"""A night without server: the picture stays, nothing asks for anything, and in the morning the wall falls in line."""

from __future__ import annotations

import pytest

from tests.browser.browser import Browser
from tests.browser.conftest import Serve

pytestmark = pytest.mark.browser
PATIENCE_S = 90
NIGHT_MS = 9 * 3600 * 1000

# The clock of the page, which a test moves: performance.now() is what every script goes by.
MOVED = """
window.moved = 0;
var real = performance.now.bind(performance);
performance.now = function () { return real() + window.moved; };
window.failed = [];
window.addEventListener('error', function (e) { window.failed.push(String(e.message)); });
window.addEventListener('unhandledrejection', function (e) { window.failed.push(String(e.reason)); });
"""


def test_after_a_night_without_server_the_wall_falls_in_line(browser: Browser, serve_copy: Serve) -> None:
    served = serve_copy("wall_internal", programme="turning")
    script = browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": MOVED})
    try:
        browser.open(f"{served.url}/wall")
        browser.until(lambda: browser.wall("step"), "the wall is in line", PATIENCE_S)
        browser.run("window.samePage = true")
        served.stop()
        browser.until(
            lambda: browser.wall("truth") == "down", "the wall knows that nobody answers", PATIENCE_S
        )
        shown = browser.wall("scene")
        browser.run("window.moved += arguments[0]", NIGHT_MS)
        browser.until(lambda: "停留 54" in browser.text("header-as-of"), "nine hours have passed", PATIENCE_S)
        assert browser.wall("scene") == shown
        assert (
            browser.run("return document.querySelectorAll('.stage-of-scene[data-shown] .main-svg').length")
            > 0
        )
        assert browser.run("return document.querySelectorAll('form, dialog, input').length") == 0
        # By its own clock it is at a step of the morning.
        night = browser.run(
            "var began = Date.now(), turn = vanguard.stepNow(); return [Date.now() - began, turn.number]"
        )
        assert night[0] < 200
        served.start()
        browser.until(lambda: browser.wall("truth") == "fresh", "the wall hears the server again", PATIENCE_S)
        in_line = """var turn = vanguard.stepNow(), page = document.getElementById('wall');
            return turn && page && turn.scene === page.dataset.scene"""
        browser.until(lambda: browser.run(in_line), "the wall is in line again", PATIENCE_S)
        assert browser.run("return window.samePage"), "the page was never loaded anew"
        assert browser.run("return window.failed") == []
    finally:
        browser.driver.execute_cdp_cmd(
            "Page.removeScriptToEvaluateOnNewDocument", {"identifier": script["identifier"]}
        )


def test_a_hidden_page_asks_seldom_and_is_in_line_as_soon_as_it_is_seen(
    browser: Browser, serve_copy: Serve
) -> None:
    served = serve_copy("wall_internal", programme="turning")
    browser.open(f"{served.url}/wall")
    browser.until(lambda: browser.wall("step"), "the wall is in line", PATIENCE_S)
    hide = """Object.defineProperty(document, 'hidden', { configurable: true, get: () => arguments[0] });
        document.dispatchEvent(new Event('visibilitychange'));"""
    asked = "return performance.getEntriesByType('resource').filter(e => e.name.endsWith('/api/step')).length"
    browser.run("performance.setResourceTimingBufferSize(5000)")
    browser.run(hide.replace("arguments[0]", "true"))
    before = browser.run(asked)
    first = browser.wall("scene")
    browser.until(
        lambda: browser.wall("scene") != first, "the scene goes on by the page's own clock", PATIENCE_S
    )
    seldom = browser.run(asked) - before
    assert seldom <= 4
    browser.run(hide.replace("arguments[0]", "false"))
    browser.until(lambda: browser.run(asked) > before + seldom, "it asks at once")

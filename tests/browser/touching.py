"""A finger on the kiosk: real touch events of the browser, and a clock that can be hurried."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browser.browser import Browser

MEASURE = (Path(__file__).parent / "kiosk_measure.js").read_text(encoding="utf-8")
LANDSCAPE, UPRIGHT = (1920, 1080), (1080, 1920)


@dataclass
class Kiosk:
    """An opened kiosk in a browser that has a touch screen."""

    browser: Browser
    url: str

    def open(self, address: str = "", size: tuple[int, int] = LANDSCAPE) -> None:
        """Load a page of the kiosk and wait until it stands."""
        touch = {"enabled": True, "maxTouchPoints": 5}
        self.browser.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", touch)
        self.browser.resize(*size)
        self.browser.driver.get(f"{self.url}/kiosk/{address}")
        self.browser.until(
            lambda: self.run("return document.documentElement.dataset.ready") == "1", "the kiosk stands"
        )
        self.browser.until(
            lambda: self.run("return document.fonts.status") == "loaded", "the faces are there"
        )

    def run(self, script: str, *arguments: Any) -> Any:
        return self.browser.run(script, *arguments)

    @property
    def page(self) -> str:
        """The page that is open."""
        return str(self.run("return document.documentElement.dataset.at"))

    def shown(self, selector: str) -> list[str]:
        """Texts of what is seen of these elements."""
        script = """return Array.from(document.querySelectorAll(arguments[0]))
            .filter(e => e.offsetParent || (e.closest('svg') && e.getBoundingClientRect().width))
            .map(e => e.textContent)"""
        return list(self.run(script, selector))

    def place(self, selector: str) -> tuple[float, float]:
        """The middle of the first one that is seen, and that it lies on top there."""
        script = """var seen = Array.from(document.querySelectorAll(arguments[0])).filter(
                e => e.getBoundingClientRect().width && !e.closest('.off'));
            if (!seen.length) { return null; }
            var b = seen[0].getBoundingClientRect(), x = b.left + b.width / 2, y = b.top + b.height / 2;
            var top = document.elementFromPoint(x, y);
            return [x, y, top === seen[0] || seen[0].contains(top)];"""
        found = self.run(script, selector)
        assert found, f"nothing to touch: {selector}"
        assert found[2], f"something lies on {selector}"
        return float(found[0]), float(found[1])

    def tap(self, selector: str) -> None:
        """Touch the middle of an element."""
        self.tap_at(*self.place(selector))

    def tap_at(self, *places: float) -> None:
        """Touch and let go with as many fingers as there are pairs."""
        points = [{"x": x, "y": y} for x, y in zip(places[::2], places[1::2], strict=True)]
        self._touch("touchStart", points)
        self._touch("touchEnd", [])

    def pinch(self) -> None:
        """Two fingers that move apart."""
        for spread in (40, 120, 240, 360):
            points = [{"x": 900 - spread, "y": 500, "id": 0}, {"x": 900 + spread, "y": 500, "id": 1}]
            self._touch("touchStart" if spread == 40 else "touchMove", points)
        self._touch("touchEnd", [])

    def hurry(self, seconds: float) -> None:
        """Let the page believe that so much more time has gone by."""
        self.run(
            """window.realNow = window.realNow || performance.now.bind(performance);
            window.ahead = (window.ahead || 0) + arguments[0] * 1000;
            performance.now = function () { return window.realNow() + window.ahead; };
            kiosk.tick();""",
            seconds,
        )

    def faults(self) -> list[str]:
        """What does not fit, cannot be touched or read."""
        return list(self.run(MEASURE))

    def _touch(self, kind: str, points: list[dict[str, float]]) -> None:
        self.browser.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

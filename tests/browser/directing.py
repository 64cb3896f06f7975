"""A director's tablet and a wall, each a browser of its own, on one served district whose clock goes."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from data.accounts import account, sessions
from tests.browser.browser import Browser
from tests.browser.leading import NOW, Leading, leading
from tests.browser.served_wall import Standing

# A busy machine paints a scene in seconds.
PATIENCE_S = 60
WALL = (1920, 640)


@dataclass
class Directing:
    """The server, the tablet and the wall."""

    served: Leading
    tablet: Browser
    wall: Browser

    def open_wall(self, address: str = "/wall") -> None:
        """Open the wall and wait until it follows the step."""
        self.wall.open(f"{self.served.url}{address}", *WALL)
        self.wall.until(lambda: self.wall.run("return !!vanguard.step"), "the wall has a step", PATIENCE_S)

    def open_tablet(self) -> None:
        """Log the operator in and open the director's page."""
        self.served.log_in(self.tablet, "operator")
        self.tablet.resize(1180, 820)
        self.tablet.driver.get(f"{self.served.url}/director")
        self.tablet.until(lambda: self.tablet.text("scene"), "the tablet knows the step", PATIENCE_S)

    def tap(self, selector: str, words: str = "") -> None:
        """Touch the first control that matches and says these words."""
        script = """var words = arguments[1], found = Array.from(document.querySelectorAll(arguments[0])).filter(
            one => one.textContent.includes(words) && !one.disabled); if (found.length) { found[0].click(); }
            return found.length"""
        self.tablet.until(
            lambda: self.tablet.run(script, selector, words), f"{selector} {words} can be touched"
        )

    def shown(self, attribute: str) -> Any:
        """A data attribute of the page that is seen on the wall, whichever mode it is of."""
        return self.wall.run("return vanguard.shownPage().dataset[arguments[0]]", attribute)

    def until_shown(self, scene: str) -> None:
        """Wait until the wall shows this scene, in line with the step."""
        self.wall.until(lambda: self.shown("scene") == scene, f"{scene} is shown", PATIENCE_S)

    def style(self, element_id: str, name: str) -> str:
        """A computed style of the wall."""
        script = "return getComputedStyle(document.getElementById(arguments[0]))[arguments[1]]"
        return str(self.wall.run(script, element_id, name))

    def order(self, token: str, path: str, **told: Any) -> tuple[int, dict[str, Any]]:
        """What another tablet's request is answered."""
        request = urllib.request.Request(
            f"{self.served.url}/director/{path}",
            data=json.dumps(told).encode(),
            headers={
                "Content-Type": "application/json",
                "Sec-Fetch-Site": "same-origin",
                "Cookie": f"vanguard_session={token}",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def another_operator(self, login: str) -> str:
        """The session of a second operator."""
        of_district = account.one(self.served.accounts, "operator").org_id
        made = account.add(
            self.served.accounts, login, "副控台", "operator", of_district, None, NOW, must_change=False
        )
        return sessions.begin(self.served.accounts, made.id, "password", NOW)


@contextmanager
def directing(folder: Path, tablet: Browser, wall: Browser, **more: object) -> Iterator[Directing]:
    """Serve a small district whose clock goes from NOW on."""
    with leading(folder, Standing(NOW, goes=True), **more) as served:
        yield Directing(served, tablet, wall)


def frames_until(wall: Browser, true: Any, patience_s: float = PATIENCE_S) -> list[float]:
    """How much of each frame is painted while something comes true: the spread of its pixels' brightness."""
    found, deadline = [], time.monotonic() + patience_s
    while not true():
        assert time.monotonic() < deadline, "it never came true"
        found.append(float(np.std(wall.picture().mean(axis=2))))
    found.append(float(np.std(wall.picture().mean(axis=2))))
    return found

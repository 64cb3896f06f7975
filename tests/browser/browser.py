"""What the tests ask of a browser: open a wall, wait for it, look at it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

MEASURE = (Path(__file__).parent / "measure.js").read_text(encoding="utf-8")


@dataclass
class Browser:
    """One Chromium tab."""

    driver: webdriver.Chrome

    def clear(self) -> None:
        """An empty page, default zone, empty logs."""
        self.driver.get("about:blank")
        self.driver.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": ""})
        self.driver.get_log("browser")
        self.driver.get_log("performance")

    def open(self, url: str, width: int = 3840, height: int = 1280) -> None:
        """Open a wall in a window of this size and wait until it is complete; its picture does not wander."""
        self.resize(width, height)
        self.driver.get(url if "shift=" in url else f"{url}{'&' if '?' in url else '?'}shift=0")
        self.until(lambda: self.wall("ready") == "1", "the wall is ready")

    def resize(self, width: int, height: int) -> None:
        """The size of the page, exactly."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def zone(self, name: str) -> None:
        """The time zone this browser believes to be in."""
        self.driver.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": name})

    def run(self, script: str, *arguments: Any) -> Any:
        """Run script in the page."""
        return self.driver.execute_script(script, *arguments)

    def wall(self, attribute: str) -> Any:
        """A data attribute of the wall, None while there is none."""
        return self.run(
            "return (document.getElementById('wall') || {dataset: {}}).dataset[arguments[0]]", attribute
        )

    def text(self, element_id: str) -> str:
        """Text of one element."""
        return str(self.run("return document.getElementById(arguments[0]).textContent", element_id))

    def panels(self, attribute: str) -> dict[str, str]:
        """A data attribute of every panel, by slug."""
        script = """var name = arguments[0], panels = Array.from(document.querySelectorAll('.panel'));
            return Object.fromEntries(panels.map(p => [p.dataset.panel, p.dataset[name]]))"""
        return dict(self.run(script, attribute))

    def until(self, true: Callable[[], Any], what: str, patience_s: float = 20) -> None:
        """Wait until something is true; fails with what was waited for."""
        waiting = WebDriverWait(self.driver, patience_s, poll_frequency=0.05)
        waiting.until(lambda _: true(), f"waited {patience_s} s in vain until {what}")

    def picture(self) -> NDArray[np.uint8]:
        """The page as pixels (height, width, 3)."""
        image = Image.open(io.BytesIO(self.driver.get_screenshot_as_png())).convert("RGB")
        return np.asarray(image)

    def complaints(self) -> list[str]:
        """What the console said since the last call."""
        return [str(entry["message"]) for entry in self.driver.get_log("browser")]

    def requested(self) -> set[str]:
        """Addresses asked for since the last call, data: left out."""
        found = set()
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                found.add(str(message["params"]["request"]["url"]))
        return {url for url in found if not url.startswith(("data:", "about:"))}

    def texts(self) -> list[dict[str, Any]]:
        """Every visible piece of text on the wall as measure.js describes it."""
        return list(self.run(MEASURE))

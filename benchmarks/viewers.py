"""Viewers without a browser: they poll, and ask for a redraw, as the scripts of the wall and of leadership pages do."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.callback_requests import request_of

# Rhythm of the polls in the browser's own scripts (assets/poll.js, assets_leadership/leadership.js).
WALL_EVERY_S, LEADERSHIP_EVERY_S = 1.0, 2.0
JITTER = (0.8, 1.2)


@dataclass
class Heard:
    """What all viewers measured: seconds of every poll and redraw, bytes of every redraw, and what went wrong."""

    polls: list[float] = field(default_factory=list)
    redraws: dict[str, list[float]] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def redrawn(self, kind: str, seconds: float, size: int) -> None:
        """Note one redraw."""
        self.redraws.setdefault(kind, []).append(seconds)
        self.sizes.append(size)


@dataclass
class Viewer:
    """One open page; ``prefix`` is its application, ``poll`` the address of its version, ``redraws`` the callback."""

    client: httpx.AsyncClient
    kind: str
    prefix: str
    poll: str
    every_s: float
    redraws: Mapping[str, Any]
    state: dict[str, Any]
    etag: str = ""
    key: str | None = None
    seen: int = 0

    async def live(self, heard: Heard, until: Callable[[], bool]) -> None:
        """Poll until told; a version that differs from the last is drawn."""
        await asyncio.sleep(self.every_s * random.random())
        while not until():
            try:
                await self._look(heard)
            except (httpx.HTTPError, ValueError, KeyError) as error:
                heard.errors.append(f"{self.kind}: {type(error).__name__} {error}")
            await asyncio.sleep(self.every_s * random.uniform(*JITTER))

    async def _look(self, heard: Heard) -> None:
        began = time.perf_counter()
        answer = await self.client.get(self.poll, headers={"If-None-Match": self.etag} if self.etag else {})
        heard.polls.append(time.perf_counter() - began)
        if answer.status_code == 304:
            return
        answer.raise_for_status()
        self.etag, told = answer.headers["ETag"], answer.json()
        if self.key is not None and told["key"] != self.key:
            await self._redraw(told["key"], heard)
        self.key = told["key"]

    async def _redraw(self, key: str, heard: Heard) -> None:
        self.seen += 1
        asked = request_of(dict(self.redraws), self._given(key))
        began = time.perf_counter()
        answer = await self.client.post(f"{self.prefix}_dash-update-component", json=asked)
        seconds = time.perf_counter() - began
        answer.raise_for_status()
        heard.redrawn(self.kind, seconds, int(answer.headers.get("Content-Length", 0)))
        if answer.status_code == 200:
            self._take(answer.json())

    def _given(self, key: str) -> dict[str, Any]:
        if self.kind == "wall":
            request = {"n": self.seen, "mode": self.state["mode"], "shown": self.state["shown"]}
            return {"request.data": request | {"focus": None}, "wall-name.data": self.state["wall"]}
        return {
            "path": self.state["path"],
            "search": self.state["search"],
            "auto-version.data": key,
            "shown.data": self.state["shown"],
        }

    def _take(self, told: Mapping[str, Any]) -> None:
        """Remember what is shown now, as the page does."""
        if self.kind == "wall":
            for name, one in told.get("sideUpdate", {}).items():
                slug = self.state["frames"].get(name)
                if slug and "data-digests" in one:
                    self.state["shown"][slug] = one["data-digests"]
        else:
            self.state["shown"] = told["response"]["shown"]["data"]


def components(tree: Any) -> Iterator[dict[str, Any]]:
    """Properties of every component of a layout."""
    if isinstance(tree, list):
        for one in tree:
            yield from components(one)
    elif isinstance(tree, dict) and "props" in tree:
        yield tree["props"]
        yield from components(tree["props"].get("children"))


def wall_of(client: httpx.AsyncClient, layout: Any, told: Any) -> Viewer:
    """A wall from its layout and its callbacks as the server tells them."""
    known = list(components(layout))
    page = next(one for one in known if one.get("id") == "wall")
    panels = [one for one in known if "data-panel" in one]
    name = next(one for one in known if one.get("id") == "wall-name")
    [redraws] = [
        one
        for one in told
        if any(i["id"] == "request" for i in one["inputs"]) and "data-drawn" in one["output"]
    ]
    return Viewer(
        client, "wall", "/", page["data-poll"], WALL_EVERY_S, redraws,
        {
            "mode": page["data-mode"],
            "wall": name["data"],
            "frames": {one["id"]: one["data-panel"] for one in panels},
            "shown": {one["data-panel"]: one["data-digests"] for one in panels},
        },
    )  # fmt: skip


async def leadership_of(client: httpx.AsyncClient, told: Any, path: str, search: str) -> Viewer:
    """A leadership page opened in a browser: its first answer is already there."""
    [show] = [one for one in told if "page.children" in one["output"] and "menu.children" in one["output"]]
    [refresh] = [
        one for one in told if any(i["id"] == "auto-version" for i in one["inputs"]) and one is not show
    ]
    answer = await client.post(
        "/leadership/_dash-update-component", json=request_of(show, {"path": path, "search": search})
    )
    answer.raise_for_status()
    shown = answer.json()["response"]["shown"]["data"]
    if not shown.get("version"):
        raise ValueError(f"{path}{search} was refused: {json.dumps(shown, ensure_ascii=False)[:200]}")
    state = {"path": path, "search": search, "shown": shown}
    return Viewer(
        client, "leadership", "/leadership/", "/api/leadership/version", LEADERSHIP_EVERY_S, refresh, state
    )

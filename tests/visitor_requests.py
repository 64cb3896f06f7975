"""Requests of a visitor who tries everything: every route of a server and every callback, honest, odd and forged.

Seeded: the same number gives the same requests. What answers is found in the server itself, so a screen that is added
is tried as soon as it is there.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from flask import Flask
from werkzeug.routing import Rule

from dashboard.ids import STAGES
from dashboard.panels import BY_SLUG
from dashboard.scenes import scenes_of
from data.indicators.sets import INDICATORS
from tests.callback_requests import dependencies, request_of
from tests.leadership_server import OWN

UPDATE = "_dash-update-component"
# Properties a store of the wall or of the kiosk is asked with, and what somebody may write there.
KEYS = (
    "n",
    "shown",
    "focus",
    "scene",
    "stage",
    "mode",
    "digest",
    "town",
    "org",
    "month",
    "page",
    "slug",
    "kind",
    "q",
)
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2, 3, 17, 10**30, 0.5, "", "x" * 300, "'; DROP TABLE nodes --", "../../etc/passwd",
    "%00", "\x00", "<script>", "now", "all", "wall_internal", "internal", "drill_down", "reception", "kiosk", "2026-07",
    "支部", "◆1◆", "{{7*7}}", "${jndi}", [], {}, [[]], {"a": {"b": 1}}, [1, 2, 3], "branch_months", "members", "nodes",
)  # fmt: skip
NAMES = (
    "wall",
    "scene",
    "mode",
    "org",
    "of",
    "month",
    "page",
    "town",
    "q",
    "next",
    "kiosk",
    "panel",
    "id",
    "v",
    "debug",
)


@dataclass
class Visitor:
    """Draws requests for one server; ``slugs`` and ``known`` are words that mean something there."""

    server: Flask
    client: Any
    seed: int
    profile: Any
    answered: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        modes = ("wall_reception", "wall_internal")
        self.scenes = sorted({scene.slug for mode in modes for scene in scenes_of(self.profile.scenes, mode)})
        self.words = (*BY_SLUG, *self.scenes, *STAGES, *(one.id for one in INDICATORS[::40]))
        self.rules = sorted(self.server.url_map.iter_rules(), key=lambda rule: rule.rule)
        updates = [rule.rule for rule in self.rules if rule.rule.endswith(UPDATE)]
        self.callbacks = [
            (prefix, one)
            for prefix in (rule.removesuffix(UPDATE) for rule in updates)
            for one in self._dependencies(prefix)
        ]

    def _dependencies(self, prefix: str) -> list[dict[str, Any]]:
        """Those a page tells a visitor of; where it tells none, outputs somebody could guess."""
        if self.client.get(f"{prefix}_dash-dependencies").status_code == 200:
            return dependencies(self.client, prefix)
        guess = {"id": "where", "property": "pathname"}
        return [{"output": "..page.children...menu.children..", "inputs": [guess], "state": []}]

    def requests(self, count: int) -> Iterator[tuple[str, Any]]:
        """Name of what is asked, and the answer."""
        for _ in range(count):
            kind = self.chance.choices(("callback", "route", "path"), (6, 3, 1))[0]
            name, answer = {"callback": self._callback, "route": self._route, "path": self._path}[kind]()
            self.answered[f"{name} {answer.status_code}"] += 1
            yield name, answer

    def _callback(self) -> tuple[str, Any]:
        prefix, dependency = self.chance.choice(self.callbacks)
        given: dict[str, Any] = {"ids": {}}
        body = request_of(dependency, given | {"any": self._payload()})
        for one in (*body["inputs"], *body["state"]):
            for entry in one if isinstance(one, list) else [one]:
                entry["value"] = self._payload() if self.chance.random() < 0.8 else self._odd()
        if self.chance.random() < 0.2:
            body = self._spoiled(body)
        answer = self.client.post(f"{prefix}{UPDATE}", json=body, headers={**OWN, **self._headers()})
        return f"{prefix} {dependency['output'][:60]}", answer

    def _payload(self) -> Any:
        """A request store as a page writes it, with things in it that no page writes."""
        if self.chance.random() < 0.15:
            return self._odd()
        shown = self.chance.sample(sorted(BY_SLUG), self.chance.randrange(0, 6))
        honest = {
            "n": self.chance.randrange(5),
            "shown": dict.fromkeys(shown, ""),
            "focus": self.chance.choice([None, "now", 1, 2, 3]),
            "scene": self.chance.choice(self.scenes),
            "stage": self.chance.choice(STAGES),
            "mode": self.chance.choice(["wall_internal", "wall_reception", "internal", None]),
        }
        for _ in range(self.chance.randrange(3)):
            honest[self.chance.choice(KEYS)] = self._odd()
        return honest

    def _spoiled(self, body: dict[str, Any]) -> dict[str, Any]:
        """The request with a part left out, of another kind, or naming another component."""
        part = self.chance.choice(sorted(body))
        how = self.chance.randrange(3)
        if how == 0:
            return {name: value for name, value in body.items() if name != part}
        if how == 1:
            return body | {part: self._odd()}
        return body | {"output": self.chance.choice(self.callbacks)[1]["output"]}

    def _route(self) -> tuple[str, Any]:
        rule = self.chance.choice(self.rules)
        methods = sorted((rule.methods or {"GET"}) - {"OPTIONS"})
        method = self.chance.choice([*methods, self.chance.choice(["GET", "POST", "PUT", "DELETE"])])
        body: dict[str, Any] = {}
        if method not in ("GET", "HEAD"):
            body = (
                {"json": self._payload()} if self.chance.random() < 0.6 else {"data": {"login": self._word()}}
            )
        answer = self.client.open(
            self._address(rule), method=method, query_string=self._query(), headers=self._headers(), **body
        )
        return rule.rule, answer

    def _address(self, rule: Rule) -> str:
        """The rule with something in place of its variables."""
        address = rule.rule
        for name in rule.arguments:
            start = address.index("<", 0)
            end = address.index(">", start)
            assert name
            address = address[:start] + self._word().replace("<", "").replace(">", "") + address[end + 1 :]
        return _quoted(address)

    def _path(self) -> tuple[str, Any]:
        """An address nobody told of: pages and screens, one step further or one step aside."""
        start = self.chance.choice(
            ["", "wall", "kiosk", "director", "leadership", "api", "assets", "enrol", "trace", "_dash"]
        )
        parts = [start, *(self._word() for _ in range(self.chance.randrange(3)))]
        answer = self.client.get(
            _quoted("/".join(parts)), query_string=self._query(), headers=self._headers()
        )
        return "path", answer

    def _query(self) -> dict[str, str]:
        return {self.chance.choice(NAMES): self._word() for _ in range(self.chance.randrange(3))}

    def _headers(self) -> dict[str, str]:
        if self.chance.random() < 0.5:
            return {}
        scene, mode = self.chance.choice(self.scenes), self.chance.choice(["internal", "reception", "x"])
        referrer = f"http://localhost/wall?scene={scene}&mode={mode}"
        return {"Referer": referrer, "Sec-Fetch-Site": self.chance.choice(["same-origin", "cross-site"])}

    def _word(self) -> str:
        return str(self.chance.choice((*self.words, *ODD)))

    def _odd(self) -> Any:
        return self.chance.choice((*ODD, *self.words))


def _quoted(path: str) -> str:
    """As a browser writes it; two slashes in front would name another server."""
    return "/" + quote(path, safe="/.~%").lstrip("/")


def crawl(visitor: Visitor, count: int, complaints: Callable[[str, str], list[str]]) -> list[str]:
    """Complaints about the answers to so many requests, by what was asked; at most twenty."""
    found: list[str] = []
    for name, answer in visitor.requests(count):
        text = readable(answer.get_data())
        found += [f"{name}: {one}" for one in complaints(name, text)]
        answer.close()
        if len(found) >= 20:
            break
    return found


def readable(content: bytes) -> str:
    """An answer with its characters as they are, whatever it escapes."""
    text = content.decode("utf-8", "replace")
    if "\\u" in text and text[:1] in '[{"':
        try:
            return json.dumps(json.loads(text), ensure_ascii=False)
        except json.JSONDecodeError:
            return text
    return text

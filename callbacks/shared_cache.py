"""A cache that several servers share and none depends on: while Redis is away, each keeps what it draws to itself."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask
from flask_caching import Cache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from callbacks.picture import Cache as AnyCache

LOG = logging.getLogger(__name__)
T = TypeVar("T")

# What an answer may lose to a Redis that is silent: one try in PAUSE_S, twice as long when a kept connection was cut.
CONNECT_S, ANSWER_S, PAUSE_S = 0.3, 0.5, 5.0
# A shared cache has no end of its own; what is asked for after an hour is drawn again.
LIFE_S = 3600
PREFIX = "vanguard-wall|"
_MEMORY = {"CACHE_TYPE": "SimpleCache", "CACHE_THRESHOLD": 600, "CACHE_DEFAULT_TIMEOUT": 0}


class Away(Exception):  # noqa: N818 - a state, not a fault
    """Redis does not answer, or did not a moment ago."""


class Link:
    """The way to one Redis: after a failure nobody waits for it again for a while, and the log says so once."""

    def __init__(self, name: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.name, self._clock = name, clock
        self._lock = threading.Lock()
        self._lost, self._next_try = False, 0.0

    def ask(self, question: Callable[[], T]) -> T:
        """The answer of Redis. Raises Away."""
        with self._lock:
            if self._lost and self._clock() < self._next_try:
                raise Away
            # One asks whether it is back, the others go on without.
            self._next_try = self._clock() + PAUSE_S
        try:
            answer = question()
        except (RedisError, OSError) as error:
            self._note(lost=True, reason=str(error))
            raise Away from error
        self._note(lost=False)
        return answer

    def _note(self, *, lost: bool, reason: str = "") -> None:
        with self._lock:
            changed, self._lost = self._lost != lost, lost
        if changed and lost:
            LOG.warning("shared cache %s is away, each server draws for itself: %s", self.name, reason)
        elif changed:
            LOG.info("shared cache %s is back", self.name)


@dataclass
class SharedCache:
    """Redis while it answers, else the memory of this process; an entry of either is right, its key says of what."""

    link: Link
    shared: AnyCache
    own: AnyCache

    def get(self, key: str) -> Any:
        """The stored value or None."""
        try:
            return self.link.ask(lambda: self.shared.get(key))
        except Away:
            return self.own.get(key)
        except Exception as error:
            # Something that is not ours, or was cut off: drawn anew it is overwritten.
            LOG.warning("entry %s of the shared cache cannot be read: %r", key, error)
            return None

    def set(self, key: str, value: Any, timeout: int | None = None) -> bool | None:
        """Store a value; 0 seconds: as long as there is room, in Redis LIFE_S."""
        try:
            return self.link.ask(lambda: self.shared.set(key, value, timeout=timeout or LIFE_S))
        except Away:
            return self.own.set(key, value, timeout=timeout)


class Caches:
    """Makes the caches of one server: in its own memory, or over one way to the Redis of ``url``."""

    def __init__(self, server: Flask, url: str) -> None:
        self._server, self._url = server, url
        self._link = Link(_shown(url))

    def new(self) -> AnyCache:
        """A cache whose own memory nobody else fills."""
        own = Cache(self._server, config=_MEMORY)
        if not self._url:
            return own
        shared = Cache(self._server, config=_redis(self._url))
        found = SharedCache(self._link, shared, own)
        # Said at the start when nobody is there, not with the first visitor.
        found.get("start")
        return found


def _redis(url: str) -> dict[str, Any]:
    options = {
        "socket_connect_timeout": CONNECT_S,
        "socket_timeout": ANSWER_S,
        # Once more at once: a restarted Redis has cut the connections that are kept.
        "retry": Retry(NoBackoff(), 1),
    }
    return {
        "CACHE_TYPE": "RedisCache",
        "CACHE_REDIS_URL": url,
        "CACHE_KEY_PREFIX": PREFIX,
        "CACHE_DEFAULT_TIMEOUT": LIFE_S,
        "CACHE_OPTIONS": options,
    }


def _shown(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"

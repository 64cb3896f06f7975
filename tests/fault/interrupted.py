"""A random district whose databases go away and come back while a projector watches."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa

from tests.naive.edits import EDITS, Living
from tests.naive.life import random_district
from tests.naive.projected import new_store, projector

DISTRICT = random_district(7)
NOW = DISTRICT.now


class Line:
    """The way to a database, which can be cut."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine, self.cut = engine, False
        sa.event.listen(engine, "begin", self._begin)

    def _begin(self, connection: sa.Connection) -> None:
        if self.cut:
            raise sa.exc.OperationalError("BEGIN", None, OSError("connection refused"))


class Script(threading.Event):
    """Stands in for the pause of the watch loop: each pause does the next thing, the last one ends the loop."""

    def __init__(self, *steps: Callable[[], object]) -> None:
        super().__init__()
        self.steps = list(steps)

    def wait(self, timeout: float | None = None) -> bool:
        if self.steps:
            self.steps.pop(0)()
        if not self.steps:
            self.set()
        return self.is_set()


def clock() -> datetime:
    """The moment of the district."""
    return NOW


def edited(source: sa.Engine, times: int = 5) -> None:
    """So many changes of different kinds."""
    living = Living(source, DISTRICT.chance, NOW, DISTRICT.months)
    for edit in EDITS[:times]:
        edit(living)


def rebuilt(source: sa.Engine) -> sa.Engine:
    """A store projected from nothing: what the other one must be equal to."""
    store = new_store()
    projector(source, store, clock).run()
    return store

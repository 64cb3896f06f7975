"""What the projector keeps between two runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from data.projection.committees import empty
from data.projection.picture import Picture
from data.projection.position import Position
from data.projection.tallying import Tallied
from data.projection.tree import Order, Tree
from data.readmodel.cube import Cube

# Finding broken rows reads whole tables.
INSPECT_ROWS = timedelta(minutes=10)


@dataclass
class Memory:
    """What the projector keeps between runs; all of it can be read again from the store and the source."""

    cube: Cube
    picture: Picture | None
    positions: dict[str, Position]
    stale_rules: bool = False
    tree: Tree | None = None
    published_tree: Tree | None = None
    orders: dict[str, Order] = field(default_factory=dict)
    judged_at: datetime | None = None
    uninspected: bool = False
    catching_up: bool = False
    missing: frozenset[str] = frozenset()
    silent: list[str] = field(default_factory=list)
    last: dict[str, datetime] = field(default_factory=dict)
    tallied: Tallied = field(default_factory=Tallied)
    committees: Cube = field(default_factory=empty)

    def due(self, what: str, every: timedelta, now: datetime) -> bool:
        """Whether something periodic is due again; marks it done."""
        if what in self.last and now - self.last[what] < every:
            return False
        self.last[what] = now
        return True

    def waits_for_inspection(self, now: datetime) -> bool:
        """Whether rows changed since broken ones were last looked for, and the next look is due."""
        return self.uninspected and ("rows" not in self.last or now - self.last["rows"] >= INSPECT_ROWS)

"""How far a table of the source was read, and how far back every read looks again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

# Rows that commit late carry an earlier updated_at than rows already read; so every cycle looks back a little and
# once a minute a long way (rulings 19: ten minutes), both from the source's own clock at the last read.
SHORT_OVERLAP = timedelta(seconds=20)
LONG_OVERLAP = timedelta(minutes=10)


@dataclass
class Position:
    """How far one table was read: the newest ``updated_at``, the source's clock at the last read, and the rows
    inside the long overlap before it. ``unsaved`` is what the store does not know yet."""

    watermark: datetime | None = None
    read_at: datetime | None = None
    seen: dict[Any, datetime] = field(default_factory=dict)
    unsaved: dict[Any, datetime] = field(default_factory=dict)
    replaced: bool = False

    def since(self, overlap: timedelta) -> datetime | None:
        """Rows changed after this moment may be new: what was written before the last read less the overlap has
        long been committed and read. None: everything."""
        if self.watermark is None or self.read_at is None:
            return None
        return min(self.watermark, self.read_at - overlap)

    def note(self, rows: Iterable[tuple[Any, datetime]]) -> None:
        """These rows have been read and count from now on."""
        self.unsaved.update(rows)
        self.seen.update(self.unsaved)
        newest = max(self.unsaved.values())
        self.watermark = max(newest, self.watermark or newest)

    def replace(self, recent: Iterable[tuple[Any, datetime]], watermark: datetime) -> None:
        """Everything has been read; ``recent`` are the rows the overlap will bring up again."""
        self.seen, self.watermark, self.replaced = dict(recent), watermark, True
        self.unsaved = dict(self.seen)

    def advance(self, read_at: datetime) -> None:
        """The read is done; forget what no overlap can bring up again."""
        self.read_at = read_at
        horizon = read_at - LONG_OVERLAP
        for rows in (self.seen, self.unsaved):
            for key in [key for key, at in rows.items() if at < horizon]:
                del rows[key]

    def saved(self) -> None:
        """The store knows all of it."""
        self.unsaved, self.replaced = {}, False

"""Which tallies and listings are due, and their rows: those whose tables changed, all of them on a new day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from data.projection.source import Source
from data.projection.tallies import LISTINGS, PLACES, TALLIES
from data.projection.tallies.kinds import Listing, Places, Tally

Rows = list[dict[str, Any]]
THINGS: tuple[Tally | Listing | Places, ...] = (*TALLIES, *LISTINGS, *PLACES)
EVERY = {thing.name: thing for thing in THINGS}


def tally_tables() -> set[str]:
    """Tables that must be watched for the tallies and listings."""
    return {table for thing in EVERY.values() for table in thing.tables}


@dataclass
class Tallied:
    """Rows by name as last read, what is due, and when each was read."""

    rows: dict[str, Rows] = field(default_factory=dict)
    due: set[str] = field(default_factory=lambda: set(EVERY))
    read_at: dict[str, datetime] = field(default_factory=dict)

    def note(self, changed: Iterable[str]) -> None:
        """Tables that changed make what reads them due."""
        tables = set(changed)
        self.due |= {name for name, thing in EVERY.items() if tables.intersection(thing.tables)}

    def note_day(self, now: datetime) -> None:
        """On a new day everything is due: windows of days move."""
        if any(at.date() != now.date() for at in self.read_at.values()):
            self.due |= set(EVERY)

    def ready(self, now: datetime) -> list[str]:
        """What is due and was not read too shortly before."""
        return sorted(
            name
            for name in self.due
            if name not in self.read_at or now - self.read_at[name] >= EVERY[name].every
        )

    def read(self, source: Source) -> None:
        """Read what is ready; without one of its tables a thing has no rows."""
        now = source.calendar.now
        for name in self.ready(now):
            thing = EVERY[name]
            connected = not source.missing.intersection(thing.tables)
            self.rows[name] = _rows(thing, source) if connected else []
            self.due.discard(name)
            self.read_at[name] = now

    def tables(self) -> dict[str, Rows]:
        """Rows of the three tables of the read model, in the order of their keys."""
        tallies = [row for thing in TALLIES for row in self.rows.get(thing.name, ())]
        listings = [row for thing in LISTINGS for row in self.rows.get(thing.name, ())]
        places = [row for thing in PLACES for row in self.rows.get(thing.name, ())]
        return {"tallies": tallies, "listings": listings, "public_places": places}

    @staticmethod
    def of_store(tables: dict[str, Rows]) -> Tallied:
        """What the store holds, all of it due again."""
        known = Tallied()
        for row in tables["tallies"]:
            known.rows.setdefault(row["tally"], []).append(row)
        for row in sorted(tables["listings"], key=lambda row: (row["listing"], row["position"])):
            known.rows.setdefault(row["listing"], []).append(row)
        for thing in PLACES:
            known.rows[thing.name] = list(tables[thing.name])
        return known


def _rows(thing: Tally | Listing | Places, source: Source) -> Rows:
    if isinstance(thing, Places):
        return list(thing.read(source))
    if isinstance(thing, Listing):
        found = list(thing.read(source))
        return [{"listing": thing.name, "position": at, **row} for at, row in enumerate(found)]
    cells: dict[tuple[str, int, str], float] = {}
    for month, town, key, value in thing.read(source):
        cell = (month, town, key)
        cells[cell] = cells.get(cell, 0.0) + float(value)
    names = ("period_month", "town_id", "key")
    return [
        {"tally": thing.name, **dict(zip(names, cell, strict=True)), "value": value}
        for cell, value in sorted(cells.items())
    ]

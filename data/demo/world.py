"""Everything the rows of a synthetic district are drawn from, in one value."""

from __future__ import annotations

from dataclasses import dataclass

from data.demo.bulk import RowSink
from data.demo.ids import Ids
from data.demo.life_plan import LifePlan
from data.demo.offices import Offices
from data.demo.people import People, Roster
from data.demo.points import Ledger
from data.demo.registry import Registry
from data.demo.reorganisation import Reorganisation
from data.demo.timeline import Timeline


@dataclass
class World:
    """Drawn once before the first row is written."""

    registry: Registry
    people: People
    roster: Roster
    offices: Offices
    plan: LifePlan
    time: Timeline
    writer: RowSink
    ids: Ids
    ledger: Ledger
    changes: Reorganisation
    everyday_messages: bool = False

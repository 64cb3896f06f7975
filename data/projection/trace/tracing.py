"""Tracing measures: which source rows one is made of, and why the others are not in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from data.contract.servertime import server_now
from data.driver_errors import source_errors
from data.projection.catalogue import FAMILY
from data.projection.connected import missing_tables
from data.projection.source import Block, Calendar, Source
from data.projection.trace import organisation_life, records
from data.projection.trace.ladder import COUNTED, Outcome, Tracer, outcomes
from data.projection.tree import read_tree
from data.readmodel.measures import MEASURES

TRACERS: Mapping[str, Tracer] = {**organisation_life.TRACERS, **records.TRACERS}
_FAMILY_OF = {measure.name: measure.family for measure in MEASURES}


@dataclass(frozen=True)
class MeasureTrace:
    """One measure of one month: rows by fate, the tables they stand in. Without a tracer ``outcomes`` is empty."""

    measure: str
    tables: tuple[str, ...]
    outcomes: Mapping[str, Outcome]

    @property
    def looked_at(self) -> int:
        """All rows looked at; the fates add up to it."""
        return sum(outcome.rows for outcome in self.outcomes.values())

    @property
    def counted(self) -> float | None:
        """What the counted rows add up to: the measure, as long as nothing changed since it was published."""
        return self.outcomes[COUNTED].amount if self.outcomes else None


def trace(
    engine: sa.Engine,
    measures: Sequence[str],
    branches: Sequence[int] | None,
    month: str,
    now: datetime,
    *,
    keys: bool = False,
) -> list[MeasureTrace]:
    """Traces of these measures over these branches (None: the whole district), read from the operational database.

    Raises SourceError. Read-only; one transaction.
    """
    with source_errors(engine), engine.connect() as connection, connection.begin():
        missing = missing_tables(connection)
        read_at = min(connection.execute(sa.select(server_now())).scalar_one(), now)
        source = Source(
            connection, Calendar(month, now), read_tree(connection, missing), missing=missing, read_at=read_at
        )
        # Never "all rows": posts and ledgers of committees belong to no branch.
        block = Block(tuple(source.tree.branches if branches is None else branches), (month,))
        return [_traced(source, block, month, measure, keys) for measure in measures]


def _traced(source: Source, block: Block, month: str, measure: str, keys: bool) -> MeasureTrace:
    family = FAMILY.get(_FAMILY_OF.get(measure, ""))
    tables = family.tables if family is not None else ()
    tracer = TRACERS.get(measure)
    if tracer is None or source.missing.intersection(tables):
        return MeasureTrace(measure, tables, {})
    ladders = tracer(source, block, month)
    named = tuple(dict.fromkeys(ladder.table for ladder in ladders))
    return MeasureTrace(measure, named, outcomes(source, ladders, keys=keys))

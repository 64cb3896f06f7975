"""Tracing measures: which source rows one is made of, and why the others are not in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from data.contract.servertime import server_now
from data.driver_errors import source_errors
from data.projection.catalogue import FAMILY
from data.projection.connected import missing_tables
from data.projection.source import Block, Calendar, Source
from data.projection.trace import organisation_life, papers, records
from data.projection.trace.ladder import COUNTED, Ladder, Outcome, Tracer, outcomes
from data.projection.tree import read_tree
from data.readmodel.measures import MEASURES

TRACERS: Mapping[str, Tracer] = {**organisation_life.TRACERS, **records.TRACERS, **papers.TRACERS}
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


@contextmanager
def open_source(engine: sa.Engine, month: str, now: datetime) -> Iterator[Source]:
    """One transaction over the operational database as one month is looked at. Raises SourceError."""
    with source_errors(engine), engine.connect() as connection, connection.begin():
        missing = missing_tables(connection)
        read_at = min(connection.execute(sa.select(server_now())).scalar_one(), now)
        yield Source(
            connection, Calendar(month, now), read_tree(connection, missing), missing=missing, read_at=read_at
        )


def ladders(source: Source, block: Block, month: str, measure: str) -> list[Ladder] | None:
    """What the measure looks at; None without a tracer or while a table of its family is missing."""
    tracer = TRACERS.get(measure)
    if tracer is None or source.missing.intersection(tables_of(measure)):
        return None
    return tracer(source, block, month)


def is_of_persons(measure: str) -> bool:
    """Whether each row behind the measure is about one person."""
    return measure in records.TRACERS or measure in organisation_life.SIGN_INS


def tables_of(measure: str) -> tuple[str, ...]:
    """Operational tables of the measure's family."""
    family = FAMILY.get(_FAMILY_OF.get(measure, ""))
    return family.tables if family is not None else ()


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
    with open_source(engine, month, now) as source:
        # Never "all rows": posts and ledgers of committees belong to no branch.
        block = Block(tuple(source.tree.branches if branches is None else branches), (month,))
        return [_traced(source, block, month, measure, keys) for measure in measures]


def _traced(source: Source, block: Block, month: str, measure: str, keys: bool) -> MeasureTrace:
    found = ladders(source, block, month, measure)
    if found is None:
        return MeasureTrace(measure, tables_of(measure), {})
    named = tuple(dict.fromkeys(ladder.table for ladder in found))
    return MeasureTrace(measure, named, outcomes(source, found, keys=keys))

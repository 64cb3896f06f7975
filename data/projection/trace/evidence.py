"""Evidence for a viewer: rows behind a number, read on demand, of the viewer's subtree only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

import sqlalchemy as sa

from data.clock import Clock
from data.projection.source import Source
from data.projection.trace.days import by_day
from data.projection.trace.listing import Cut, Listing, is_traced, listed
from data.projection.trace.tracing import is_of_persons, open_source
from data.projection.tree import BRANCH_TYPES
from data.readmodel.scoped import Place, ScopedReader
from data.viewer import Viewer


class Witness(Protocol):
    """Keeps the record that somebody looked at persons; raises when it cannot, so that nobody looks unseen."""

    def __call__(
        self,
        at: datetime,
        viewer: Viewer,
        action: str,
        *,
        page: str,
        org_id: int | None,
        subject: str,
        reason: str = "",
        outcome: str = "ok",
    ) -> object: ...


class Evidence:
    """Lists of source rows. ``engine`` only reads the operational database, in statements of bounded time."""

    def __init__(self, engine: sa.Engine, clock: Clock, witness: Witness) -> None:
        self._engine, self._clock, self._witness = engine, clock, witness

    def of(
        self, reader: ScopedReader, org_id: int, measure: str, month: str, cut: Cut | None = None
    ) -> Listing:
        """The rows behind a measure of an organisation of the viewer's subtree in a month.

        Rows about persons are given to roles that may see persons, with names unless the role gives a reason for
        each look; for others the list has totals without rows. Raises OutOfScope and SourceError.
        """
        place, viewer = reader.place(org_id), reader.viewer
        now = self._clock()
        of_persons = is_of_persons(measure)
        if not is_traced(measure):
            return Listing(measure, month, now, traced=False)
        rows = viewer.sees_persons or not of_persons
        names = of_persons and viewer.sees_persons and not viewer.gives_reason
        if of_persons and rows:
            self._witness(
                now,
                viewer,
                "evidence",
                page="evidence",
                org_id=place.org_id,
                subject=f"{measure} {month}",
                reason="",
            )
        allowed = _branches(reader, place)
        with open_source(self._engine, month, now) as source:
            then = _branches_then(source, place, month)
            seen = sorted(then & allowed)
            found = listed(source, measure, seen, month, cut or Cut(), rows=rows, names=names)
        return replace(found, elsewhere=len(then - allowed))

    def days(self, reader: ScopedReader, org_id: int, measure: str, month: str) -> dict[date, float] | None:
        """A measure of activities by the day of their start, days without any left out; None where it has no such day.

        Counts of days say nothing about persons. Raises OutOfScope and SourceError.
        """
        place = reader.place(org_id)
        if is_of_persons(measure):
            return None
        with open_source(self._engine, month, self._clock()) as source:
            seen = sorted(_branches_then(source, place, month) & _branches(reader, place))
            return by_day(source, measure, seen, month)


def _branches(reader: ScopedReader, place: Place) -> set[int]:
    """Branches the viewer sees today: of the whole subtree, for a branch may have moved inside it since."""
    n = reader.nodes.c
    if place.is_branch:
        return {place.org_id}
    return {row.org_id for row in reader.rows(sa.select(n.org_id).where(n.org_type.in_(BRANCH_TYPES)))}


def _branches_then(source: Source, place: Place, month: str) -> set[int]:
    """Branches of the place as the tree stood at the end of the month: those its published number is the sum of."""
    if place.is_branch:
        return {place.org_id}
    order = source.tree.order(month)
    if place.org_id not in order.start:
        return set()
    below: Sequence[int] = order.org_ids[order.start[place.org_id] : order.end[place.org_id]].tolist()
    return set(source.tree.branches).intersection(below)

"""The warning workbench: notes of those who see the organisation, one step after the other."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from data.accounts.store import make_tables
from data.clock import Clock
from data.driver_errors import accounts_errors
from data.errors import OutOfScope, StepOvertaken, StepRefused
from data.readmodel.scoped import ScopedReader
from data.workbench.note import ELSEWHERE, OVER, UNTOUCHED, Note, Standing, Step, checked
from data.workbench.schema import METADATA, warning_notes

_N = warning_notes.c
_NOTE = [_N[name] for name in Note.__dataclass_fields__]
_STANDING = [_N[name] for name in Standing.__dataclass_fields__]
Kept = TypeVar("Kept", Note, Standing)
_NEXT_STATE = {"acknowledge": "acknowledged", "close": "closed", "reopen": "acknowledged"}


class Workbench:
    """Notes in the side database. All of it raises AccountsUnreachable."""

    def __init__(self, store: sa.Engine, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def prepare(self) -> None:
        """Make the table where it is missing."""
        make_tables(self._store, METADATA)

    def standings(self, reader: ScopedReader) -> dict[int, Standing]:
        """How every warning stands that was touched and is about an organisation the viewer sees; an assignee the
        viewer does not see has no name."""
        newest = sa.select(_N.warning_id, sa.func.max(_N.revision).label("last"))
        last = newest.group_by(_N.warning_id).subquery()
        of_last = sa.and_(_N.warning_id == last.c.warning_id, _N.revision == last.c.last)
        query = sa.select(_N.warning_id, _N.org_id, *_STANDING).join_from(warning_notes, last, of_last)
        seen, rows = _seen(reader), self._rows(query)
        return {row.warning_id: _told(Standing(*row[2:]), seen) for row in rows if row.org_id in seen}

    def notes(self, reader: ScopedReader, warning_id: int) -> list[Note]:
        """What was done about one warning, oldest first; an assignee the viewer does not see has no name. Raises
        OutOfScope."""
        self._about(reader, warning_id)
        seen = _seen(reader)
        return [_told(note, seen) for note in self._kept(warning_id)]

    def take(self, reader: ScopedReader, step: Step) -> Note:
        """Take a step for the reader's viewer.

        Raises OutOfScope for a warning the viewer does not see, StepRefused, StepOvertaken when
        somebody has taken another one since. The same step sent twice is one.
        """
        step, viewer = checked(step), reader.viewer
        about = self._about(reader, step.warning_id)
        before = self._kept(step.warning_id)
        newest = before[-1] if before else None
        if newest is not None and _is_same(newest, step, viewer.account_id):
            return newest
        standing = standing_of(before)
        if step.revision != standing.revision:
            raise StepOvertaken(newest.name if newest else "")
        if step.action not in standing.may(viewer, about.state in OVER):
            raise StepRefused("这一步现在不能做：预警状态已经改变，或您的角色没有这项权限")
        return self._written(self._row(reader, about, step, standing))

    def _kept(self, warning_id: int) -> list[Note]:
        query = sa.select(*_NOTE).where(_N.warning_id == warning_id).order_by(_N.revision)
        return [Note(*row) for row in self._rows(query)]

    def _row(self, reader: ScopedReader, about: Any, step: Step, standing: Standing) -> dict[str, Any]:
        viewer, org_id, assignee = reader.viewer, standing.assignee_org_id, standing.assignee
        if step.action == "assign":
            org_id, assignee = _organisation(reader, step.assignee), step.assignee
        return {
            "warning_id": step.warning_id,
            "revision": standing.revision + 1,
            "org_id": about.org_id,
            "indicator_id": about.indicator_id,
            "action": step.action,
            "account_id": viewer.account_id,
            "name": viewer.name,
            "role": viewer.role,
            "at": self._clock(),
            "text": step.text,
            "state": _NEXT_STATE.get(step.action, standing.state),
            "assignee_org_id": org_id,
            "assignee": assignee,
        }

    def _written(self, row: dict[str, Any]) -> Note:
        with accounts_errors(self._store):
            try:
                # One statement and no reading before it: two writers meet at the unique key, not at a lock.
                with self._store.begin() as connection:
                    connection.execute(warning_notes.insert(), row)
            except IntegrityError as error:
                faster = sa.and_(_N.warning_id == row["warning_id"], _N.revision == row["revision"])
                raise StepOvertaken(self._rows(sa.select(_N.name).where(faster))[0].name) from error
        return Note(**{name: row[name] for name in Note.__dataclass_fields__})

    def _about(self, reader: ScopedReader, warning_id: int) -> Any:
        w = reader.org_warnings.c
        found = reader.rows(
            sa.select(w.org_id, w.indicator_id, w.state).where(w.warning_id == warning_id).limit(1)
        )
        if not found:
            raise OutOfScope(str(warning_id), "not a warning of the viewer's subtree")
        return found[0]

    def _rows(self, query: sa.Select[Any]) -> list[Any]:
        with accounts_errors(self._store), self._store.connect() as connection:
            return list(connection.execute(query))


def standing_of(notes: list[Note]) -> Standing:
    """How a warning stands after its notes, oldest first."""
    if not notes:
        return UNTOUCHED
    return Standing(**{name: getattr(notes[-1], name) for name in Standing.__dataclass_fields__})


def _seen(reader: ScopedReader) -> set[int]:
    return {row.org_id for row in reader.rows(sa.select(reader.nodes.c.org_id))}


def _told(kept: Kept, seen: Collection[int]) -> Kept:
    """What was kept, as a viewer who sees these organisations is told of it."""
    named = kept.assignee_org_id
    return kept if named is None or named in seen else replace(kept, assignee=ELSEWHERE)


def _is_same(newest: Note, step: Step, account_id: int) -> bool:
    """Whether the newest note is this very step: a button pressed twice, an answer that was lost."""
    sent = (account_id, step.revision + 1, step.action, step.text)
    same = sent == (newest.account_id, newest.revision, newest.action, newest.text)
    return same and (step.action != "assign" or newest.assignee == step.assignee)


def _organisation(reader: ScopedReader, named: str) -> int | None:
    """The one organisation of the viewer's subtree with exactly this name; None: none, or several."""
    n = reader.nodes.c
    found = reader.rows(sa.select(n.org_id).where(sa.or_(n.short_name == named, n.name == named)).limit(2))
    return int(found[0].org_id) if len(found) == 1 else None

"""Transfers of membership: how many, how long, from where to where, and where they wait.

A transfer belongs to the town of the branch that receives, of the sending one when it leaves the district.
``transfers_done``, by month, by town: ``within``, ``in``, ``out`` = completed transfers.
``transfer_days``, by month, by town: ``<days, four digits>`` = completed transfers that took so many whole days.
``transfer_flow``, by month, district: ``<direction>|<from>|<to>``; a place is the number of a town, ``direct`` for
units of none, or the code of a region outside (``unknown`` without one).
``transfers_open``, now, by town of the handling organisation: ``<step_type>`` = steps waiting, ``<step_type>|overdue``.
``transfers_waiting``, now, by town of the handling organisation: ``<step_type>|<days>`` = steps waiting for so many
days and more, up to the next of 0, 3, 8, 16 and 31.
``transfers_solved``, by month of the decision, by town of the handling organisation: ``<step_type>`` = reviews decided
after their limit, so overdue once and solved.
``transfers_online``, by month, district: ``within`` = completed inside the district, ``online`` = all steps decided.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa

from data.clock import month_of
from data.contract import transfer_steps, transfers
from data.projection.families.membership import of_living_member
from data.projection.families.transfers import ENDED
from data.projection.source import Source
from data.projection.tallies.kinds import DISTRICT, NOW, SLOWLY, Tally, TallyRow
from data.projection.tallies.places import by_town, town_of

x, t = transfers.c, transfer_steps.c

_TABLES = ("transfers", "members", "organizations")
# Lower edges of the ages of a waiting step, whole days.
AGES = (0, 3, 8, 16, 31)
REVIEWS = ("out_committee_review", "district_review", "in_committee_review")


def _done(source: Source) -> sa.ColumnElement[bool]:
    return sa.and_(
        x.deleted_at.is_(None),
        of_living_member(x.member_id),
        x.state == "completed",
        x.completed_at <= source.calendar.now,
    )


def read_done(source: Source) -> Iterator[TallyRow]:
    """Completed transfers by month of completion."""
    where = sa.func.coalesce(x.to_org_id, x.from_org_id).label("org_id")
    statement = sa.select(where, x.direction, x.completed_at).where(_done(source))
    rows = ((month_of(row.completed_at), row.org_id, row.direction, 1.0) for row in source.rows(statement))
    yield from by_town(source, rows)


def read_days(source: Source) -> Iterator[TallyRow]:
    """Whole days from the application to the completion; one completed before it was applied for is not counted."""
    where = sa.func.coalesce(x.to_org_id, x.from_org_id).label("org_id")
    statement = sa.select(where, x.applied_at, x.completed_at).where(
        _done(source), x.completed_at >= x.applied_at
    )
    rows = (
        (month_of(row.completed_at), row.org_id, f"{(row.completed_at - row.applied_at).days:04d}", 1.0)
        for row in source.rows(statement)
    )
    yield from by_town(source, rows)


def read_flow(source: Source) -> Iterator[TallyRow]:
    """Every flow, small ones too: whoever shows them merges those below five."""
    columns = (x.direction, x.from_org_id, x.to_org_id, x.external_region, x.completed_at)
    for row in source.rows(sa.select(*columns).where(_done(source))):
        outside = row.external_region or "unknown"
        origin = outside if row.direction == "in" else _place(source, row.from_org_id)
        target = outside if row.direction == "out" else _place(source, row.to_org_id)
        yield month_of(row.completed_at), DISTRICT, f"{row.direction}|{origin}|{target}", 1.0


def _place(source: Source, org_id: int | None) -> str:
    town = None if org_id is None else town_of(source, org_id)
    return "direct" if town is None else str(town)


def _waiting(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(
        t.deleted_at.is_(None),
        x.deleted_at.is_(None),
        of_living_member(x.member_id),
        x.state.not_in((*ENDED, "completed")),
        t.decided_at.is_(None),
        t.opened_at <= now,
    )


def read_open(source: Source) -> Iterator[TallyRow]:
    """Steps that have been opened and not decided, of transfers that have not ended."""
    now = source.calendar.now
    statement = (
        sa.select(
            t.handler_org_id,
            t.step_type,
            sa.func.count().label("n"),
            sa.func.sum(sa.case((t.due_at < now, 1), else_=0)).label("overdue"),
        )
        .select_from(transfer_steps.join(transfers, x.transfer_id == t.transfer_id))
        .where(_waiting(now))
        .group_by(t.handler_org_id, t.step_type)
    )
    rows: list[tuple[str, int | None, str, float]] = []
    for row in source.rows(statement):
        rows.append((NOW, row.handler_org_id, row.step_type, row.n))
        if row.overdue:
            rows.append((NOW, row.handler_org_id, f"{row.step_type}|overdue", row.overdue))
    yield from by_town(source, rows)


def read_waiting(source: Source) -> Iterator[TallyRow]:
    """The same steps by how long they have stood open, whole days."""
    now = source.calendar.now
    statement = (
        sa.select(t.handler_org_id, t.step_type, t.opened_at)
        .select_from(transfer_steps.join(transfers, x.transfer_id == t.transfer_id))
        .where(_waiting(now))
    )
    rows = (
        (NOW, row.handler_org_id, f"{row.step_type}|{_age(now, row.opened_at)}", 1.0)
        for row in source.rows(statement)
    )
    yield from by_town(source, rows)


def _age(now: datetime, opened_at: datetime) -> int:
    days = (now - opened_at).days
    return max(low for low in AGES if low <= days)


def read_solved(source: Source) -> Iterator[TallyRow]:
    """Reviews of committees and the district, whatever became of the transfer afterwards."""
    statement = (
        sa.select(t.handler_org_id, t.step_type, t.decided_at)
        .select_from(transfer_steps.join(transfers, x.transfer_id == t.transfer_id))
        .where(
            t.deleted_at.is_(None),
            x.deleted_at.is_(None),
            of_living_member(x.member_id),
            t.step_type.in_(REVIEWS),
            t.decided_at > t.due_at,
            t.decided_at <= source.calendar.now,
        )
    )
    rows = (
        (month_of(row.decided_at), row.handler_org_id, row.step_type, 1.0) for row in source.rows(statement)
    )
    yield from by_town(source, rows)


def read_online(source: Source) -> Iterator[TallyRow]:
    """Handled online: it has steps, and none that is not deleted was left undecided."""
    mine = sa.and_(t.transfer_id == x.transfer_id, t.deleted_at.is_(None))
    any_step = sa.select(t.step_id).where(mine).exists()
    undecided = sa.select(t.step_id).where(mine, t.decided_at.is_(None)).exists()
    online = sa.case((sa.and_(any_step, sa.not_(undecided)), 1), else_=0).label("online")
    statement = sa.select(x.completed_at, online).where(_done(source), x.direction == "within")
    for row in source.rows(statement):
        month = month_of(row.completed_at)
        yield month, DISTRICT, "within", 1.0
        yield month, DISTRICT, "online", float(row.online)


TALLIES = (
    Tally("transfers_done", read_done, _TABLES),
    Tally("transfer_days", read_days, _TABLES),
    Tally("transfer_flow", read_flow, _TABLES),
    Tally("transfers_open", read_open, (*_TABLES, "transfer_steps"), SLOWLY),
    Tally("transfers_waiting", read_waiting, (*_TABLES, "transfer_steps"), SLOWLY),
    Tally("transfers_solved", read_solved, (*_TABLES, "transfer_steps"), SLOWLY),
    Tally("transfers_online", read_online, (*_TABLES, "transfer_steps"), SLOWLY),
)

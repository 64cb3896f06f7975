"""组织处置与处分: what follows an unqualified grade, a violation, or half a year without dues and meetings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from data.demo.bulk import NULL_DAY, coded
from data.demo.people import GUEST, PRESENT, REMOVED, home_on
from data.demo.timeline import DAY, Array
from data.demo.world import World

KINDS = ("rectify", "warning", "serious_warning", "dismiss_post", "probation", "removal")
RECTIFY, WARNING, SERIOUS, DISMISS, PROBATION, REMOVAL = range(6)
BASES = ("unqualified", "dues_6m", "life_6m", "task_6m", "violation")
UNQUALIFIED, DUES, LIFE, TASK, VIOLATION = range(5)
_A_YEAR = 80 / 50_000


def write_dispositions(world: World, unqualified: Sequence[tuple[Array, Array, Array]]) -> None:
    """Rows of ``member_dispositions``: nearly every unqualified grade within 60 days, most closed in time."""
    rng, now = world.time.stream("dispositions"), world.time.now_day
    graded = [np.concatenate(column) for column in zip(*unqualified, strict=True)] or [np.zeros(0, int)] * 3
    parts = (_after_grades(rng, *graded), _violations(world, rng), _removals(world, rng))
    member, kind, basis, opened, until = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort(opened, kind="stable")
    order = order[opened[order] < now - 1]
    member, kind, basis, opened, until = (a[order] for a in (member, kind, basis, opened, until))
    branch = home_on(world.people, member, opened)
    keep = branch >= 0
    member, kind, basis, opened, until, branch = (
        a[keep] for a in (member, kind, basis, opened, until, branch)
    )
    _put(world, rng, member, branch, kind, basis, opened, until)


def _after_grades(
    rng: np.random.Generator, member: Array, branch: Array, day: Array
) -> tuple[Array, Array, Array, Array, Array]:
    """Time to improve for each; one in twenty-five is forgotten. (member, kind, basis, opened, effective until)."""
    known = rng.random(len(member)) > 0.04
    member, day = member[known], day[known]
    n = len(member)
    return (
        member,
        np.full(n, RECTIFY),
        np.full(n, UNQUALIFIED),
        day + rng.integers(12, 50, n),
        np.full(n, NULL_DAY),
    )


def _violations(world: World, rng: np.random.Generator) -> tuple[Array, Array, Array, Array, Array]:
    people, time = world.people, world.time
    span = time.now_day - int(time.starts[0])
    n = max(2, round(len(people) * _A_YEAR * span / 365.25))
    member = rng.choice(np.flatnonzero(people.fate == PRESENT), n, replace=False)
    opened = int(time.starts[0]) + (rng.random(n) * span).astype(int)
    kind = np.searchsorted([0.55, 0.87, 0.955, 0.97], rng.random(n))
    basis = np.where(kind == RECTIFY, rng.choice([DUES, LIFE, TASK], n), VIOLATION)
    until = np.select([kind == WARNING, kind == SERIOUS, kind >= DISMISS], [365, 548, 730], 0)
    return member, kind, basis, opened, np.where(until > 0, opened + until + 30, NULL_DAY)


def _removals(world: World, rng: np.random.Generator) -> tuple[Array, Array, Array, Array, Array]:
    """Those who left the rolls by decision: it was opened two to four months before."""
    member = np.flatnonzero(world.people.fate == REMOVED)
    n, end = len(member), world.people.end[member]
    opened = np.maximum(end - rng.integers(60, 125, n), world.people.start[member])
    return member, np.full(n, REMOVAL), rng.choice([DUES, LIFE], n), opened, np.full(n, NULL_DAY)


def _put(
    world: World,
    rng: np.random.Generator,
    member: Array,
    branch: Array,
    kind: Array,
    basis: Array,
    opened: Array,
    until: Array,
) -> None:
    n, time = len(member), world.time
    due = opened + np.where(kind == RECTIFY, 180, 150)
    closed = np.where(kind == RECTIFY, due - rng.integers(8, 70, n), opened + rng.integers(35, 110, n))
    closed = np.where(kind == REMOVAL, world.people.end[member], closed)
    slow = (rng.random(n) < 0.03) & (kind != REMOVAL)
    closed = np.where(slow, due + rng.integers(20, 160, n), closed)
    decided = opened + 10
    approved = np.minimum(decided + rng.integers(3, 22, n), closed)
    ids, org = world.ids.take("member_dispositions", n), world.registry.branch_org[branch]
    done = [np.where(day < time.now_day, day, NULL_DAY) for day in (decided, approved, closed)]
    stamp = np.maximum(opened, np.maximum.reduce(done)) * DAY + 34_000
    world.writer.put(
        "member_dispositions",
        {
            "disposition_id": ids,
            "member_id": member + 1,
            "branch_org_id": org,
            "disposition_kind": coded(kind, KINDS),
            "basis": coded(basis, BASES),
            "opened_on": opened,
            "due_on": due,
            "branch_decided_on": done[0],
            "approved_on": done[1],
            "effective_until": until,
            "closed_on": done[2],
            "created_at": opened * DAY + 33_000,
            "updated_at": stamp,
        },
    )
    _book(world, ids, member, org, np.where(done[0] > NULL_DAY, decided, -1))


def _book(world: World, ids: Array, member: Array, org: Array, decided: Array) -> None:
    """Points lost on the day the branch decided; -1 for not yet."""
    pick = np.flatnonzero((decided >= 0) & (world.people.fate[member] != GUEST))
    day = decided[pick]
    world.ledger.book_capped(
        "member_dispositions", ids[pick], member[pick], org[pick], "hs_m_discipline", day, day * DAY + 36_000
    )

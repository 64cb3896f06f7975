"""Committees and terms: who is secretary, who sits on the branch committee, when the next election is due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from data.demo.bulk import NULL_DAY, RowSink, coded
from data.demo.people import DIED, LEFT, PRESENT, REMOVED, People
from data.demo.registry import Registry
from data.demo.reorganisation import NOTHING, Reorganisation
from data.demo.timeline import DAY, FAR_DAY, Array, Timeline

POSTS = (
    "secretary",
    "deputy_secretary",
    "organization",
    "publicity",
    "discipline",
    "other_committee",
    "group_leader",
)
_GROUP_LEADER = POSTS.index("group_leader")
FULL_FOR_COMMITTEE = 7


@dataclass
class Offices:
    """``seat_*``: committee seats sorted by branch with ``seat_ptr``; ``due`` is (branch, last term's days).

    ``elected``, ``expires`` hold the latest and ``before_*`` the previous term of every branch.
    """

    has_committee: Array
    secretary: Array
    seat_member: Array
    seat_ptr: Array
    seat_post: Array
    elected: Array
    expires: Array
    previous_elected: Array
    previous_expires: Array
    term_years: Array


def build_offices(
    registry: Registry, people: People, time: Timeline, changes: Reorganisation = NOTHING
) -> Offices:
    """Seats go to members who stayed in their branch for the whole window."""
    rng = time.stream("offices")
    nb = registry.branches
    stable = (people.fate == PRESENT) & (people.came == 0) & (people.came_from < 0) & (people.category1 == 0)
    stable &= (people.category0 == 0) & (people.full_on != NULL_DAY)
    rank_key = people.education * 8 + rng.integers(0, 30, len(people)) + np.where(stable, 0, 1000)
    order = np.lexsort((rank_key, people.home))
    order = order[people.fate[order] == PRESENT]
    ptr = np.searchsorted(people.home[order], np.arange(nb + 1))
    full = np.bincount(
        people.home, weights=(people.full_on != NULL_DAY) & (people.fate == PRESENT), minlength=nb
    )
    # Whoever has left was there when the committee was elected.
    left = (people.full_on != NULL_DAY) & np.isin(people.fate, (DIED, LEFT, REMOVED))
    moved = people.came_from[people.came_from >= 0]
    once = full + np.bincount(people.home, weights=left, minlength=nb) + np.bincount(moved, minlength=nb)
    has_committee = (once >= FULL_FOR_COMMITTEE) & ~registry.temporary
    seats = np.select([~has_committee, full < 15, full < 30], [1, 3, 4], 5).astype(int)
    seats = np.minimum(seats, np.maximum(1, ptr[1:] - ptr[:-1]))
    branch = np.repeat(np.arange(nb), seats)
    nth = np.arange(len(branch)) - np.repeat(np.cumsum(seats) - seats, seats)
    member = order[ptr[branch] + nth]
    post = np.array([0, 2, 3, 4, 5])[nth]
    return Offices(
        has_committee,
        member[nth == 0],
        member,
        np.concatenate([[0], np.cumsum(seats)]),
        post,
        *_terms(rng, registry, time, changes),
    )


def _terms(
    rng: np.random.Generator, registry: Registry, time: Timeline, changes: Reorganisation
) -> tuple[Array, ...]:
    """Latest and previous election, re-election mostly two to five months before the term ends."""
    nb = registry.branches
    years = np.where(np.isin(registry.sector, ["village", "community"]), 5, 3)
    length = years * 365 + years // 4
    poor = registry.quality[-1] < np.quantile(registry.quality[-1], 0.12)
    early = rng.integers(91, 170, nb)
    slack = np.where(poor & (rng.random(nb) < 0.16), -rng.integers(10, 150, nb), early)
    slack = np.where(rng.random(nb) < 0.25, rng.integers(15, 80, nb), slack)
    cycle = np.maximum(length - slack, 300)
    since = (rng.random(nb) * cycle).astype(int)
    overdue = poor & (rng.random(nb) < 0.05)
    since = np.where(overdue, length + rng.integers(5, 160, nb), since)
    first, _ = changes.stands(nb)
    elected = np.maximum(time.now_day - since, first)
    previous = elected - (length - early)
    return elected, elected + length, previous, previous + length, years


def write_offices(
    writer: RowSink,
    registry: Registry,
    people: People,
    offices: Offices,
    time: Timeline,
    changes: Reorganisation,
) -> None:
    """Rows of ``org_terms`` and ``party_posts``."""
    _write_terms(writer, registry, offices, time)
    _write_posts(writer, registry, people, offices, time, changes)


def _write_terms(writer: RowSink, registry: Registry, offices: Offices, time: Timeline) -> None:
    keep = ~registry.temporary
    org = registry.branch_org[keep]
    elected = np.concatenate([offices.previous_elected[keep], offices.elected[keep]])
    expires = np.concatenate([offices.previous_expires[keep], offices.expires[keep]])
    stamp = np.maximum(elected, int(time.starts[0]) - 30) * DAY + 11 * 3600
    writer.put(
        "org_terms",
        {
            "term_id": np.arange(1, len(elected) + 1),
            "org_id": np.concatenate([org, org]),
            "term_no": np.repeat([5, 6], len(org)),
            "elected_on": elected,
            "term_years": np.tile(offices.term_years[keep], 2),
            "expires_on": expires,
            "created_at": stamp,
        },
    )


def _seat_days(
    registry: Registry, people: People, offices: Offices, time: Timeline, branch: Array
) -> tuple[Array, Array]:
    """First day and end of every seat; under 1 % of the branches miss their secretary for a while."""
    rng, nb = time.stream("offices-rows"), registry.branches
    start = np.minimum(offices.elected[branch], time.now_day - 5)
    start = np.maximum(start, people.start[offices.seat_member])
    vacant = (rng.random(nb) < 0.006) & (registry.quality[-1] < 0)
    ended = np.where(
        vacant[branch] & (offices.seat_post == 0), time.now_day - rng.integers(10, 120, len(branch)), FAR_DAY
    )
    return start, np.where(ended <= start, FAR_DAY, ended)


class _Seats(NamedTuple):
    """Posts of branches, one entry each: branch, member, post, first day and end."""

    branch: Array
    member: Array
    post: Array
    start: Array
    end: Array


def _seats(
    registry: Registry, people: People, offices: Offices, time: Timeline, changes: Reorganisation
) -> _Seats:
    """Of this term and of the one before, where it ended in the window; a post begins and ends with its branch."""
    branch = np.repeat(np.arange(registry.branches), np.diff(offices.seat_ptr))
    start, end = _seat_days(registry, people, offices, time, branch)
    before = np.maximum(offices.previous_elected[branch], people.start[offices.seat_member])
    elected = offices.elected[branch]
    old = np.flatnonzero((elected > int(time.starts[0])) & (before < elected))
    both = np.concatenate([np.arange(len(branch)), old])
    first, last = changes.stands(registry.branches)
    return _Seats(
        branch[both],
        offices.seat_member[both],
        offices.seat_post[both],
        np.maximum(np.concatenate([start, before[old]]), first[branch[both]]),
        np.minimum(np.concatenate([end, np.minimum(elected[old], start[old])]), last[branch[both]]),
    )


def _write_posts(
    writer: RowSink,
    registry: Registry,
    people: People,
    offices: Offices,
    time: Timeline,
    changes: Reorganisation,
) -> None:
    seats = _seats(registry, people, offices, time, changes)
    group, leader = _leaders(registry, people, time)
    n = len(group)
    began = np.concatenate([seats.start, np.maximum(people.start[leader], int(time.starts[0]) - 300)])
    until = np.concatenate([seats.end, np.full(n, FAR_DAY)])
    ok = until > began
    full_time = np.isin(registry.sector[seats.branch], ["village", "community"]) & (seats.post == 0)
    writer.put(
        "party_posts",
        {
            "post_id": np.arange(1, int(ok.sum()) + 1),
            "org_id": np.concatenate([registry.branch_org[seats.branch], group])[ok],
            "member_id": np.concatenate([seats.member, leader])[ok] + 1,
            "post_type": coded(np.concatenate([seats.post, np.full(n, _GROUP_LEADER)])[ok], POSTS),
            "is_full_time": np.concatenate([full_time, np.zeros(n, bool)])[ok],
            "started_on": began[ok],
            "ended_on": np.where(until[ok] >= FAR_DAY, NULL_DAY, until[ok]),
            "created_at": np.maximum(began[ok], int(time.starts[0]) - 30) * DAY + 39600,
        },
    )


def _leaders(registry: Registry, people: People, time: Timeline) -> tuple[Array, Array]:
    """One leader per party group: the first member whose number falls into it."""
    count = registry.group_count[people.home]
    own = np.flatnonzero((people.fate == PRESENT) & (count > 0) & (people.start < int(time.starts[0])))
    group = registry.group_first[people.home[own]] + own % count[own]
    groups, first = np.unique(group, return_index=True)
    return (registry.group_org[groups] if len(groups) else groups), own[first]

"""Synthetic members: who belongs to which branch since when, ages and education by the national bands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.demo.bulk import NULL_DAY
from data.demo.registry import Registry
from data.demo.timeline import FAR_DAY, Array, Timeline

CATEGORIES = ("normal_active", "flow_out", "flow_in", "aged_infirm", "abroad", "other_exempt")
NORMAL, FLOW_OUT, FLOW_IN, AGED, ABROAD, EXEMPT = range(6)
PRESENT, DIED, LEFT, REMOVED, GUEST = range(5)

# Statistical communiqué, end of 2019-2021 (R40): ≤30, 31-35, 36-40, 41-45, 46-50, 51-55, 56-60, ≥61.
AGE_SHARES = (0.125, 0.11, 0.10, 0.09, 0.095, 0.095, 0.085, 0.30)
AGE_FLOORS = (23, 31, 36, 41, 46, 51, 56, 61, 93)
EDUCATION = ("postgraduate", "bachelor", "junior_college", "secondary", "junior_high", "primary_or_less")
EDUCATION_SHARES = (0.06, 0.30, 0.21, 0.18, 0.15, 0.10)
WOMEN_SHARE = 0.30
_YOUNG = {
    "private_enterprise": 16.0,
    "park_building": 16.0,
    "social_org": 9.0,
    "school": 8.0,
    "hospital": 9.0,
    "soe": 6.0,
    "government": 6.0,
    "institution": 5.0,
    "village": -9.0,
    "community": -8.0,
    "other": -30.0,
}


@dataclass
class People:
    """One entry per member; days are numbers, NULL_DAY where unknown; ``home`` is the branch now or at leaving."""

    home: Array
    fate: Array
    start: Array
    end: Array
    came: Array
    came_from: Array
    moved: Array
    birth: Array
    joined: Array
    full_on: Array
    woman: Array
    education: Array
    occupation: Array
    category0: Array
    category1: Array
    changed: Array

    def __len__(self) -> int:
        return len(self.home)

    def category_on(self, member: Array, day: Array) -> Array:
        """Category code of members on days."""
        return np.where(day < self.changed[member], self.category0[member], self.category1[member])


@dataclass
class Roster:
    """Memberships sorted by branch and group, so that one branch or group is a slice; groups -1 = none."""

    member: Array
    branch: Array
    group: Array
    start: Array
    end: Array
    flow_in: Array
    branch_ptr: Array
    group_ptr: Array
    started_by: Array
    ended_by: Array


def _ranked(rng: np.random.Generator, score: Array, shares: tuple[float, ...]) -> Array:
    """Class number per entry: the lowest scores get class 0, exactly by the shares."""
    order = np.argsort(score + rng.standard_normal(len(score)) * 1e-6)
    edges = np.round(np.cumsum(shares) / np.sum(shares) * len(score)).astype(int)
    found = np.empty(len(score), dtype=int)
    found[order] = np.searchsorted(edges, np.arange(len(score)), side="right")
    return found


def build_people(registry: Registry, time: Timeline) -> People:
    """All members: those of now, those who left during the window, and flow-in members from outside."""
    rng = time.stream("people")
    first, now = int(time.starts[0]), time.now_day
    present = np.repeat(np.arange(registry.branches), registry.size)
    years = (now - first) / 365.25
    n_now = len(present)
    gone = rng.choice(present, round(0.0145 * years * n_now))
    guests = rng.choice(present, round(0.02 * n_now))
    home = np.concatenate([present, gone, guests])
    n = len(home)
    fate = np.full(n, PRESENT)
    fate[n_now : n_now + len(gone)] = rng.choice([DIED, LEFT, REMOVED], len(gone), p=[0.62, 0.36, 0.02])
    fate[n_now + len(gone) :] = GUEST
    sector = registry.sector[home]
    age_class = _ranked(rng, -np.array([_YOUNG[s] for s in sector]) + rng.normal(0, 17, n), AGE_SHARES)
    low, high = np.array(AGE_FLOORS)[age_class], np.array(AGE_FLOORS)[age_class + 1]
    age = low + (high - low) * np.where(age_class == 7, rng.beta(1.0, 2.3, n), rng.random(n))
    old = np.flatnonzero((fate == DIED) & (age < 60))
    age[old] = rng.uniform(62, 92, len(old))
    arrival = _arrivals(rng, registry, time, home, fate, age)
    birth = now - (age * 365.25).astype(int)
    joined, full_on = _party_dates(rng, time, birth, arrival)
    arrival = (np.where(arrival[2] == 0, np.maximum(arrival[0], joined), arrival[0]), *arrival[1:])
    return People(
        home,
        fate,
        *arrival,
        birth,
        joined,
        full_on,
        *_traits(rng, age, sector, n),
        *_categories(rng, time, age, fate),
    )


def _arrivals(
    rng: np.random.Generator, registry: Registry, time: Timeline, home: Array, fate: Array, age: Array
) -> tuple[Array, Array, Array, Array, Array]:
    """start, end, came (0 long ago, 1 admitted, 2 transferred in), came_from (branch or -1), moved (day)."""
    first, now, n = int(time.starts[0]), time.now_day, len(home)
    span = max(2, now - first)
    start = np.maximum(first - 40 - rng.gamma(1.6, 1600, n).astype(int), registry.established[home])
    end = np.full(n, FAR_DAY)
    leaving = np.isin(fate, [DIED, LEFT, REMOVED])
    end[leaving] = first + 30 + (rng.random(int(leaving.sum())) * max(1, span - 40)).astype(int)
    came = np.zeros(n, dtype=int)
    draw = rng.random(n)
    years = span / 365.25
    came[(fate == PRESENT) & (age < 42) & (draw < 0.034 * years)] = 1
    came[(fate == PRESENT) & (age < 60) & (draw > 1 - 0.0135 * years)] = 2
    _trim_arrivals(rng, registry, fate, came)
    new = came > 0
    start[new] = first + 1 + (rng.random(int(new.sum())) * (span - 2)).astype(int)
    came_from = np.full(n, -1)
    moved = np.full(n, FAR_DAY)
    mover, source = _movers(rng, registry, home, fate, came, years)
    came_from[mover] = source
    moved[mover] = first + 20 + (rng.random(len(mover)) * max(1, span - 25)).astype(int)
    return start, end, came, came_from, moved


def _trim_arrivals(rng: np.random.Generator, registry: Registry, fate: Array, came: Array) -> None:
    """Fewer arrivals from outside where they and the departures alone exceed the published transfers."""
    published = registry.tree.spec.figures.transfers_completed
    arrived = np.flatnonzero((came == 2) & (fate == PRESENT))
    if published is not None:
        surplus = len(arrived) + int((fate == LEFT).sum()) - published
        came[rng.permutation(arrived)[: max(0, surplus)]] = 0


def _movers(
    rng: np.random.Generator, registry: Registry, home: Array, fate: Array, came: Array, years: float
) -> tuple[Array, Array]:
    """Members who changed their branch inside the district, and the branch they came from.

    With a published number of transfers, as many as make up what arrivals and departures leave of it.
    """
    published = registry.tree.spec.figures.transfers_completed
    rate = 0.052 * years if published is None else 1.0
    mover = np.flatnonzero((fate == PRESENT) & (came == 0) & (rng.random(len(home)) < rate))
    same_town = rng.permutation(np.argsort(registry.town, kind="stable"))
    source = same_town[rng.integers(0, len(same_town), len(mover))]
    possible = (source != home[mover]) & (registry.size[source] > 5)
    mover, source = mover[possible], source[possible]
    if published is not None:
        arrived = int(((came == 2) & (fate == PRESENT)).sum())
        chosen = np.sort(rng.permutation(len(mover))[: published - arrived - int((fate == LEFT).sum())])
        mover, source = mover[chosen], source[chosen]
    return mover, source


def _party_dates(
    rng: np.random.Generator, time: Timeline, birth: Array, arrival: tuple[Array, ...]
) -> tuple[Array, Array]:
    start, came = arrival[0], arrival[2]
    earliest = birth + 19 * 366
    spread = (rng.gamma(2.0, 4.2, len(birth)) * 365.25).astype(int)
    joined = np.minimum(
        earliest + spread, np.maximum(earliest, time.now_day - 400 - rng.integers(0, 900, len(birth)))
    )
    joined = np.where(came == 1, start, np.minimum(joined, int(time.starts[0]) - 420))
    full_on = joined + 366
    return joined, np.where(full_on > time.now_day, NULL_DAY, full_on)


def _traits(rng: np.random.Generator, age: Array, sector: Array, n: int) -> tuple[Array, Array, Array]:
    """woman, education and occupation numbers, correlated with age and sector, exact in their shares."""
    woman = (
        _ranked(
            rng,
            age * 0.03 - np.isin(sector, ["school", "hospital", "community"]) + rng.normal(0, 1.2, n),
            (WOMEN_SHARE, 1 - WOMEN_SHARE),
        )
        == 0
    )
    desk = np.isin(sector, ["government", "school", "hospital", "institution", "soe"]) * 14.0
    rural = (sector == "village") * 10.0
    education = _ranked(rng, age - desk + rural + rng.normal(0, 11, n), EDUCATION_SHARES)
    retired = (age > 60) | ((age > 55) & woman)
    code = np.full(n, 6)
    for kinds, value in (
        (("village",), 1),
        (("community", "other"), 6),
        (("school", "hospital", "institution"), 2),
        (("government",), 4),
        (("private_enterprise", "soe", "park_building", "social_org"), 3),
    ):
        code[np.isin(sector, kinds)] = value
    worker = np.isin(sector, ["private_enterprise", "soe"]) & (rng.random(n) < 0.35)
    code[worker] = 0
    code[retired & (code != 1)] = 7
    return woman, education, code


def _categories(
    rng: np.random.Generator, time: Timeline, age: Array, fate: Array
) -> tuple[Array, Array, Array]:
    """Category before and after, and the day of the change (FAR_DAY if none)."""
    n = len(age)
    draw = rng.random(n)
    now = np.full(n, NORMAL)
    now[(age >= 68) & (draw < 0.30)] = AGED
    now[(age < 50) & (draw > 0.875)] = FLOW_OUT
    now[(age < 60) & (draw > 0.30) & (draw < 0.313)] = ABROAD
    now[(draw > 0.40) & (draw < 0.418)] = EXEMPT
    now[fate == GUEST] = FLOW_IN
    before = now.copy()
    changed = np.full(n, FAR_DAY)
    turn = rng.random(n) < np.select([now == FLOW_OUT, now == AGED], [0.25, 0.18], 0.0)
    back = (now == NORMAL) & (age < 50) & (rng.random(n) < 0.02)
    before[turn], before[back] = NORMAL, FLOW_OUT
    some = turn | back
    span = max(2, time.now_day - int(time.starts[0]) - 10)
    changed[some] = int(time.starts[0]) + 5 + (rng.random(int(some.sum())) * span).astype(int)
    return before, now, changed


def build_roster(registry: Registry, people: People) -> Roster:
    """Membership rows: one per member and branch period; memberships without a group have group -1."""
    n = len(people)
    mover = np.flatnonzero(people.came_from >= 0)
    member = np.concatenate([np.arange(n), mover])
    branch = np.concatenate([people.home, people.came_from[mover]])
    start = np.concatenate([np.where(people.came_from >= 0, people.moved, people.start), people.start[mover]])
    end = np.concatenate([people.end, people.moved[mover]])
    begun = np.select([people.fate == GUEST, people.came == 1, people.came == 2], [4, 0, 1], 3)
    begun = np.where(people.came_from >= 0, 1, begun)
    done = np.select([people.fate == LEFT, np.isin(people.fate, [DIED, REMOVED])], [2, 6], -1)
    begun, done = (
        np.concatenate([begun, np.full(len(mover), 3)]),
        np.concatenate([done, np.full(len(mover), 2)]),
    )
    count = registry.group_count[branch]
    group = np.where(count > 0, registry.group_first[branch] + member % np.maximum(count, 1), -1)
    flow_in = people.fate[member] == GUEST
    order = np.lexsort((member, group, branch))
    branch, group = branch[order], group[order]
    return Roster(
        member[order],
        branch,
        group,
        start[order],
        end[order],
        flow_in[order],
        np.searchsorted(branch, np.arange(registry.branches + 1)),
        _group_ptr(registry, branch, group),
        begun[order],
        done[order],
    )


def _group_ptr(registry: Registry, branch: Array, group: Array) -> Array:
    """(groups, 2) first and last-plus-one roster row of every group."""
    wide = np.int64(len(registry.group_branch) + 2)
    key = branch.astype(np.int64) * wide + group + 1
    wanted = registry.group_branch.astype(np.int64) * wide + np.arange(len(registry.group_branch)) + 1
    return np.column_stack([np.searchsorted(key, wanted), np.searchsorted(key, wanted, side="right")])


def home_on(people: People, member: Array, day: Array | int) -> Array:
    """Branch of each member on a day, -1 if none here."""
    moves_later = (people.came_from[member] >= 0) & (people.moved[member] > day)
    here = np.where(moves_later, people.came_from[member], people.home[member])
    return np.where((people.start[member] <= day) & (people.end[member] > day), here, -1)

"""谈心谈话: every member at least once a year with a member of the branch committee (R08)."""

from __future__ import annotations

import numpy as np

from data.demo.moments import at_work, days_in_year
from data.demo.people import GUEST, home_on
from data.demo.timeline import DAY, Array
from data.demo.world import World

# Most talks precede the life meetings at the turn of the year.
_SEASON = {1: 5, 2: 3, 3: 8, 4: 7, 5: 7, 6: 11, 7: 9, 8: 5, 9: 9, 10: 11, 11: 14, 12: 11}


def write_heart_talks(world: World) -> None:
    """Rows of ``heart_talks``; both sides earn points."""
    rng, time = world.time.stream("heart-talks"), world.time
    parts = [_year(world, rng, year) for year in time.years()]
    partner, branch, day = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort(day, kind="stable")
    partner, branch, day = partner[order], branch[order], day[order]
    opener = _openers(world, rng, partner, branch)
    moment = at_work(rng, day) + rng.integers(0, 2 * DAY, len(day))
    keep = (opener >= 0) & (moment < time.now_s) & (home_on(world.people, opener, day) == branch)
    partner, branch, day, opener, moment = (a[keep] for a in (partner, branch, day, opener, moment))
    ids, org = world.ids.take("heart_talks", len(day)), world.registry.branch_org[branch]
    world.writer.put(
        "heart_talks",
        {
            "talk_id": ids,
            "org_id": org,
            "initiator_member_id": opener + 1,
            "partner_member_id": partner + 1,
            "talked_on": day,
            "recorded_at": moment,
        },
    )
    both, twice = np.concatenate([opener, partner]), np.tile(np.arange(len(ids)), 2)
    world.ledger.book_capped(
        "heart_talks", ids[twice], both, org[twice], "hs_m_heart_talk", day[twice], moment[twice]
    )


def _year(world: World, rng: np.random.Generator, year: int) -> tuple[Array, Array, Array]:
    """(member, branch, day) of the talks of one year; weak branches forget somebody now and then."""
    people, n = world.people, len(world.people)
    own = np.flatnonzero(people.fate != GUEST)
    more = rng.choice(own, round(0.15 * len(own)))
    member = np.concatenate([own, more])
    day = days_in_year(rng, year, _SEASON, len(member))
    # Who arrives later in the year is talked to soon after.
    late = (people.start[member] > day) & (people.start[member] < day + 366) & (rng.random(len(day)) < 0.9)
    day = np.where(late, people.start[member] + rng.integers(3, 30, len(day)), day)
    branch = home_on(people, member, day)
    quality = world.registry.quality[-1][branch]
    forgotten = rng.random(len(day)) < np.clip(0.008 * np.exp(-0.7 * quality), 0, 0.3)
    forgotten |= np.isin(member, np.flatnonzero(rng.random(n) < 0.002))
    keep = (branch >= 0) & ~forgotten & (day >= int(world.time.starts[0])) & (day <= world.time.now_day)
    return member[keep], branch[keep], day[keep]


def _openers(world: World, rng: np.random.Generator, partner: Array, branch: Array) -> Array:
    """A committee member of the branch other than the partner; the secretary alone talks to nobody (-1)."""
    ptr = world.offices.seat_ptr
    seats = ptr[branch + 1] - ptr[branch]
    nth = (rng.random(len(partner)) * seats).astype(int)
    opener = world.offices.seat_member[ptr[branch] + nth]
    other = world.offices.seat_member[ptr[branch] + (nth + 1) % seats]
    opener = np.where(opener == partner, other, opener)
    return np.asarray(np.where(opener == partner, -1, opener))

"""走访慰问: old and infirm members and those with fifty years in the Party, each winter; hardship all year."""

from __future__ import annotations

import numpy as np

from data.demo.bulk import coded
from data.demo.moments import EVERY_MONTH, at_work, date_number, days_in_year
from data.demo.people import AGED, GUEST, home_on
from data.demo.timeline import Array
from data.demo.world import World

REASONS = ("aged", "illness", "hardship", "long_standing", "year_end", "other")
_FIFTY_YEARS = 18_262


def write_condolence(world: World) -> None:
    """Rows of ``condolence_visits``, the season before the window included: its value is shown until December."""
    rng, people = world.time.stream("condolence"), world.people
    years = world.time.years()
    parts = [_season(world, rng, year) for year in (years[0] - 1, *years)]
    parts += [_hardship(world, rng, year) for year in years]
    member, day, reason = (np.concatenate(column) for column in zip(*parts, strict=True))
    moment = at_work(rng, day)
    branch = home_on(people, member, day)
    keep = (branch >= 0) & (moment + 7200 < world.time.now_s)
    member, day, reason, moment, branch = (a[keep] for a in (member, day, reason, moment, branch))
    world.writer.put(
        "condolence_visits",
        {
            "visit_id": world.ids.take("condolence_visits", len(member)),
            "org_id": world.registry.branch_org[branch],
            "member_id": member + 1,
            "reason": coded(reason, REASONS),
            "visited_on": day,
            "amount": rng.choice([200.0, 300.0, 500.0, 800.0, 1000.0], len(member)),
            "recorded_at": moment + 7200,
        },
    )


def _season(world: World, rng: np.random.Generator, year: int) -> tuple[Array, Array, Array]:
    """Everybody due on 1 December is visited by 25 January; few branches are late, fewer forget most."""
    people, registry = world.people, world.registry
    first = date_number(year, 12, 1)
    every = np.flatnonzero(people.fate != GUEST)
    branch = home_on(people, every, first)
    old = (people.full_on[every] > -(10**8)) & (people.full_on[every] <= first - _FIFTY_YEARS)
    aged = people.category_on(every, np.full(len(every), first)) == AGED
    due = (branch >= 0) & (old | aged)
    member, branch, old = every[due], branch[due], old[due]
    quality = registry.quality[
        0 if first < world.time.starts[0] else world.time.month_of_day(np.array([first]))[0]
    ]
    draw = rng.random(registry.branches) / np.clip(np.exp(-0.9 * quality), 0.2, 6)
    late, careless = draw < 0.006, draw < 0.002
    day = first + 3 + (rng.beta(2.2, 1.6, len(member)) * 52).astype(int)
    # Nobody who dies in the season is missed for it.
    day = np.minimum(day, np.maximum(people.end[member] - 1, first))
    behind = late[branch] & (rng.random(len(member)) < 0.5)
    day = np.where(behind, first + 64 + rng.integers(0, 20, len(member)), day)
    missed = careless[branch] & (rng.random(len(member)) < 0.6)
    reason = np.where(old, 3, np.where(rng.random(len(member)) < 0.3, 1, 0))
    return member[~missed], day[~missed], reason[~missed]


def _hardship(world: World, rng: np.random.Generator, year: int) -> tuple[Array, Array, Array]:
    n = max(1, len(world.people) // 60)
    member = rng.choice(np.flatnonzero(world.people.fate != GUEST), n)
    day = days_in_year(rng, year, {**EVERY_MONTH, 1: 4.0, 6: 3.0, 12: 4.0}, n)
    known = day >= int(world.time.starts[0])
    reason = rng.choice([1, 2, 4, 5], n, p=[0.3, 0.4, 0.2, 0.1])
    return member[known], day[known], reason[known]

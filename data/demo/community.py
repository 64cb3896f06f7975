"""在职党员进社区: who works reports to a community where the branch is, and serves there a few times a year."""

from __future__ import annotations

import numpy as np

from data.demo.bulk import coded
from data.demo.moments import date_number, days_in_year
from data.demo.people import GUEST, home_on
from data.demo.people_rows import in_service
from data.demo.timeline import Array
from data.demo.world import World

KINDS = ("register", "service")
_SEASON = {1: 5, 2: 4, 3: 11, 4: 9, 5: 9, 6: 10, 7: 12, 8: 6, 9: 8, 10: 9, 11: 8, 12: 9}


def write_checkins(world: World) -> None:
    """Rows of ``community_checkins``; every service earns a point within its yearly cap."""
    rng, people, time = world.time.stream("checkins"), world.people, world.time
    working = np.flatnonzero(in_service(people, time.now_day) & (people.fate != GUEST))
    zeal = rng.gamma(3.0, 1 / 3, len(people))
    parts = [_year(world, rng, year, working, zeal) for year in time.years()]
    member, kind, day = (np.concatenate(column) for column in zip(*parts, strict=True))
    branch = home_on(people, member, day)
    moment = day * 86_400 + rng.integers(8 * 3600, 20 * 3600, len(day))
    keep = (branch >= 0) & (moment + 1800 < time.now_s) & (day >= int(time.starts[0]))
    order = np.flatnonzero(keep)[np.argsort(moment[keep], kind="stable")]
    member, kind, day, branch, moment = (a[order] for a in (member, kind, day, branch, moment))
    ids = world.ids.take("community_checkins", len(day))
    world.writer.put(
        "community_checkins",
        {
            "checkin_id": ids,
            "member_id": member + 1,
            "division_id": _places(world)[branch, member % 3],
            "checkin_kind": coded(kind, KINDS),
            "occurred_on": day,
            "recorded_at": moment + 1800,
        },
    )
    served = np.flatnonzero(kind == 1)
    org = world.registry.branch_org[branch[served]]
    world.ledger.book_capped(
        "community_checkins",
        ids[served],
        member[served],
        org,
        "hs_m_community_checkin",
        day[served],
        moment[served] + 1800,
    )


def _year(
    world: World, rng: np.random.Generator, year: int, working: Array, zeal: Array
) -> tuple[Array, Array, Array]:
    """(member, kind, day): the report is renewed in spring, by nearly all before the end of June."""
    people, time = world.people, world.time
    quality = world.registry.quality[-1][people.home[working]]
    never = rng.random(len(working)) < np.clip(0.012 * np.exp(-0.6 * quality), 0, 0.2)
    reports = working[~never]
    first = max(date_number(year, 2, 10), int(time.starts[0]))
    reported = first + (rng.beta(1.3, 2.2, len(reports)) * 110).astype(int)
    came = people.start[reports]
    reported = np.where(came > reported, came + rng.integers(5, 60, len(reports)), reported)
    served = np.repeat(working, rng.poisson(2.9 * zeal[working]))
    day = days_in_year(rng, year, _SEASON, len(served))
    kind = np.concatenate([np.zeros(len(reports), int), np.ones(len(served), int)])
    return np.concatenate([reports, served]), kind, np.concatenate([reported, day])


def _places(world: World) -> Array:
    """(branches, 3) villages or communities: of the branch itself, else of its town, else any."""
    tree = world.registry.tree
    ends = [d for d in tree.divisions if d.kind in ("village", "community")]
    every = [d.division_id for d in ends]
    own = set(every)
    of_town: dict[int, list[int]] = {}
    for d in ends:
        of_town.setdefault(d.parent, []).append(d.division_id)
    found = []
    for org_id in world.registry.branch_org.tolist():
        org = tree.orgs[org_id - 1]
        near = of_town.get(org.town, every)
        first = org.division if org.division in own else near[org_id % len(near)]
        found.append((first, near[(org_id + 1) % len(near)], near[(org_id * 7) % len(near)]))
    return np.array(found)

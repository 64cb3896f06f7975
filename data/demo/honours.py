"""荣誉表彰: 两优一先 around 1 July, for members and organisations; the higher the level, the fewer."""

from __future__ import annotations

import numpy as np

from data.demo.bulk import coded
from data.demo.moments import date_number
from data.demo.people import PRESENT, home_on
from data.demo.points import RULE_ID
from data.demo.timeline import DAY, Array
from data.demo.world import World

KINDS = ("excellent_member", "excellent_worker", "advanced_org", "model_site")
LEVELS = ("unit", "town", "district", "city", "province", "nation")
_LEVEL_EDGES = (0.55, 0.85, 0.97, 0.995, 0.9993)
_POINTS = np.array([3.0, 3.0, 5.0, 8.0, 8.0, 8.0])


def write_honours(world: World) -> None:
    """Rows of ``honors``; those of members earn points by their level (hs_m_honor)."""
    rng = world.time.stream("honours")
    for year in world.time.years():
        day = date_number(year, 6, 28)
        if int(world.time.starts[0]) <= day < world.time.now_day:
            _members(world, rng, day)
            _organisations(world, rng, day)


def _members(world: World, rng: np.random.Generator, day: int) -> None:
    people, offices = world.people, world.offices
    able = np.flatnonzero((people.fate == PRESENT) & (people.category1 == 0) & (people.start < day - 365))
    chosen = rng.choice(able, max(2, len(people) // 60), replace=False)
    workers = rng.choice(offices.seat_member, max(1, len(people) // 260), replace=False)
    member = np.concatenate([chosen, np.setdiff1d(workers, chosen)])
    kind = (np.arange(len(member)) >= len(chosen)).astype(int)
    branch = home_on(people, member, day)
    level = np.searchsorted(_LEVEL_EDGES, rng.random(len(member)))
    here = branch >= 0
    member, kind, branch, level = member[here], kind[here], branch[here], level[here]
    org = world.registry.branch_org[branch]
    ids = _put(world, kind, level, day, member, np.full(len(member), -1))
    days = np.full(len(member), day)
    points = _POINTS[level]
    world.ledger.book("honors", ids, member, org, RULE_ID["hs_m_honor"], points, days, days * DAY + 61_200)


def _organisations(world: World, rng: np.random.Generator, day: int) -> None:
    """One in twenty branches, the better ones; every sixth of them as a model site."""
    quality = world.registry.quality[world.time.month_of_day(np.array([day]))[0]]
    wanted = quality + rng.gumbel(0, 0.8, len(quality))
    branch = np.argsort(-wanted)[: max(1, len(quality) // 20)]
    level = np.searchsorted(_LEVEL_EDGES, rng.random(len(branch)))
    kind = np.where(rng.random(len(branch)) < 1 / 6, 3, 2)
    _put(world, kind, np.maximum(level, 1), day, np.full(len(branch), -1), world.registry.branch_org[branch])


def _put(world: World, kind: Array, level: Array, day: int, member: Array, org: Array) -> Array:
    n = len(kind)
    ids = world.ids.take("honors", n)
    world.writer.put(
        "honors",
        {
            "honor_id": ids,
            "subject_type": coded((member < 0).astype(int), ("member", "org")),
            "member_id": np.where(member >= 0, member + 1, -1),
            "org_id": org,
            "honor_kind": coded(kind, KINDS),
            "honor_level": coded(level, LEVELS),
            "awarded_on": np.full(n, day),
            "created_at": np.full(n, day * DAY + 61_200),
        },
    )
    return ids

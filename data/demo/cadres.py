"""基层干部: secretaries, committee members and graduates of villages and communities, two reserves for each."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from data.demo.bulk import coded
from data.demo.cadre_records import Cadres, write_cadre_records
from data.demo.people import EDUCATION, PRESENT
from data.demo.timeline import Array
from data.demo.world import World

KINDS = (
    "village_secretary",
    "community_secretary",
    "committee_member",
    "graduate_cadre",
    "reserve",
    "two_new_secretary",
)
VILLAGE, COMMUNITY, COMMITTEE, GRADUATE, RESERVE, TWO_NEW = range(6)
# Mean and spread of age; village secretaries as in the statistics of 2022 (R51).
_AGES = np.array([[45.4, 6.0], [43.5, 6.0], [41.0, 7.5], [27.5, 2.2], [32.5, 3.6], [42.0, 7.0]])
# Share of those with 大专 and above.
_EDUCATED = np.array([0.72, 0.9, 0.66, 1.0, 0.9, 0.8])
_RESERVED_FOR = ("secretary", "deputy_secretary", "organization", "publicity")


def write_cadres(world: World) -> None:
    """Rows of ``cadres`` and of what is recorded about them."""
    rng = world.time.stream("cadres")
    kind, division, org, town = _seats(world, rng)
    age = np.maximum(rng.normal(*_AGES[kind].T), np.array([26, 26, 24, 23, 24, 26])[kind])
    educated = rng.random(len(kind)) < _EDUCATED[kind]
    member = _members(world, rng, kind, division, org, age, educated)
    cadres = Cadres(
        world.ids.take("cadres", len(kind)),
        kind,
        division,
        org,
        member,
        rng.random(len(kind)) >= 0.03,
        _quality(world, town),
        world.time.now_day - rng.integers(60, 1700, len(kind)),
    )
    _put(world, rng, cadres, age, educated)
    write_cadre_records(world, cadres)


def _seats(world: World, rng: np.random.Generator) -> tuple[Array, Array, Array, Array]:
    """Kind, division, organisation and town of every seat: places first, then the larger 两新 branches."""
    tree, registry = world.registry.tree, world.registry
    top: dict[int, int] = {}
    for found in tree.orgs:
        top.setdefault(found.division, found.org_id)
    rows: list[tuple[int, int, int, int]] = []
    places = [d for d in tree.divisions if d.kind in ("village", "community")]
    for place in places:
        head = VILLAGE if place.kind == "village" else COMMUNITY
        reserves = int(rng.choice([1, 2, 3], p=[0.12, 0.58, 0.3]))
        graduates = int(rng.random() < 0.42)
        kinds = [head, *[COMMITTEE] * 3, *[GRADUATE] * graduates, *[RESERVE] * reserves]
        rows += [(kind, place.division_id, top.get(place.division_id, 1), place.parent) for kind in kinds]
    two_new = np.flatnonzero(np.isin(registry.sector, ("private_enterprise", "social_org")))
    for branch in two_new[rng.random(len(two_new)) < 0.6].tolist():
        org = tree.orgs[int(registry.branch_org[branch]) - 1]
        rows.append((TWO_NEW, -1, org.org_id, org.town))
    return tuple(np.array(column) for column in zip(*rows, strict=True))  # type: ignore[return-value]


def _members(
    world: World,
    rng: np.random.Generator,
    kind: Array,
    division: Array,
    org: Array,
    age: Array,
    educated: Array,
) -> Array:
    """The member of the place who fits best in age and education, -1 where nobody does; each only once."""
    people, registry = world.people, world.registry
    place_of = np.array([o.division for o in registry.tree.orgs])[registry.branch_org - 1]
    branch_of = {int(o): n for n, o in enumerate(registry.branch_org)}
    years = (world.time.now_day - people.birth) / 365.25
    stable = np.flatnonzero((people.fate == PRESENT) & (people.came_from < 0))
    where = place_of[people.home[stable]]
    by_place = _grouped(stable, where)
    by_branch = _grouped(stable, people.home[stable])
    taken: set[int] = set()
    found = np.full(len(kind), -1)
    wanted = rng.random(len(kind)) < np.array([1.0, 1.0, 1.0, 0.9, 0.75, 1.0])[kind]
    for seat in np.flatnonzero(wanted).tolist():
        pool = (
            by_place.get(int(division[seat]))
            if division[seat] > 0
            else by_branch.get(branch_of[int(org[seat])])
        )
        if pool is None:
            continue
        score = np.abs(years[pool] - age[seat]) + 40.0 * ((people.education[pool] <= 2) != educated[seat])
        for at in np.argsort(score, kind="stable")[:8].tolist():
            if int(pool[at]) not in taken and score[at] < 9:
                taken.add(int(pool[at]))
                found[seat] = pool[at]
                break
    return found


def _grouped(members: Array, key: Array) -> dict[int, Array]:
    order = np.argsort(key, kind="stable")
    keys, first = np.unique(key[order], return_index=True)
    return dict(zip(keys.tolist(), np.split(members[order], first[1:]), strict=True))


def _quality(world: World, town: Array) -> Array:
    """Character of each seat's town in the open month; 0 without a town."""
    registry = world.registry
    level = {
        org.town: float(registry.town_level[-1][branch])
        for branch, org in enumerate(registry.tree.orgs[o - 1] for o in registry.branch_org.tolist())
    }
    return np.array([level.get(t, 0.0) if t else 0.0 for t in town.tolist()])


def _put(world: World, rng: np.random.Generator, cadres: Cadres, age: Array, educated: Array) -> None:
    people, n, known = world.people, len(cadres.ids), cadres.member >= 0
    own = cadres.member[known]
    birth = world.time.now_day - (age * 365.25).astype(int)
    woman = rng.random(n) < np.array([0.16, 0.5, 0.36, 0.5, 0.42, 0.3])[cadres.kind]
    graduate = cadres.kind == GRADUATE
    education = np.where(educated, rng.choice([1, 2], n, p=[0.55, 0.45]), 3)
    education = np.where(graduate, rng.choice([0, 1], n, p=[0.15, 0.85]), education)
    birth[known], woman[known], education[known] = people.birth[own], people.woman[own], people.education[own]
    reserve = cadres.kind == RESERVE
    names = [
        f"党员{m + 1:06d}" if m >= 0 else f"干部{i:06d}"
        for m, i in zip(cadres.member.tolist(), cadres.ids.tolist(), strict=True)
    ]
    stamp = np.maximum(cadres.since, int(world.time.starts[0]) - 30) * 86_400 + 36_000
    world.writer.put(
        "cadres",
        {
            "cadre_id": cadres.ids,
            "member_id": np.where(known, cadres.member + 1, -1),
            "name": pa.array(names),
            "gender": coded(woman.astype(int), ("M", "F")),
            "birthday": birth,
            "education": coded(education, EDUCATION),
            "division_id": cadres.division,
            "cadre_kind": coded(cadres.kind, KINDS),
            "is_reserve": reserve,
            "reserve_for": coded(
                np.where(reserve, rng.choice(4, n, p=[0.45, 0.25, 0.15, 0.15]), -1), _RESERVED_FOR
            ),
            "status": coded((~cadres.active).astype(int), ("active", "left")),
            "created_at": stamp,
        },
    )

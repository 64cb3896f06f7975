"""Branches as arrays: size, groups, place, persistent character; and the rows of the organisation tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from data.demo.bulk import NULL_DAY, RowSink
from data.demo.character import character
from data.demo.reorganisation import NOTHING, Reorganisation
from data.demo.spec import DistrictSpec
from data.demo.timeline import DAY, FAR_DAY, Array, Timeline
from data.demo.tree import BRANCH_TYPES, Org, Tree, build_tree

_SIZE = {
    "village": 25.0,
    "community": 27.0,
    "government": 19.0,
    "institution": 16.0,
    "school": 20.0,
    "hospital": 21.0,
    "soe": 18.0,
    "private_enterprise": 11.0,
    "social_org": 9.0,
    "park_building": 14.0,
    "other": 24.0,
}

# A little below the fifteen of the rule: branches grow.
_GROUPS_FROM = 14
# A temporary branch has no committee, so fewer full members than ask for one.
_TEMPORARY_MOST = 6
_MONTHS_OF_CHANGES = 21


@dataclass
class Registry:
    """``branch_org`` etc. have one entry per branch; ``group_*`` one per party group, in branch order.

    ``quality`` is (months, branches), about standard normal: the persistent character of each branch;
    ``town_level`` is what its town gives to it.
    """

    tree: Tree
    branch_org: Array
    parent_org: Array
    town: Array
    sector: Array
    size: Array
    temporary: Array
    group_first: Array
    group_count: Array
    group_org: Array
    group_branch: Array
    established: Array
    quality: Array
    town_level: Array
    start_minute: Array
    theme_day: Array

    @property
    def branches(self) -> int:
        """Number of branches."""
        return len(self.branch_org)


def _sizes(spec: DistrictSpec, rng: np.random.Generator, sectors: Array, temporary: Array) -> Array:
    sizes = {**_SIZE, **spec.branch_sizes}
    mean = np.array([sizes[s] for s in sectors]) * np.where(temporary, 0.5, 1.0)
    # Where branches are large on average few differ much: the rule of 50 holds them below it.
    shape = 5.0 * max(1.0, spec.members / len(mean) / 22) ** 3
    drawn = mean * rng.gamma(shape, 1 / shape, len(mean))
    # Fifty is the most; some of those who left in the window were members beside these.
    low, high = 4, np.where(temporary, _TEMPORARY_MOST, 46)
    size = np.clip(np.round(drawn * spec.members / drawn.sum()), low, high).astype(int)
    over = rng.permutation(np.flatnonzero(size >= 43))[: max(0, len(size) // 200)]
    size[over] = rng.integers(51, 59, len(over))
    free = np.setdiff1d(np.arange(len(size)), over)
    while (gap := spec.members - int(size.sum())) != 0:
        room = free[size[free] < high[free]] if gap > 0 else free[size[free] > low]
        if not len(room):
            raise ValueError(f"{spec.members} members do not fit into {len(size)} branches")
        size[rng.permutation(room)[: abs(gap)]] += 1 if gap > 0 else -1
    return np.asarray(size)


def _groups(spec: DistrictSpec, size: Array) -> Array:
    """Groups per branch, two to five each: of all from fifteen members on, the number that asks for them, or
    of larger branches first, about ``spec.groups`` in all.
    """
    if spec.groups is None:
        return np.where(size >= _GROUPS_FROM, np.clip(np.round(size / 11), 2, 5), 0).astype(int)
    wanted = np.where(size >= 22, np.clip(np.round(size / 11), 2, 5), 0).astype(int)
    order = np.argsort(-size, kind="stable")
    keep = np.cumsum(wanted[order]) <= spec.groups
    wanted[order[~keep]] = 0
    return wanted


def build_registry(spec: DistrictSpec, time: Timeline) -> Registry:
    """The tree and the arrays of its branches, party groups appended to the tree after all branches."""
    rng = time.stream("registry")
    # Branches merged into others by now stand beside those the specification counts.
    tree = build_tree(replace(spec, branches=spec.branches + reorganised(spec, time)), rng)
    orgs = [o for o in tree.orgs if o.org_type in BRANCH_TYPES]
    nb = len(orgs)
    town_ids = sorted({o.town for o in tree.orgs if o.town})
    town = np.array([town_ids.index(o.town) if o.town else -1 for o in orgs])
    sectors = np.array([o.sector for o in orgs])
    temporary = np.array([o.org_type == "temporary_branch" for o in orgs])
    size = _sizes(spec, rng, sectors, temporary)
    count = np.where(temporary, 0, _groups(spec, size))
    first = np.concatenate([[0], np.cumsum(count)[:-1]])
    owner = np.repeat(np.arange(nb), count)
    group_org = _add_groups(tree, orgs, owner, first)
    newest = int(time.starts[0]) - 70
    age = rng.gamma(2.2, 3300, nb).astype(int)
    minutes = np.where(
        np.isin(sectors, ["private_enterprise", "social_org", "park_building"]), 17 * 60, 14 * 60
    )
    minutes = np.where(rng.random(nb) < 0.3, 9 * 60, minutes) + rng.integers(0, 4, nb) * 15
    return Registry(
        tree,
        np.array([o.org_id for o in orgs]),
        np.array([o.parent for o in orgs]),
        town,
        sectors,
        size,
        temporary,
        first,
        count,
        group_org,
        owner,
        np.maximum(newest - age, day_number_1950()),
        *character(rng, time, town, len(town_ids)),
        minutes,
        rng.choice(np.array([5, 8, 10, 12, 15, 16, 18, 20, 22, 25, 26]), nb),
    )


def reorganised(spec: DistrictSpec, time: Timeline) -> int:
    """How many branches were founded, and how many merged: none in a window too short for both."""
    return spec.reorganised if time.closed > _MONTHS_OF_CHANGES else 0


def day_number_1950() -> int:
    """Day number of 1 July 1950: nothing in the synthetic district was founded earlier."""
    return -7123


def _add_groups(tree: Tree, orgs: list[Org], owner: Array, first: Array) -> Array:
    ids = []
    for number, branch in enumerate(owner):
        org, nth = orgs[int(branch)], "一二三四五六"[number - int(first[branch])]
        name = f"{org.name}第{nth}党小组"
        tree.orgs.append(
            Org(
                len(tree.orgs) + 1,
                name,
                f"第{nth}党小组",
                "party_group",
                org.org_id,
                org.sector,
                org.town,
                org.division,
            )
        )
        ids.append(len(tree.orgs))
    return np.array(ids, dtype=np.int64)


def _paths(orgs: list[Org]) -> tuple[list[str], Array]:
    paths: list[str] = []
    for org in orgs:
        paths.append(f"{paths[org.parent - 1] if org.parent else '/'}{org.org_id}/")
    return paths, np.array([p.count("/") - 2 for p in paths])


def write_registry(
    writer: RowSink,
    registry: Registry,
    time: Timeline,
    places: tuple[Array, Array],
    changes: Reorganisation = NOTHING,
) -> None:
    """Rows of ``divisions``, ``organizations``, ``organization_parent_history``."""
    born = (int(time.starts[0]) - 60) * DAY
    established, dissolved = _lifetimes(registry, changes)
    parent = np.array([o.parent or -1 for o in registry.tree.orgs])
    stamp = np.full(len(parent), born)
    _write_organisations(
        writer, registry.tree, time.stream("places"), places, (established, dissolved), stamp
    )
    _write_parents(writer, parent[1:], established[1:], dissolved[1:], stamp[1:])
    _write_divisions(writer, registry.tree, born)


def _lifetimes(registry: Registry, changes: Reorganisation) -> tuple[Array, Array]:
    """Day of founding and of dissolution (NULL_DAY for none) of every organisation."""
    n, (first, end) = len(registry.tree.orgs), changes.stands(registry.branches)
    established, dissolved = np.full(n, day_number_1950()), np.full(n, NULL_DAY)
    established[registry.branch_org - 1] = np.maximum(registry.established, first)
    dissolved[registry.branch_org - 1] = np.where(end < FAR_DAY, end, NULL_DAY)
    established[registry.group_org - 1] = registry.established[registry.group_branch]
    return established, dissolved


def _write_organisations(
    writer: RowSink,
    tree: Tree,
    rng: np.random.Generator,
    places: tuple[Array, Array],
    lifetimes: tuple[Array, Array],
    stamp: Array,
) -> None:
    orgs, (lng, lat) = tree.orgs, places
    paths, depth = _paths(orgs)
    ids = np.arange(1, len(orgs) + 1)
    group = np.array([o.org_type == "party_group" for o in orgs])
    writer.put(
        "organizations",
        {
            "org_id": ids,
            "org_code": _texts(f"{tree.spec.code}{i:06d}" for i in ids),
            "name": _texts(o.name for o in orgs),
            "short_name": _texts(o.short_name for o in orgs),
            "org_type": _texts(o.org_type for o in orgs),
            "parent_org_id": np.array([o.parent or -1 for o in orgs]),
            "path": _texts(paths),
            "depth": depth,
            "sector": _texts(o.sector for o in orgs),
            "division_id": np.array([o.division or -1 for o in orgs]),
            "town_id": np.array([o.town or -1 for o in orgs]),
            "address": _texts(_address(o) for o in orgs),
            "lng": np.where(group, np.nan, lng),
            "lat": np.where(group, np.nan, lat),
            "is_public": ~group & (rng.random(len(orgs)) < 0.35),
            "established_on": lifetimes[0],
            "dissolved_on": lifetimes[1],
            "joint_unit_count": np.array([o.joint_units for o in orgs]),
            "created_at": stamp,
        },
    )


def _address(org: Org) -> str | None:
    """A public office address; party groups have none, here and there a record lacks it."""
    if org.org_type == "party_group" or org.org_id % 37 == 0:
        return None
    return f"中心路{org.org_id * 7 % 480 + 1}号"


def _write_parents(
    writer: RowSink, parent: Array, established: Array, dissolved: Array, stamp: Array
) -> None:
    """Every organisation but the first has had one superior from its founding on."""
    rows = np.arange(2, len(parent) + 2)
    writer.put(
        "organization_parent_history",
        {
            "history_id": rows,
            "org_id": rows,
            "parent_org_id": parent,
            "valid_from": established,
            "valid_to": dissolved,
            "created_at": stamp,
        },
    )


def _write_divisions(writer: RowSink, tree: Tree, born: int) -> None:
    rows = tree.divisions
    writer.put(
        "divisions",
        {
            "division_id": np.array([d.division_id for d in rows]),
            "division_code": _texts(d.code for d in rows),
            "name": _texts(d.name for d in rows),
            "kind": _texts(d.kind for d in rows),
            "parent_division_id": np.array([d.parent or -1 for d in rows]),
            "center_lng": np.array([np.nan if d.lng is None else d.lng for d in rows]),
            "center_lat": np.array([np.nan if d.lat is None else d.lat for d in rows]),
            "created_at": np.full(len(rows), born),
        },
    )


def _texts(values: Iterable[str | None]) -> Array:
    return np.array(list(values), dtype=object)

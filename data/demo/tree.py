"""The tree of party organisations: 区委 → 党工委 and committees → 党委/党总支 → 支部, and its divisions."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from data.demo.spec import DistrictSpec, TownSpec
from data.demo.timeline import Array
from data.demo.unit_names import ShortNames, unit_names

BRANCH_TYPES = ("branch", "joint_branch", "temporary_branch")
_SUFFIX = {"party_committee": "党委", "general_branch": "党总支", "branch": "党支部"}
_TOWN_BODY_SECTORS = {"town": "village", "subdistrict": "community", "dev_zone": "park_building"}
_VILLAGE_BRANCHES = (
    "第一",
    "第二",
    "第三",
    "老年",
    "创业",
    "第四",
    "新村民",
    "第五",
    "第六",
    "流动",
    "第七",
    "第八",
)


@dataclass
class Division:
    """One row of ``divisions``; ``parent`` is a division id, 0 for the district."""

    division_id: int
    code: str
    name: str
    kind: str
    parent: int
    lng: float | None
    lat: float | None


@dataclass
class Org:
    """One organisation; ids are 1 … n in order of creation, ``town`` and ``division`` are 0 when unknown."""

    org_id: int
    name: str
    short_name: str
    org_type: str
    parent: int
    sector: str
    town: int
    division: int
    joint_units: int = -1


@dataclass
class Tree:
    """All organisations without party groups, parents before children."""

    spec: DistrictSpec
    rng: np.random.Generator
    orgs: list[Org] = field(default_factory=list)
    divisions: list[Division] = field(default_factory=list)
    short_names: ShortNames = field(default_factory=ShortNames)

    def add(
        self, name: str, short: str, org_type: str, parent: int, sector: str, town: int, division: int
    ) -> Org:
        """Append one organisation and return it."""
        org = Org(
            len(self.orgs) + 1,
            name,
            self.short_names.take(town, short),
            org_type,
            parent,
            sector,
            town,
            division,
        )
        self.orgs.append(org)
        return org

    def divide(
        self, code: str, name: str, kind: str, parent: int, lng: float | None, lat: float | None
    ) -> int:
        """Append one division and return its id."""
        self.divisions.append(Division(len(self.divisions) + 1, code, name, kind, parent, lng, lat))
        return len(self.divisions)


@dataclass
class Place:
    """A village or community waiting for its organisation."""

    name: str
    kind: str
    town: TownSpec
    town_id: int
    division: int
    town_org: int


def _split(rng: np.random.Generator, total: int, weights: Array) -> Array:
    """Whole numbers that add up to total, close to the weights."""
    exact = weights / weights.sum() * total
    counts = np.floor(exact + rng.uniform(-0.3, 0.3, len(weights))).clip(0).astype(int)
    order = np.argsort(-(exact - counts))
    while (gap := total - int(counts.sum())) != 0:
        step = order[: abs(gap)] if gap > 0 else order[::-1][: abs(gap)]
        step = step if gap > 0 else step[counts[step] > 0]
        counts[step] += 1 if gap > 0 else -1
    return np.asarray(counts)


def build_tree(spec: DistrictSpec, rng: np.random.Generator) -> Tree:
    """The whole tree with exactly the numbers of the specification."""
    tree = Tree(spec, rng)
    tree.divide(spec.code, spec.name, "district", 0, None, None)
    root = tree.add(f"中共{spec.name}委员会", f"{spec.name}委", "district_committee", 0, "government", 0, 1)
    places, towns = _towns(tree, root.org_id)
    units = [
        tree.add(f"中共{spec.name}{u.name}", u.short_name, u.org_type, root.org_id, u.sector, 0, 1)
        for u in spec.direct_units
    ]
    used = sum(o.org_type == "party_committee" for o in tree.orgs)
    committees = spec.committees - used
    per_place = _branches_per_place(spec, rng, places)
    with_container = np.argsort(-per_place, kind="stable")[: int((per_place >= 2).sum())]
    n_committees = min(committees // 2 + committees % 2, len(with_container))
    n_general = min(spec.general_branches, len(with_container) - n_committees)
    kinds = {int(i): "party_committee" for i in with_container[:n_committees]}
    kinds |= {int(i): "general_branch" for i in with_container[n_committees : n_committees + n_general]}
    for number, place in enumerate(places):
        _place_organisation(tree, place, int(per_place[number]), kinds.get(number, "branch"))
    rest = spec.branches - int(per_place.sum())
    _units(tree, towns, units, committees - n_committees, spec.general_branches - n_general, rest)
    _mark_special_branches(tree)
    return tree


def _towns(tree: Tree, root: int) -> tuple[list[Place], list[Org]]:
    places, orgs = [], []
    for town in tree.spec.towns:
        town_id = tree.divide(town.code, town.name, town.kind, 1, town.lng, town.lat)
        street = town.kind != "town"
        org = tree.add(
            f"中共{town.name}{'工作委员会' if street else '委员会'}",
            f"{town.name}{'党工委' if street else '党委'}",
            "working_committee" if street else "party_committee",
            root,
            _TOWN_BODY_SECTORS[town.kind],
            town_id,
            town_id,
        )
        orgs.append(org)
        for kind, names in (("village", town.villages), ("community", town.communities)):
            for n, name in enumerate(names):
                code = f"{town.code}{(200 if kind == 'village' else 1) + n:03d}"
                division = tree.divide(code, name, kind, town_id, None, None)
                places.append(Place(name, kind, town, town_id, division, org.org_id))
    return places, orgs


def _branches_per_place(spec: DistrictSpec, rng: np.random.Generator, places: list[Place]) -> Array:
    counts = np.zeros(len(places), dtype=int)
    for kind in ("village", "community"):
        mine = np.array([p.kind == kind for p in places])
        total = max(round(spec.sector_shares[kind] * spec.branches), int(mine.sum()))
        if mine.any():
            counts[mine] = 1 + _split(rng, total - int(mine.sum()), rng.lognormal(0, 0.45, int(mine.sum())))
    return counts


def _place_organisation(tree: Tree, place: Place, branches: int, kind: str) -> None:
    base = (
        place.name
        if place.name.endswith(("村", "社区"))
        else f"{place.name}{'村' if place.kind == 'village' else '社区'}"
    )
    where = (place.kind, place.town_id, place.division)
    if kind == "branch":
        for n in range(branches):
            nth = _VILLAGE_BRANCHES[n % 12] if branches > 1 else ""
            tree.add(
                f"{place.town.name}{base}{nth}党支部", f"{base}{nth}党支部", "branch", place.town_org, *where
            )
        return
    top = tree.add(
        f"{place.town.name}{base}{_SUFFIX[kind]}", f"{base}{_SUFFIX[kind]}", kind, place.town_org, *where
    )
    for n in range(branches):
        nth = _VILLAGE_BRANCHES[n % 12] + (str(n // 12 + 1) if n >= 12 else "")
        tree.add(f"{place.town.name}{base}{nth}党支部", f"{base}{nth}支部", "branch", top.org_id, *where)


def _units(
    tree: Tree, towns: list[Org], units: list[Org], committees: int, general: int, branches: int
) -> None:
    """Containers and branches of units below towns and direct units, exactly as many as are left."""
    spec, rng = tree.spec, tree.rng
    shared = [u for u in spec.direct_units if u.branches is None]
    branches -= _exact_units(tree, units)
    units = [org for org, u in zip(units, spec.direct_units, strict=True) if u.branches is None]
    parents = towns + units
    share = min(0.9, spec.sector_shares["direct"] * spec.branches / max(1, branches)) if units else 0.0
    weight = np.concatenate(
        [
            rng.lognormal(0, 0.35, len(towns)) * np.array([t.weight for t in spec.towns]),
            np.array([u.weight for u in shared], dtype=float),
        ]
    )
    weight[: len(towns)] *= (1 - share) / weight[: len(towns)].sum()
    if units:
        weight[len(towns) :] *= share / weight[len(towns) :].sum()
    containers: list[Org] = []
    for number, at in enumerate(rng.choice(len(parents), committees + general, p=weight / weight.sum())):
        kind = "party_committee" if number < committees else "general_branch"
        containers.append(_unit(tree, parents[int(at)], kind, number))
    hold = np.concatenate([np.full(committees, 6.0), np.full(general, 3.2)])
    inside = min(branches, round(float(hold.sum())))
    below = np.concatenate(
        [_split(rng, inside, hold) if len(hold) else np.zeros(0, int), _split(rng, branches - inside, weight)]
    )
    for number, (parent, count) in enumerate(zip(containers + parents, below, strict=True)):
        for n in range(int(count)):
            _unit(tree, parent, "branch", number * 31 + n, nested=number < len(containers))


def _exact_units(tree: Tree, units: list[Org]) -> int:
    """Branches of the direct units whose number is given; returns how many these are."""
    for unit, spec in zip(units, tree.spec.direct_units, strict=True):
        for n in range(spec.branches or 0):
            _unit(tree, unit, "branch", n)
    return sum(u.branches or 0 for u in tree.spec.direct_units)


def _unit(tree: Tree, parent: Org, kind: str, number: int, *, nested: bool = False) -> Org:
    # A town's own body is the only organisation of a town directly below the district committee.
    in_town = parent.town > 0 and parent.parent == 1
    shares = tree.spec.town_sectors
    sector = str(tree.rng.choice(list(shares), p=list(shares.values()))) if in_town else parent.sector
    if nested:
        stem = parent.short_name.replace("党委", "").replace("党总支", "")
        nth = "一二三四五六七八九十"[number % 31 % 10] + ("" if number % 31 < 10 else "组")
        short = f"{stem[:6]}{nth}支部"
        return tree.add(
            f"{stem}第{nth}党支部", short, "branch", parent.org_id, sector, parent.town, parent.division
        )
    name = next(unit_names(sector, number * 3 + parent.org_id * 5))
    suffix = _SUFFIX[kind]
    return tree.add(
        f"{name}{suffix}", f"{name}{suffix}", kind, parent.org_id, sector, parent.town, parent.division
    )


def _mark_special_branches(tree: Tree) -> None:
    """Turn a few small unit branches into joint and temporary branches."""
    free = [
        o
        for o in tree.orgs
        if o.org_type == "branch" and o.sector in ("private_enterprise", "social_org", "park_building")
    ]
    n_joint, n_temporary = len(free) // 6, max(1, len(tree.orgs) // 330)
    picked = tree.rng.permutation(len(free))[: n_joint + n_temporary]
    for at, number in enumerate(picked):
        org = free[int(number)]
        org.org_type = "joint_branch" if at < n_joint else "temporary_branch"
        org.joint_units = int(tree.rng.integers(2, 6)) if at < n_joint else -1
        word = "联合" if at < n_joint else "临时"
        org.name = org.name.replace("党支部", f"{word}党支部")

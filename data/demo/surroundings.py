"""What surrounds the branches: venues, accounts, source systems, month closings."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from data.contract import ACTIVITY_TYPES
from data.demo.bulk import RowSink, coded
from data.demo.spec import DistrictSpec
from data.demo.timeline import DAY, Array
from data.demo.world import World

_VENUE_WORDS = {
    "service_center": "党群服务中心",
    "activity_room": "党员活动室",
    "micro_position": "两微阵地",
    "open_life_base": "开放式组织生活基地",
    "education_base": "党性教育基地",
    "rural_school": "乡村振兴学堂",
    "live_classroom": "实景课堂",
    "delegate_studio": "党代表工作室",
    "online_position": "网上阵地",
}


def write_types(writer: RowSink, begin: int) -> None:
    """Rows of ``activity_types``."""
    n = len(ACTIVITY_TYPES)
    writer.put(
        "activity_types",
        {
            "activity_type": pa.array([t.code for t in ACTIVITY_TYPES]),
            "name_zh": pa.array([t.name_zh for t in ACTIVITY_TYPES]),
            "is_life": np.array([t.is_life for t in ACTIVITY_TYPES]),
            "is_study": np.array([t.is_study for t in ACTIVITY_TYPES]),
            "eight_x_no": np.array([t.eight_x_no or -1 for t in ACTIVITY_TYPES]),
            "sort_no": np.arange(1, n + 1),
            "created_at": np.full(n, begin),
        },
    )


def write_systems(world: World) -> None:
    """Rows of ``source_systems``, ``month_closings`` and ``admin_accounts``."""
    begin = (int(world.time.starts[0]) - 60) * DAY
    _write_sources(world, begin)
    _write_closings(world)
    _write_main_accounts(world, begin)


def _write_sources(world: World, begin: int) -> None:
    systems = world.registry.tree.spec.systems
    seen = world.time.now_s - np.array([60, 240, 900, 1800, 7200])
    world.writer.put(
        "source_systems",
        {
            "source_system_id": np.arange(1, len(systems) + 1),
            "code": pa.array([s[0] for s in systems]),
            "name": pa.array([s[1] for s in systems]),
            "last_sync_at": seen,
            "created_at": np.full(len(systems), begin),
            "updated_at": seen,
        },
    )


def _write_closings(world: World) -> None:
    """Every closed month is frozen on the first and published on the fifth day after it."""
    time = world.time
    frozen = time.starts[1 : len(time.months)] * DAY
    published = frozen + 4 * DAY + 9 * 3600
    out = published < time.now_s
    world.writer.put(
        "month_closings",
        {
            "closing_id": np.arange(1, len(frozen) + 1),
            "period_month": coded(np.arange(len(frozen)), time.months),
            "version_no": np.ones(len(frozen), int),
            "frozen_at": frozen,
            "published_at": np.where(out, published, -1),
            "status": coded(out.astype(int), ("frozen", "published")),
            "created_at": frozen,
            "updated_at": np.where(out, published, frozen),
        },
    )


def _write_main_accounts(world: World, begin: int) -> None:
    """One account per organisation with the organisation's key; that of a merged branch is closed."""
    registry, changes = world.registry, world.changes
    orgs = np.array([o.org_id for o in registry.tree.orgs if o.org_type != "party_group"])
    user = np.full(len(registry.tree.orgs) + 1, -1)
    user[registry.branch_org] = world.offices.secretary + 1
    world.writer.put(
        "admin_accounts",
        {
            "account_id": orgs,
            "org_id": orgs,
            "account_kind": coded(np.zeros(len(orgs), int), ("main",)),
            "module_scope": coded(np.zeros(len(orgs), int), ('["info","study","manage"]',)),
            "member_id": user[orgs],
            "is_enabled": ~np.isin(orgs, registry.branch_org[changes.branch[~changes.founded]]),
            "created_at": np.full(len(orgs), begin),
        },
    )


def write_venues(world: World, lng: Array, lat: Array) -> Array:
    """Rows of ``venues``: a service centre per village and working committee, rooms, small positions and bases.

    Returns the venue each branch meets in, by branch index: its own, or that of the nearest organisation above.
    """
    rng, registry, time = world.time.stream("venues"), world.registry, world.time
    places = venue_places(world)
    halls = registry.tree.spec.halls
    names = [_venue_name(registry.tree.orgs[o - 1].short_name, k) for o, k in places] + [
        h.name for h in halls
    ]
    places += [(1, "smart_center")] * len(halls)
    owner = np.array([p[0] for p in places])
    kinds, n = [p[1] for p in places], len(places)
    open_day = int(time.starts[0]) - rng.integers(30, 2400, n)
    area = np.round(rng.gamma(4.0, 40.0, n), 1)
    area[n - len(halls) :] = [h.area_sqm for h in halls]
    ids = world.ids.take("venues", n)
    world.writer.put(
        "venues",
        {
            "venue_id": ids,
            "name": pa.array(names),
            "venue_kind": pa.array(kinds),
            "org_id": owner,
            "division_id": np.array([registry.tree.orgs[o - 1].division or -1 for o in owner]),
            "lng": np.round(lng[owner - 1] + rng.normal(0, 0.0004, n), 6),
            "lat": np.round(lat[owner - 1] + rng.normal(0, 0.0004, n), 6),
            "area_sqm": area,
            "opened_on": open_day,
            "is_public": np.isin(kinds, ["service_center", "education_base", "smart_center"]),
            "created_at": np.maximum(open_day, int(time.starts[0]) - 30) * DAY,
        },
    )
    return _meeting_places(world, dict(zip(owner.tolist(), ids.tolist(), strict=True)))


def venue_places(world: World) -> list[tuple[int, str]]:
    """Owner and kind of every venue but the district's own halls, in the order of their keys 1, 2, 3 …"""
    registry, rng = world.registry, world.time.stream("venue-places")
    places: list[tuple[int, str]] = []
    seen: set[int] = set()
    for org in registry.tree.orgs:
        if (
            org.sector in ("village", "community")
            and org.division > 1
            and org.division not in seen
            and org.parent > 1
        ):
            seen.add(org.division)
            places.append((org.org_id, "service_center"))
        elif org.org_type in ("party_committee", "general_branch"):
            places.append((org.org_id, "activity_room"))
        elif org.org_type == "working_committee":
            places.append((org.org_id, "service_center"))
    local = registry.branch_org[np.isin(registry.sector, ("village", "community"))]
    for kind, count in _venue_counts(registry.tree.spec).items():
        rural = kind in ("rural_school", "live_classroom") and len(local)
        owners = rng.choice(local if rural else registry.branch_org, count)
        places += [(int(org_id), kind) for org_id in owners]
    return places


def _venue_counts(spec: DistrictSpec) -> dict[str, int]:
    """Venues of branches by kind: as published, else in proportion to the district's branches."""
    share, figures = spec.branches / 2300, spec.figures

    def of(published: int | None, usual: int) -> int:
        return max(1, round(usual * share)) if published is None else published

    return {
        "activity_room": of(None, 300),
        "micro_position": of(figures.micro_positions, 150),
        "open_life_base": of(None, 32),
        "education_base": of(figures.education_bases, 18),
        "rural_school": of(figures.rural_schools, 12),
        "live_classroom": of(figures.live_classrooms, 16),
        "delegate_studio": of(None, 20),
        "online_position": of(None, 24),
    }


def _venue_name(owner: str, kind: str) -> str:
    stem = owner.replace("党支部", "").replace("党总支", "").removesuffix("支部")
    return f"{stem}{_VENUE_WORDS[kind]}"


def _meeting_places(world: World, venue_of: Mapping[int, int]) -> Array:
    orgs, found = world.registry.tree.orgs, []
    for branch in world.registry.branch_org.tolist():
        org = branch
        while org not in venue_of and orgs[org - 1].parent > 0:
            org = orgs[org - 1].parent
        found.append(venue_of.get(org, -1))
    return np.array(found)

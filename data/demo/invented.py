"""A district nobody published anything about: a specification from the seats of its towns, all else invented."""

from __future__ import annotations

from collections.abc import Sequence

from data.demo.direct_units import usual_units, working_committees
from data.demo.spec import DistrictSpec, TownSpec
from data.demo.town_specs import with_invented_places

_VILLAGES = ("王李张刘陈杨赵黄周吴徐孙胡朱高林", "家庄村桥塘岗湾坝坪洼渡店寨坡堰埠")
_COMMUNITIES = ("和平安康新兴文昌福瑞祥泰丰", "园苑湖景城华源府庭江山")
VILLAGES_PER_TOWN, COMMUNITIES_PER_TOWN = 8, 4
BRANCHES_PER_TOWN, MEMBERS_PER_BRANCH = 60, 20

# Town, longitude, latitude of its seat.
Seat = tuple[str, float, float]


def invented_spec(code: str, name: str, level: str, seats: Sequence[Seat]) -> DistrictSpec:
    """A district of ordinary make with these towns; ``level`` is 区 or 市. ValueError without a town."""
    if not seats:
        raise ValueError("a district needs at least one town")
    plain = tuple(
        TownSpec(f"{code}{number:03d}", town, _kind(town), lng, lat)
        for number, (town, lng, lat) in enumerate(seats, 1)
    )
    counts = {town.name: (VILLAGES_PER_TOWN, COMMUNITIES_PER_TOWN) for town in plain}
    towns = with_invented_places(plain, counts, _VILLAGES, _COMMUNITIES)
    units = (*working_committees(level, organs=5.0, two_new=5.0), *usual_units(level))
    second = sum(t.kind != "subdistrict" for t in towns) + sum(u.org_type == "party_committee" for u in units)
    branches = BRANCHES_PER_TOWN * len(towns) + 10 * len(units)
    return DistrictSpec(
        code=code,
        name=name,
        towns=towns,
        direct_units=units,
        committees=second + max(2, branches // 40),
        general_branches=max(3, branches // 12),
        branches=branches,
        groups=branches // 2,
        members=MEMBERS_PER_BRANCH * branches,
    )


def _kind(town: str) -> str:
    if town.endswith("街道"):
        return "subdistrict"
    return "dev_zone" if town.endswith(("开发区", "园区", "新区")) else "town"

"""海曙 as a specification: real town, village and community names, invented units, the published totals."""

from __future__ import annotations

import csv
from importlib import resources

from data.demo.spec import DirectUnit, DistrictSpec, TownSpec

_COMMITTEE = "party_committee"

# The first two are 派出机关 and do not count as grassroots; with the towns they make the 45 second-level bodies.
DIRECT_UNITS = (
    DirectUnit("区直属机关工作委员会", "区直机关工委", "working_committee", "government", 6.0),
    DirectUnit("两新组织工作委员会", "两新工委", "working_committee", "private_enterprise", 5.0),
    DirectUnit("教育局委员会", "区教育党委", _COMMITTEE, "school", 8.0),
    DirectUnit("卫生健康局委员会", "区卫健党委", _COMMITTEE, "hospital", 5.0),
    DirectUnit("国有资产管理委员会", "区国资党委", _COMMITTEE, "soe", 3.0),
    DirectUnit("公安分局委员会", "区公安党委", _COMMITTEE, "government", 4.0),
    DirectUnit("住房和建设系统委员会", "区住建党委", _COMMITTEE, "institution", 2.0),
    DirectUnit("综合行政执法系统委员会", "区执法党委", _COMMITTEE, "government", 2.0),
    DirectUnit("民政系统委员会", "区民政党委", _COMMITTEE, "institution", 1.2),
    DirectUnit("交通运输系统委员会", "区交通党委", _COMMITTEE, "institution", 1.5),
    DirectUnit("农业农村系统委员会", "区农业党委", _COMMITTEE, "institution", 1.5),
    DirectUnit("水利系统委员会", "区水利党委", _COMMITTEE, "institution", 1.0),
    DirectUnit("文化旅游系统委员会", "区文旅党委", _COMMITTEE, "institution", 1.2),
    DirectUnit("市场监管系统委员会", "区市监党委", _COMMITTEE, "government", 2.0),
    DirectUnit("税务系统委员会", "区税务党委", _COMMITTEE, "government", 1.5),
    DirectUnit("法院系统委员会", "区法院党委", _COMMITTEE, "government", 1.2),
    DirectUnit("检察系统委员会", "区检察党委", _COMMITTEE, "government", 0.8),
    DirectUnit("人力社保系统委员会", "区人社党委", _COMMITTEE, "government", 1.2),
    DirectUnit("商务系统委员会", "区商务党委", _COMMITTEE, "soe", 1.2),
    DirectUnit("供销合作系统委员会", "区供销党委", _COMMITTEE, "soe", 1.0),
    DirectUnit("城建投资系统委员会", "区城投党委", _COMMITTEE, "soe", 2.0),
    DirectUnit("公共事业系统委员会", "区公用党委", _COMMITTEE, "soe", 1.5),
    DirectUnit("粮食储备系统委员会", "区粮储党委", _COMMITTEE, "soe", 0.6),
    DirectUnit("楼宇商圈综合委员会", "楼宇商圈党委", _COMMITTEE, "park_building", 3.0),
    DirectUnit("物业行业综合委员会", "物业行业党委", _COMMITTEE, "social_org", 1.2),
    DirectUnit("律师行业综合委员会", "律师行业党委", _COMMITTEE, "social_org", 1.0),
    DirectUnit("社会组织综合委员会", "社会组织党委", _COMMITTEE, "social_org", 2.0),
    DirectUnit("离退休干部工作委员会", "离退休干部党委", _COMMITTEE, "other", 2.0),
)

_KINDS = {"街道": "subdistrict", "镇": "town", "乡": "town", "开发区": "dev_zone"}


def _rows(name: str) -> list[dict[str, str]]:
    with resources.files("geo").joinpath("places", name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def haishu_towns(code: str = "330203") -> tuple[TownSpec, ...]:
    """The 17 towns in official order, each with its villages and communities (167 + 103 in all)."""
    places = _rows(f"villages_{code}.csv")

    def named(town: str, community: bool) -> tuple[str, ...]:
        return tuple(p["village"] for p in places if p["town"] == town and (p["kind"] == "社区") == community)

    return tuple(
        TownSpec(
            t["town_code"],
            t["town"],
            _KINDS[t["kind"]],
            float(t["lng"]),
            float(t["lat"]),
            named(t["town"], False),
            named(t["town"], True),
        )
        for t in _rows("towns.csv")
        if t["district_code"] == code
    )


def haishu_spec() -> DistrictSpec:
    """The published 海曙: 2,654 基层党组织 and 47,411 党员 (118 + 236 + 2,300 is our split)."""
    return DistrictSpec(
        code="330203",
        name="海曙区",
        towns=haishu_towns(),
        direct_units=DIRECT_UNITS,
        committees=118,
        general_branches=236,
        branches=2300,
        groups=1300,
        members=47411,
    )

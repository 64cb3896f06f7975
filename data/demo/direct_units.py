"""Second-level bodies directly under a district committee that every district has in some form."""

from __future__ import annotations

from collections.abc import Iterable

from data.demo.spec import DirectUnit

# Stem, short stem, sector, weight; the short name is prefixed with 区 or 市.
_USUAL = (
    ("教育局", "教育", "school", 8.0),
    ("卫生健康局", "卫健", "hospital", 5.0),
    ("国有资产管理", "国资", "soe", 3.0),
    ("公安", "公安", "government", 4.0),
    ("住房和建设系统", "住建", "institution", 2.0),
    ("综合行政执法系统", "执法", "government", 2.0),
    ("交通运输系统", "交通", "institution", 1.8),
    ("农业农村系统", "农业", "institution", 1.8),
    ("水利系统", "水利", "institution", 1.2),
    ("文化旅游系统", "文旅", "institution", 1.2),
    ("市场监管系统", "市监", "government", 2.0),
    ("税务系统", "税务", "government", 1.5),
    ("法院系统", "法院", "government", 1.2),
    ("检察系统", "检察", "government", 0.8),
    ("人力社保系统", "人社", "government", 1.2),
    ("城建投资系统", "城投", "soe", 2.0),
    ("公共事业系统", "公用", "soe", 1.5),
    ("供销合作系统", "供销", "soe", 1.0),
)


def usual_units(prefix: str, *, without: Iterable[str] = ()) -> tuple[DirectUnit, ...]:
    """The usual committees of bureaus and systems; ``prefix`` is 区 or 市, ``without`` names short stems."""
    left_out = set(without)
    bureau = "公安局" if prefix == "市" else "公安分局"
    return tuple(
        DirectUnit(
            f"{bureau if stem == '公安' else stem}委员会",
            f"{prefix}{short}党委",
            "party_committee",
            sector,
            weight,
        )
        for stem, short, sector, weight in _USUAL
        if short not in left_out
    )


def working_committees(prefix: str, *, organs: float, two_new: float) -> tuple[DirectUnit, ...]:
    """The two 派出机关 every district has: for its own organs and for 两新组织."""
    kind = "working_committee"
    return (
        DirectUnit(f"{prefix}直属机关工作委员会", f"{prefix}直机关工委", kind, "government", organs),
        DirectUnit("两新组织工作委员会", "两新工委", kind, "private_enterprise", two_new),
    )


def committee(name: str, short_name: str, sector: str, weight: float) -> DirectUnit:
    """A committee only this district has."""
    return DirectUnit(f"{name}委员会", short_name, "party_committee", sector, weight)

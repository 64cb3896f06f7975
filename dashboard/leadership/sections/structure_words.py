"""How an organisation and its setting are said in words."""

from __future__ import annotations

from dashboard.formats import integer
from data.queries.leadership.structure import Breach, Unit
from data.readmodel.scoped import Place

TYPES = {
    "district_committee": "区委",
    "party_committee": "党委",
    "working_committee": "党工委",
    "general_branch": "党总支",
    "branch": "党支部",
    "joint_branch": "联合党支部",
    "temporary_branch": "临时党支部",
    "party_group": "党小组",
}
# Article 4 and 5 of the branch rules; lines of jn_w15.
BREACHES: dict[Breach, str] = {
    "too_small": "正式党员不足3名",
    "too_large": "党员超过50名",
    "no_committee": "应设未设支委会",
    "too_many_units": "联建超过5个单位",
    "general_too_large": "总支党员超过100名",
}


def kind_of(place: Place) -> str:
    """党支部; empty for a type nobody knows."""
    return TYPES.get(place.org_type, "")


def short_of(place: Place) -> str:
    """高桥镇 for 高桥镇党委, where room is short."""
    name = place.short_name
    for ending in ("党工委", "党委", "党总支", "党支部", "区委"):
        name = name.removesuffix(ending) or name
    return name


def secretary_words(unit: Unit) -> str:
    """在任 or 空缺 47 天; empty where nothing is known."""
    if unit.has_secretary is None:
        return ""
    if unit.has_secretary:
        return "在任"
    return f"空缺 {integer(unit.vacancy_days)} 天" if unit.vacancy_days is not None else "空缺"


def term_words(unit: Unit) -> str:
    """已届满 12 天 or 剩 90 天; empty without a term."""
    if unit.term_days is None:
        return ""
    return (
        f"届满 {integer(-unit.term_days)} 天"
        if unit.term_days < 0
        else f"任期剩 {integer(unit.term_days)} 天"
    )


def unit_words(unit: Unit) -> str:
    """Everything about one organisation in a line."""
    words = [
        kind_of(unit.place),
        f"党员 {integer(unit.members)} 名" if unit.members is not None else "",
        f"支部 {integer(unit.branches)} 个" if unit.branches is not None else "",
        term_words(unit),
        "" if unit.has_secretary is not False else f"书记{secretary_words(unit)}",
        *(BREACHES[name] for name in unit.breaches),
    ]
    return "，".join(word for word in words if word)

"""Which resources a prescription recommends to a branch ({res}), by topic, use and distance (indicators.md §12)."""

from __future__ import annotations

from math import cos, hypot, radians

from data.projection.resource_library import Base, Library, Resource

AT_MOST = 2
STUDY = ("party_building", "current_affairs", "party_history")
_DISCIPLINE = ("unqualified", "red_members", "discipline")
_DEGREE_KM = 111.32


def resources_words(
    library: Library, indicator: str, org_id: int, sector: str, place: tuple[float, float] | None
) -> str | None:
    """“A”、“B”，就近现场教学点“C”; None when nothing fits and no base has a place."""
    titles = [f"“{one.title}”" for one in fitting(library, indicator, org_id, sector)]
    base = nearest(library.bases, place)
    if base is not None:
        titles.append(f"就近现场教学点“{base.name}”")
    return "、".join(titles) or None


def fitting(library: Library, indicator: str, org_id: int, sector: str) -> list[Resource]:
    """At most two resources of the topic that the branch did not use lately, least used first."""
    topics = topics_of(indicator, sector)
    free = [
        one
        for one in library.resources
        if one.topic in topics and (org_id, one.resource_id) not in library.booked
    ]
    return sorted(free, key=lambda one: (one.uses, one.resource_id))[:AT_MOST]


def topics_of(indicator: str, sector: str) -> tuple[str, ...]:
    """Topics of the library that help with an indicator; a village also learns what serves the countryside."""
    if any(word in indicator for word in _DISCIPLINE):
        return ("discipline",)
    return (*STUDY, "rural") if sector == "village" else STUDY


def nearest(bases: tuple[Base, ...], place: tuple[float, float] | None) -> Base | None:
    """The base nearest to a place (degrees); None without a place or a base."""
    if place is None or not bases:
        return None
    lng, lat = place

    def distance(base: Base) -> float:
        return hypot((base.lng - lng) * cos(radians(lat)), base.lat - lat) * _DEGREE_KM

    return min(bases, key=distance)

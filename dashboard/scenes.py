"""The scenes of the wall: which panels stand together, and where."""

from __future__ import annotations

from dashboard.grid import Slot
from dashboard.panels import BY_SLUG

OVERVIEW = (
    "key-figures-left",
    "key-figures-right",
    "organisation",
    "members",
    "monthly-operation",
    "ranking",
    "district-map",
    "map-focus",
    "time-axis",
    "warning-feed",
    "diagnosis",
)


def slots(slugs: tuple[str, ...] = OVERVIEW) -> tuple[Slot, ...]:
    """These panels at their standard places."""
    return tuple(Slot(slug, BY_SLUG[slug].place, BY_SLUG[slug].head) for slug in slugs)

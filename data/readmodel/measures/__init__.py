"""The measures: what the projection counts per branch and month, and how each adds up.

A ``flow`` adds up over months and over branches, a ``state`` is taken at the end of the month and adds
up over branches only, a ``mark`` belongs to one branch (days, 0/1 facts) and is never added up, a
``current`` has no history in the source and exists in the open month only (NULL in every other month).
"""

from __future__ import annotations

from data.readmodel.measures import (
    members,
    organisation_life,
    organisation_quality,
    organisation_setup,
    platform_use,
)
from data.readmodel.measures.kinds import Kind, Measure

__all__ = ["ADDITIVE", "FAMILIES", "MEASURES", "Kind", "Measure", "of_family"]

_MODULES = (organisation_life, members, organisation_setup, organisation_quality, platform_use)

MEASURES: tuple[Measure, ...] = tuple(measure for module in _MODULES for measure in module.MEASURES)
ADDITIVE = tuple(measure.name for measure in MEASURES if measure.kind != "mark")
FAMILIES = tuple(dict.fromkeys(measure.family for measure in MEASURES))


def of_family(family: str) -> tuple[str, ...]:
    """Names of the measures one family of tables produces, in catalogue order."""
    return tuple(measure.name for measure in MEASURES if measure.family == family)

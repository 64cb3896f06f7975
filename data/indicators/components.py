"""The components a radar axis may name beside indicators: scores 0-100 per branch and month, NaN where na."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from data.indicators.result import ratio
from data.indicators.setting import Setting
from data.indicators.timeline import Array

Component = Callable[[Setting], Array]

EIGHT_X = (
    "hs_b_member_assembly",
    "hs_b_committee_meeting",
    "hs_b_group_meeting",
    "hs_b_party_lecture",
    "hs_b_theme_party_day",
    "hs_b_life_meeting",
    "hs_b_appraisal",
)
# A branch with this many full members needs a committee of three (R12).
FULL_FOR_COMMITTEE = 7


def mean_of(scores: list[Array]) -> Array:
    """Mean of what is not na; NaN where nothing is left (a gap, not 0)."""
    stacked = np.stack(scores)
    known = (~np.isnan(stacked)).sum(axis=0)
    return ratio(np.nansum(stacked, axis=0), known.astype(float))


def _leadership(at: Setting) -> Array:
    """100 with a secretary and the committee the size asks for, 50 with the secretary alone, else 0."""
    enough = (at.cube["full_members"] < FULL_FOR_COMMITTEE) | (at.cube["committee_size"] >= 3)
    return np.where(at.cube["has_secretary"] > 0, np.where(enough, 100.0, 50.0), 0.0)


def _eight_x(at: Setting) -> Array:
    """Done of the fixed institutions that are due, items that are na left out (jn_eight_x_rate × 100)."""
    return mean_of([at.result(name).score for name in EIGHT_X])


def _volunteer(at: Setting) -> Array:
    """Hours per member over three months against the district average (S2)."""
    per_head = ratio(at.timeline.last(at.cube["volunteer_hours"], 3), at.cube["members"])
    return 100 * np.minimum(1, ratio(per_head, at.district_average(per_head)))


def _venue_use(at: Setting) -> Array:
    """Share of the activities of three months that took place at a venue."""
    last = at.timeline.last
    return 100 * ratio(last(at.cube["activities_at_venue"], 3), last(at.cube["activities"], 3))


def _posts(at: Setting) -> Array:
    """Three posts in three months are enough."""
    return 100 * np.minimum(1, at.timeline.last(at.cube["posts"], 3) / 3)


def _openness(at: Setting) -> Array:
    """One disclosure in three months."""
    return 100 * np.minimum(1, at.timeline.last(at.cube["disclosures"], 3))


def _ledger(at: Setting) -> Array:
    """Share of the last three months with a ledger line."""
    booked = (at.cube["ledger_entries"] > 0).astype(float)
    return 100 * np.minimum(1, at.timeline.last(booked, 3) / 3)


def _rectification(at: Setting) -> Array:
    """Warnings of the last three months that are rectified or closed; na without a warning."""
    last = at.timeline.last
    return 100 * ratio(last(at.cube["warnings_rectified"], 3), last(at.cube["warnings_raised"], 3))


# Component → its formula and the families it counts from.
COMPONENTS: Mapping[str, tuple[Component, tuple[str, ...]]] = {
    "leadership": (_leadership, ("terms", "members")),
    "eight_x": (_eight_x, ()),
    "volunteer": (_volunteer, ("service", "members")),
    "venue_use": (_venue_use, ("activities",)),
    "posts": (_posts, ("posts",)),
    "openness": (_openness, ("posts",)),
    "ledger": (_ledger, ("ledger",)),
    "rectification": (_rectification, ("warnings",)),
}


def component_score(at: Setting, name: str) -> Array:
    """Scores 0-100 of one component; NaN everywhere when a family it counts from is not connected, never 0."""
    formula, families = COMPONENTS[name]
    return np.where(at.no_feed(*families), np.nan, formula(at))

"""The components a radar axis may name beside indicators: scores 0-100 per branch and month, NaN where na."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from data.clock import cutoff, first_day
from data.indicators.result import ratio
from data.indicators.setting import Setting
from data.indicators.timeline import Array

Component = Callable[[Setting], Array]

# A quarter of a component is the three months that end with the column: no dip when a quarter begins.
QUARTER = 3
# Class hours a secretary owes in a year (R26).
SECRETARY_HOURS = 56


def mean_of(scores: list[Array]) -> Array:
    """Mean of what is not na; NaN where nothing is left (a gap, not 0)."""
    stacked = np.stack(scores)
    known = (~np.isnan(stacked)).sum(axis=0)
    return ratio(np.nansum(stacked, axis=0), known.astype(float))


def _venue_use(at: Setting) -> Array:
    """Share of the activities of three months that took place at a venue."""
    last = at.timeline.last
    return 100 * ratio(last(at.cube["activities_at_venue"], QUARTER), last(at.cube["activities"], QUARTER))


def _per_month(at: Setting, done: Array) -> Array:
    """Done of one each month, over those of three months in which the branch was evaluated."""
    months = at.timeline.last(at.cube["eligible"], QUARTER)
    return 100 * np.minimum(1, ratio(at.timeline.last(done * at.cube["eligible"], QUARTER), months))


def _posts(at: Setting) -> Array:
    """A post a month is enough, whichever month it is in."""
    return _per_month(at, at.cube["posts"])


def _ledger(at: Setting) -> Array:
    """Share of months with a ledger line."""
    return _per_month(at, (at.cube["ledger_entries"] > 0).astype(float))


def _logins(at: Setting) -> Array:
    """Share of the full weeks of three months with at least two logins."""
    weeks = at.cube["eligible"] * np.array([_sundays(month) for month in at.cube.months], dtype=float)
    met = at.timeline.last(at.cube["login_weeks"] * at.cube["eligible"], QUARTER)
    return 100 * np.minimum(1, ratio(met, at.timeline.last(weeks, QUARTER)))


def _sundays(month: str) -> int:
    """Sundays of a month: the weeks that end in it."""
    first, following = first_day(month), cutoff(month).date()
    # Day 7 of the calendar was a Sunday, so the quotient counts the Sundays up to a day.
    return (following.toordinal() - 1) // 7 - (first.toordinal() - 1) // 7


def _secretary_study(at: Setting) -> Array:
    """Class hours of the secretary against 56 a year, pro rata; na in a year that began before the data."""
    hours = np.full(at.shape, np.nan)
    for j, number in enumerate(at.timeline.number):
        january = j - int(number) + 1
        if january >= 0:
            hours[:, j] = at.cube["secretary_hours"][:, january : j + 1].sum(axis=1)
    return 100 * np.minimum(1, hours / (SECRETARY_HOURS * at.timeline.number / 12))


# Component → its formula and the families it counts from.
COMPONENTS: Mapping[str, tuple[Component, tuple[str, ...]]] = {
    "venue_use": (_venue_use, ("activities",)),
    "posts": (_posts, ("posts",)),
    "logins": (_logins, ("logins",)),
    "ledger": (_ledger, ("ledger",)),
    "secretary_study": (_secretary_study, ("secretaries",)),
}


def component_score(at: Setting, name: str) -> Array:
    """Scores 0-100 of one component; NaN everywhere when a family it counts from is not connected, never 0."""
    formula, families = COMPONENTS[name]
    return np.where(at.no_feed(*families), np.nan, formula(at))

"""Tallies and listings: what screens show beside the measures of branches, read whole whenever its tables change.

A tally is one additive number per (month, town, key), a listing a short list of texts; public places have a table
of their own. Each must stay cheap at
full size: bounded by a window of dates with an index, or by a small table. The keys of each stand in the docstring
of its module; a town's rows stand beside the district's (town 0), which also counts what belongs to no town.
"""

from __future__ import annotations

from data.projection.tallies import (
    activities,
    appraisals,
    birthdays,
    cadres,
    contact,
    development,
    inspections,
    ledger,
    library,
    members,
    mobile_school,
    news,
    organisations,
    platform,
    public_places,
    public_texts,
    reminders,
    step_names,
    study,
    transfers,
    work,
)
from data.projection.tallies.kinds import Listing, Places, Tally
from data.projection.tallies.newest import NEWEST_ACTIVITIES, NEWEST_POSTS

_MODULES = (
    organisations,
    members,
    activities,
    appraisals,
    birthdays,
    development,
    transfers,
    contact,
    cadres,
    library,
    inspections,
    platform,
    mobile_school,
    study,
    reminders,
    work,
    ledger,
)

TALLIES: tuple[Tally, ...] = tuple(tally for module in _MODULES for tally in module.TALLIES)

LISTINGS: tuple[Listing, ...] = (
    NEWEST_ACTIVITIES,
    NEWEST_POSTS,
    *news.LISTINGS,
    *step_names.LISTINGS,
    *inspections.LISTINGS,
    *public_texts.LISTINGS,
)

PLACES: tuple[Places, ...] = (public_places.PLACES,)

"""Tallies and listings: what screens show beside the measures of branches, read whole whenever its tables change.

A tally is one additive number per (month, town, key), a listing a short list of texts. Each must stay cheap at
full size: bounded by a window of dates with an index, or by a small table.
"""

from __future__ import annotations

from data.projection.tallies.kinds import Listing, Tally

TALLIES: tuple[Tally, ...] = ()

LISTINGS: tuple[Listing, ...] = ()

"""What has happened today in a district or one of its towns: activities, sign-ins, posts, transfers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from data.readmodel.scoped import Place, ScopedReader

_KINDS = 40


@dataclass(frozen=True)
class Today:
    """Counts of the day the data reaches to; ``transfers`` only the district counts by day."""

    on: date
    activities: float
    signins: float
    posts: float
    transfers: float | None


def load(reader: ScopedReader, place: Place) -> Today | None:
    """Of the district, or of the town of a committee directly below it; None elsewhere, and without any count."""
    if place.depth > 1 or (place.depth == 1 and place.town_id is None):
        return None
    t, town = reader.tallies.c, place.town_id if place.depth else 0
    query = sa.select(t.key, t.value).where(t.tally == "today", t.period_month == "", t.town_id == town)
    counts: Mapping[str, float] = {row.key: row.value for row in reader.rows(query.limit(_KINDS))}
    if not counts:
        return None
    version = reader.version
    return Today(
        on=(version.as_of or version.published_at).date(),
        activities=counts.get("activities", 0.0),
        signins=sum(value for key, value in counts.items() if key.startswith("signins|")),
        posts=counts.get("posts", 0.0),
        transfers=None if place.depth else counts.get("transfers", 0.0),
    )

"""Organisation life day by day: ninety days with today by kind, and what is planned for the fourteen after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from data.clock import month_of
from data.readmodel.reader import Reader
from data.readmodel.schema import tallies
from data.scope import Scope

DAYS_BACK, DAYS_AHEAD = 90, 14
# Kinds that can be told apart from the far end of the room; every other type is of the last one.
GROUPS: dict[str, tuple[str, ...]] = {
    "meetings": ("member_assembly", "committee_meeting", "group_meeting", "party_lecture"),
    "theme_day": ("theme_party_day",),
    "review": ("organization_life_meeting", "democratic_appraisal", "heart_talk"),
    "study": ("fixed_study_day", "theory_study", "training", "visit_base"),
    "other": (),
}
_GROUP_OF = {kind: group for group, kinds in GROUPS.items() for kind in kinds}


@dataclass(frozen=True)
class LifeDay:
    """One day: activities by group, in the order of GROUPS."""

    day: date
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """Activities of all groups."""
        return sum(self.counts)

    @property
    def theme_days(self) -> int:
        """Theme party days among them."""
        return self.counts[list(GROUPS).index("theme_day")]


@dataclass(frozen=True)
class ActivityAxis:
    """``held``: the last ninety days, today the last; ``planned``: the days after today. No data: both empty."""

    today: date
    held: tuple[LifeDay, ...]
    planned: tuple[LifeDay, ...]

    @property
    def unified(self) -> tuple[LifeDay, ...]:
        """The day of each month on which most branches held the theme party day; the earliest of equals."""
        best: dict[str, LifeDay] = {}
        for day in self.held:
            month = month_of(day.day)
            if day.theme_days > (best[month].theme_days if month in best else 0):
                best[month] = day
        return tuple(best.values())

    def total(self, group: str) -> int:
        """Activities of one group in the ninety days."""
        index = list(GROUPS).index(group)
        return sum(day.counts[index] for day in self.held)


def load(reader: Reader, scope: Scope) -> ActivityAxis:
    """Counts of the district, the same in every exposure mode."""
    today = (reader.version.as_of or reader.version.published_at).date()
    found: dict[tuple[str, date], dict[str, int]] = {}
    query = sa.select(tallies.c.key, tallies.c.value).where(
        tallies.c.tally == "activity_days", tallies.c.town_id == 0
    )
    for key, value in reader.connection.execute(query):
        state, day, kind = key.split("|")
        counts = found.setdefault((state, date.fromisoformat(day)), {})
        group = _GROUP_OF.get(kind, "other")
        counts[group] = counts.get(group, 0) + round(value)
    if not found:
        return ActivityAxis(today, (), ())
    past = [today - timedelta(days=back) for back in reversed(range(DAYS_BACK))]
    coming = [today + timedelta(days=ahead) for ahead in range(1, DAYS_AHEAD + 1)]
    return ActivityAxis(
        today,
        tuple(_day(day, found.get(("held", day), {})) for day in past),
        tuple(_day(day, found.get(("planned", day), {})) for day in coming),
    )


def _day(day: date, counts: dict[str, int]) -> LifeDay:
    return LifeDay(day, tuple(counts.get(group, 0) for group in GROUPS))

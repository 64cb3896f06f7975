"""What the branches do: activities by month and kind over a year, and the newest public news in words."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from data.queries.activity_axis import GROUPS
from data.queries.figures_of_month import trend_months
from data.queries.listed import Line, listed
from data.readmodel.reader import Reader
from data.readmodel.schema import tallies
from data.scope import Scope

MONTHS = 12
NEWS, LOOKED_AT = 8, 24
_GROUP_OF = {kind: group for group, kinds in GROUPS.items() for kind in kinds}


@dataclass(frozen=True)
class LifeMonth:
    """Activities of a month by group, in the order of GROUPS; the last month is open."""

    month: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """Activities of all groups."""
        return sum(self.counts)


@dataclass(frozen=True)
class Activities:
    """``months`` oldest first, empty without data; ``types``: activities of the calendar year by type, most first."""

    months: tuple[LifeMonth, ...]
    types: tuple[tuple[str, int], ...]
    news: tuple[Line, ...]

    @property
    def year(self) -> int:
        """Activities of the calendar year so far."""
        return sum(n for _, n in self.types)


def load(reader: Reader) -> Activities:
    """Counts of the district; news only with a title that may be read, pictured ones first among equals."""
    span = trend_months(reader.version.open_month, MONTHS)
    t = tallies.c
    query = sa.select(t.period_month, t.key, t.value).where(
        t.tally == "activities_by_type", t.town_id == 0, t.period_month.in_(span)
    )
    rows = reader.connection.execute(query).all()
    months = {month: dict.fromkeys(GROUPS, 0) for month in span}
    types: dict[str, int] = {}
    for month, kind, value in rows:
        months[month][_GROUP_OF.get(kind, "other")] += round(value)
        if month[:4] == span[-1][:4]:
            types[kind] = types.get(kind, 0) + round(value)
    return Activities(
        months=tuple(LifeMonth(m, tuple(n.values())) for m, n in months.items()) if rows else (),
        types=tuple(sorted(types.items(), key=lambda pair: (-pair[1], pair[0]))),
        news=tuple(_news(reader)),
    )


def _news(reader: Reader) -> list[Line]:
    """Lines with a readable title, each title and place once."""
    found: dict[tuple[str, str], Line] = {}
    for listing in ("public_pictures", "newest_posts"):
        for line in listed(reader, Scope("kiosk"), listing, LOOKED_AT):
            if line.title is not None:
                found.setdefault((line.title, line.place), line)
    newest = sorted(found.values(), key=lambda line: str(line.at), reverse=True)
    return newest[:NEWS]

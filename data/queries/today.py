"""What happens today: activities, sign-ins by method, posts, transfers, political birthdays; two weeks of days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from data.queries.figures_of_month import Amount
from data.queries.small_cells import SMALLEST_SHOWN
from data.readmodel.reader import Reader
from data.readmodel.schema import tallies
from data.scope import Scope

# Two whole weeks before today: every weekday twice.
DAYS_BACK = 14
METHODS = ("qr", "wechat", "id_card")


@dataclass(frozen=True)
class Day:
    """A day and the activities held on it; None: no data."""

    on: date
    held: float | None


@dataclass(frozen=True)
class Today:
    """``signins`` by method in the order of `METHODS`; ``days`` oldest first, today last.

    ``few`` names the counts of persons that are one to four: they are withheld, as no data.
    """

    on: date
    activities: Amount
    signins: tuple[tuple[str, Amount], ...]
    posts: Amount
    transfers: Amount
    birthdays: Amount
    days: tuple[Day, ...]
    few: tuple[str, ...] = ()

    @property
    def signed_in(self) -> Amount:
        """Sign-ins of all methods."""
        values = [amount.value for _, amount in self.signins]
        return Amount("nodata") if None in values else Amount.of(sum(v for v in values if v is not None))


def load(reader: Reader, scope: Scope) -> Today:
    """Counts of the district, the same for every screen; a day nobody has counted yet is no data, never 0."""
    today = (reader.version.as_of or reader.version.published_at).date()
    counts = _tally(reader, "today")
    of_persons = {
        "transfers": _count(counts, "transfers"),
        "birthdays": Amount.of(_tally(reader, "birthdays").get("today")),
    }
    few = tuple(name for name, amount in of_persons.items() if 0 < (amount.value or 0) < SMALLEST_SHOWN)
    days = _held(_tally(reader, "activity_days"))
    return Today(
        on=today,
        activities=_count(counts, "activities"),
        signins=tuple((method, _count(counts, f"signins|{method}")) for method in METHODS),
        posts=_count(counts, "posts"),
        **{name: Amount("nodata") if name in few else amount for name, amount in of_persons.items()},
        days=tuple(
            Day(on, days.get(on, 0.0) if days else None)
            for on in (today - timedelta(days=back) for back in range(DAYS_BACK, -1, -1))
        ),
        few=few,
    )


def _count(counts: Mapping[str, float], key: str) -> Amount:
    """A key that is absent is 0 once anything of the day was counted."""
    return Amount.of(counts.get(key, 0.0)) if counts else Amount("nodata")


def _tally(reader: Reader, name: str) -> dict[str, float]:
    query = sa.select(tallies.c.key, tallies.c.value).where(
        tallies.c.tally == name, tallies.c.town_id == 0, tallies.c.period_month == ""
    )
    return {row.key: row.value for row in reader.connection.execute(query)}


def _held(counts: Mapping[str, float]) -> dict[date, float]:
    """Valid activities of all types by the day of their start."""
    found: dict[date, float] = {}
    for key, value in counts.items():
        state, day, *_ = key.split("|")
        if state == "held":
            on = date.fromisoformat(day)
            found[on] = found.get(on, 0.0) + value
    return found

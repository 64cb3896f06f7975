"""What happens today: activities, sign-ins by method, posts, transfers, political birthdays; two weeks of days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    """``signins`` by method in the order of `METHODS`, all no data where one of them is of one to four persons;
    ``days`` oldest first, today last.

    ``few`` names the counts of persons that are one to four: they are withheld, as no data.
    """

    on: date
    activities: Amount
    signed_in: Amount
    signins: tuple[tuple[str, Amount], ...]
    posts: Amount
    transfers: Amount
    birthdays: Amount
    days: tuple[Day, ...]
    few: tuple[str, ...] = ()


def load(reader: Reader, scope: Scope) -> Today:
    """Counts of the district, the same for every screen; a day nobody has counted yet is no data, never 0."""
    today = (reader.version.as_of or reader.version.published_at).date()
    counts = _tally(reader, "today")
    signins = {method: _count(counts, f"signins|{method}") for method in METHODS}
    of_persons = {
        "signed_in": _sum(signins.values()),
        "transfers": _count(counts, "transfers"),
        "birthdays": Amount.of(_tally(reader, "birthdays").get("today")),
    }
    few = tuple(name for name, amount in of_persons.items() if 0 < (amount.value or 0) < SMALLEST_SHOWN)
    days = _held(_tally(reader, "activity_days"))
    return Today(
        on=today,
        activities=_count(counts, "activities"),
        signins=_withheld(signins),
        posts=_count(counts, "posts"),
        **{name: Amount("nodata") if name in few else amount for name, amount in of_persons.items()},
        days=tuple(
            Day(on, days.get(on, 0.0) if days else None)
            for on in (today - timedelta(days=back) for back in range(DAYS_BACK, -1, -1))
        ),
        few=few,
    )


def _sum(amounts: Iterable[Amount]) -> Amount:
    values = [amount.value for amount in amounts]
    return Amount("nodata") if None in values else Amount.of(sum(v for v in values if v is not None))


def _withheld(signins: Mapping[str, Amount]) -> tuple[tuple[str, Amount], ...]:
    """Early in the morning a method may be that of one person; two methods would tell the third."""
    small = any(0 < (amount.value or 0) < SMALLEST_SHOWN for amount in signins.values())
    return tuple((method, Amount("nodata") if small else amount) for method, amount in signins.items())


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

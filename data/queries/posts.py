"""Life on the platform: posts, views, comments and likes in all, day by day of thirty, and who came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from data.queries.figure_parts import Asked
from data.queries.figures_of_month import Amount, amount_of, closed_month, district_months
from data.readmodel.reader import Reader
from data.scope import Scope

MEASURES = ("posts", "views", "comments", "likes")
DAYS = 30


@dataclass(frozen=True)
class Series:
    """One measure by day, oldest first, today last and not over; None: no data. ``total`` is of every month."""

    measure: str
    total: Amount
    days: tuple[float | None, ...]

    @property
    def today(self) -> Amount:
        """Today so far."""
        return Amount.of(self.days[-1])

    @property
    def mean(self) -> Amount:
        """Mean of the days that are over."""
        known = [n for n in self.days[:-1] if n is not None]
        return Amount.of(sum(known) / len(known) if known else None)


@dataclass(frozen=True)
class Posts:
    """``active`` is the share 0-1 of registered members who were active in ``month``, the last closed one."""

    series: tuple[Series, ...]
    first: date
    today: date
    month: str
    active: Amount


def load(reader: Reader, scope: Scope) -> Posts:
    """Sums of the district, the same in every exposure mode."""
    today = (reader.version.as_of or reader.version.published_at).date()
    days = [today - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    asked = Asked(reader, scope.with_focus(None), reader.version.open_month)
    found, ever = asked.tally("post_days"), asked.tally("platform", asked.months_of("platform"))
    month = closed_month(reader)
    rows = district_months(reader, ("app_active", "app_users"), month)
    return Posts(
        series=tuple(
            Series(measure, _total(ever, measure), _by_day(found, measure, days)) for measure in MEASURES
        ),
        first=days[0],
        today=today,
        month=month,
        active=amount_of(rows, month, "app_active", over="app_users"),
    )


def _total(ever: Mapping[str, float] | None, measure: str) -> Amount:
    """All months there are; nothing was ever counted of a measure without a row."""
    return Amount.of(None if ever is None else ever.get(measure))


def _by_day(found: Mapping[str, float] | None, measure: str, days: list[date]) -> tuple[float | None, ...]:
    """A day without a row is 0 once anything of the measure is known."""
    if not found or not any(key.startswith(f"{measure}|") for key in found):
        return (None,) * len(days)
    return tuple(found.get(f"{measure}|{day}", 0.0) for day in days)

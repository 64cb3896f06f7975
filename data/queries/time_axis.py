"""Organisation life on the time axis: 24 closed months and the open one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.clock import add_months, months_between
from data.queries.figures_of_month import district_months, theme_day_months
from data.readmodel.reader import Reader
from data.scope import Scope

CLOSED_MONTHS = 24
_MEETINGS = ("assemblies", "committee_meetings", "group_meetings", "lectures")


@dataclass(frozen=True)
class LifeMonth:
    """One month: 三会一课 held, eligible branches, those of them with a theme day; None: no data."""

    month: str
    meetings: int | None
    eligible: int
    with_theme_day: int | None

    @property
    def theme_day_share(self) -> float | None:
        """Share 0-1 of eligible branches that held the theme party day; None without a branch or without data."""
        if self.with_theme_day is None or not self.eligible:
            return None
        return self.with_theme_day / self.eligible


@dataclass(frozen=True)
class TimeAxis:
    """Months oldest first; the last one is open, and complete up to ``until``."""

    months: tuple[LifeMonth, ...]
    until: date


def load(reader: Reader, scope: Scope) -> TimeAxis:
    """The district's organisation life: the same in every exposure mode, no organisation is named."""
    last = reader.version.open_month
    span = months_between(add_months(last, -CLOSED_MONTHS), last)
    meetings = district_months(reader, _MEETINGS, span[0])
    theme_days = theme_day_months(reader, span[0])
    until = (reader.version.as_of or reader.version.published_at).date()
    return TimeAxis(tuple(_month(m, meetings.get(m, {}), theme_days.get(m, {})) for m in span), until)


def _month(
    month: str, meetings: Mapping[str, float | None], theme_days: Mapping[str, float | None]
) -> LifeMonth:
    held = [number for number in meetings.values() if number is not None]
    return LifeMonth(
        month,
        meetings=round(sum(held)) if held else None,
        eligible=round(theme_days.get("eligible") or 0),
        with_theme_day=None if theme_days.get("held") is None else round(theme_days["held"] or 0),
    )

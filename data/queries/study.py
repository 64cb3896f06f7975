"""Study: class hours per member over the year against the even pace of its target, courses, registrations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.clock import months_between
from data.queries.district_figures import figure
from data.queries.figure_parts import Asked, Part
from data.queries.figures_of_month import Amount, Months, district_months
from data.readmodel.reader import Reader
from data.scope import Scope

# Class hours of a year asked of every member (R26).
TARGET_HOURS = 32
_COLUMNS = ("study_hours", "members", "under_45", "under_45_registered")


@dataclass(frozen=True)
class Study:
    """``this_year`` and ``last_year`` hold hours per member from January to the end of each month.

    ``pace`` is the target's share of the days gone by; ``last_year`` is empty where its months are not all known.
    ``courses`` are lessons published so far, most first; ``lessons`` and ``hours`` their sums. ``young_hours`` are
    hours of the year per registered member under 45.
    """

    year: int
    per_head: Amount
    pace: float
    this_year: tuple[Amount, ...]
    last_year: tuple[Amount, ...]
    lessons: Amount
    hours: Amount
    courses: tuple[Part, ...]
    under_45: Amount
    registered: Amount
    young_hours: Amount

    @property
    def ahead(self) -> float | None:
        """Hours per member above the pace, negative below it."""
        return None if self.per_head.value is None else self.per_head.value - self.pace

    @property
    def registered_share(self) -> Amount:
        """Registered of the members under 45."""
        return Amount.ratio(self.registered.value, self.under_45.value)


def load(reader: Reader, scope: Scope) -> Study:
    """Sums of the district, the same in every exposure mode."""
    month = reader.version.open_month
    year = int(month[:4])
    rows = district_months(reader, _COLUMNS, f"{year - 1}-01")
    this_year = per_head(rows, months_between(f"{year}-01", month))
    last_year = per_head(rows, months_between(f"{year - 1}-01", f"{year - 1}-12"))
    parts = {part.key: part for part in figure(reader, scope.with_focus(None), "ks_lessons_total", month)}
    total, hours = parts.pop("total"), parts.pop("hours", None)
    today = rows.get(month, {})
    school = Asked(reader, scope.with_focus(None), month).tally("mobile_school") or {}
    return Study(
        year=year,
        per_head=this_year[-1],
        pace=TARGET_HOURS * _elapsed(reader),
        this_year=this_year,
        last_year=last_year if all(amount.value is not None for amount in last_year) else (),
        lessons=total.amount,
        hours=Amount("nodata") if hours is None else hours.amount,
        courses=tuple(sorted(parts.values(), key=lambda part: -(part.amount.value or 0))),
        under_45=Amount.of(today.get("under_45")),
        registered=Amount.of(today.get("under_45_registered")),
        young_hours=Amount.ratio(school.get("hours"), school.get("registered")),
    )


def per_head(rows: Months, span: Sequence[str]) -> tuple[Amount, ...]:
    """Hours from the first month to each one ÷ members of that month; no data from the first gap on."""
    found, total, whole = [], 0.0, True
    for month in span:
        hours = rows.get(month, {}).get("study_hours")
        whole = whole and hours is not None
        total += hours or 0.0
        members = rows.get(month, {}).get("members")
        found.append(Amount.ratio(total, members) if whole else Amount("nodata"))
    return tuple(found)


def _elapsed(reader: Reader) -> float:
    today = (reader.version.as_of or reader.version.published_at).date()
    first, end = today.replace(month=1, day=1), today.replace(year=today.year + 1, month=1, day=1)
    return ((today - first).days + 1) / (end - first).days

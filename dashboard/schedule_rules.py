"""Rules of what a wall shows when, as a profile writes them: ``[[schedule]]``, ``[dark]``, ``[[special]]``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from dashboard.scenes import WALL_MODES, SceneRule, WallMode
from data.scope import Mode

DAY, WEEK = 24 * 60, 7 * 24 * 60
_LONGEST = timedelta(days=366)
MODES: dict[WallMode, Mode] = {written: mode for mode, written in WALL_MODES.items()}

Weekday = Annotated[int, Field(ge=1, le=7)]


def _minute(value: object) -> int:
    found = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)|24:00", value) if isinstance(value, str) else None
    if found is None:
        raise ValueError('a time of day is written "HH:MM", up to "24:00"')
    return int(found[1]) * 60 + int(found[2]) if found[1] else DAY


Span = tuple[datetime, datetime]
Minute = Annotated[int, BeforeValidator(_minute)]


class Hours(BaseModel):
    """Minutes of the day from ``start`` to before ``end``, over midnight where the end is not after the start;
    ``days`` (1 = Monday … 7) are those they begin on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    start: Minute = Field(alias="from")
    end: Minute = Field(alias="to")
    days: tuple[Weekday, ...] = Field(default=(1, 2, 3, 4, 5, 6, 7), min_length=1)

    @model_validator(mode="after")
    def _last(self) -> Hours:
        if self.start % DAY == self.end % DAY and (self.start, self.end) != (0, DAY):
            raise ValueError('begins when it ends; a whole day is from "00:00" to "24:00"')
        if self.start == DAY:
            raise ValueError('begins at "00:00" of the day after')
        return self

    def on(self, day: date) -> Span | None:
        """[start, end) of the minutes that begin on a day; None where they do not."""
        if day.isoweekday() not in self.days:
            return None
        start = datetime(day.year, day.month, day.day) + timedelta(minutes=self.start)
        return start, start + timedelta(minutes=(self.end - self.start) % DAY or DAY)

    def spans(self) -> list[tuple[int, int]]:
        """[start, end) in minutes since Monday 00:00; what runs over Sunday's end goes on at 0."""
        found = []
        for day in sorted(set(self.days)):
            start = (day - 1) * DAY + self.start
            end = start + ((self.end - self.start) % DAY or DAY)
            found += [(start, min(end, WEEK))] + ([(0, end - WEEK)] if end > WEEK else [])
        return found


class ScheduleRule(Hours):
    """One ``[[schedule]]`` entry; ``seconds`` per scene where they are not those of the scene itself."""

    mode: WallMode
    scenes: tuple[str, ...] = Field(min_length=1)
    seconds: dict[str, Annotated[float, Field(ge=5, le=3600)]] = {}

    @model_validator(mode="after")
    def _names(self) -> ScheduleRule:
        if doubled := [slug for at, slug in enumerate(self.scenes) if slug in self.scenes[:at]]:
            raise ValueError(f"scene {doubled[0]} is there twice")
        if idle := [slug for slug in self.seconds if slug not in self.scenes]:
            raise ValueError(f"seconds for {idle[0]}, which is not among its scenes")
        return self


def clock_label(minute: int) -> str:
    """A minute of the day as "HH:MM"; the end of a day is 24:00."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _apart(rules: tuple[ScheduleRule, ...]) -> tuple[ScheduleRule, ...]:
    """Entries of which no two name the same minute."""
    spans = sorted((*span, at) for at, rule in enumerate(rules) for span in rule.spans())
    for (_, end, one), (start, _, other) in pairwise(spans):
        if start < end:
            first, second = sorted((one, other))
            labels = [
                f"{clock_label(rules[at].start)}-{clock_label(rules[at].end)}" for at in (first, second)
            ]
            raise ValueError(f"entries {first + 1} ({labels[0]}) and {second + 1} ({labels[1]}) overlap")
    return rules


Schedule = Annotated[tuple[ScheduleRule, ...], AfterValidator(_apart)]


def _days(value: object) -> tuple[date, ...]:
    """Every day of "2027-02-06" or of "2027-02-06/2027-02-12", both ends included."""
    written = 'a date is written "2027-02-06", a span of days "2027-02-06/2027-02-12"'
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d(/\d{4}-\d\d-\d\d)?", value):
        raise ValueError(written)
    try:
        first, last = (date.fromisoformat(one) for one in (value[:10], value[-10:]))
    except ValueError as error:
        raise ValueError(f"there is no such day; {written}") from error
    if last < first:
        raise ValueError("the last day of the span is before its first")
    if last - first >= _LONGEST:
        raise ValueError("a span of more than a year")
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


DateSpan = Annotated[tuple[date, ...], BeforeValidator(_days)]


class SpecialRule(BaseModel):
    """One ``[[special]]`` entry: days that follow the week no longer, dark as a whole or with hours of their own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(default="", max_length=20)
    dates: tuple[DateSpan, ...] = Field(min_length=1)
    hours: Schedule
    is_dark: bool = False

    @model_validator(mode="before")
    @classmethod
    def _written(cls, given: Any) -> Any:
        """``hours = "dark"`` is no hours; a slip in them is named as what it is."""
        if isinstance(given, cls):
            return given
        if not isinstance(given, dict) or "is_dark" in given:
            raise ValueError("an entry has name, dates and hours")
        hours = given.get("hours")
        if hours == "dark":
            return given | {"hours": (), "is_dark": True}
        if isinstance(hours, str):
            raise ValueError('hours are "dark" or a list of { from, to, mode, scenes }')
        if isinstance(hours, list) and any("days" in one for one in hours if isinstance(one, dict)):
            raise ValueError("hours of special days have no days of the week")
        return given

    @property
    def days(self) -> tuple[date, ...]:
        """All its days."""
        return tuple(day for days in self.dates for day in days)


def _once(rules: tuple[SpecialRule, ...]) -> tuple[SpecialRule, ...]:
    """Entries of which no two name the same day."""
    seen: dict[date, int] = {}
    for position, rule in enumerate(rules):
        for day in rule.days:
            if day in seen:
                raise ValueError(f"{day} stands in entries {seen[day] + 1} and {position + 1}")
            seen[day] = position
    return rules


Specials = Annotated[tuple[SpecialRule, ...], AfterValidator(_once)]


def flaw(rules: Sequence[ScheduleRule], scenes: Iterable[SceneRule]) -> tuple[int, str] | None:
    """The first entry that names a scene there is not or not for its mode: (position, what is wrong)."""
    known = {scene.slug: scene for scene in scenes}
    for position, rule in enumerate(rules):
        hours = f"entry {position + 1} ({clock_label(rule.start)}-{clock_label(rule.end)})"
        for slug in rule.scenes:
            if slug not in known:
                return position, f"{hours}: unknown scene {slug}; one of {', '.join(known)}"
            if rule.mode not in known[slug].modes:
                return position, f"{hours}: scene {slug} is not for mode {rule.mode}"
    return None

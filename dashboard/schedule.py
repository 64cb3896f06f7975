"""What a wall shows by the hour and the day of the week: ``[[schedule]]`` and ``[dark]`` of a district profile.

``programme_at`` is a pure function of profile and moment: every web worker and every wall finds the same one. A
minute no entry names has the profile's own mode with all its scenes; without entries that is every minute. A step
function calls ``programme_at(profile, now, only=settings.wall_mode, is_scheduled=follows_schedule(settings.schedule,
is_demo=version.is_demo))``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Annotated, Literal, Protocol

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from dashboard.scenes import WALL_MODES, SceneRule, WallMode
from data.scope import Mode

DAY, WEEK = 24 * 60, 7 * 24 * 60
# A Monday: a programme that never changes has begun here.
EPOCH = datetime(2024, 1, 1)
MODES: dict[WallMode, Mode] = {written: mode for mode, written in WALL_MODES.items()}

Weekday = Annotated[int, Field(ge=1, le=7)]
Asked = Literal["auto", "on", "off"]


def _minute(value: object) -> int:
    found = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)|24:00", value) if isinstance(value, str) else None
    if found is None:
        raise ValueError('a time of day is written "HH:MM", up to "24:00"')
    return int(found[1]) * 60 + int(found[2]) if found[1] else DAY


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


class Scheduled(Protocol):
    """What the schedule needs of a district profile."""

    @property
    def scenes(self) -> tuple[SceneRule, ...]:
        """All scenes of the district."""

    @property
    def wall_mode(self) -> Mode:
        """Mode of the minutes no entry names."""

    @property
    def schedule(self) -> tuple[ScheduleRule, ...]:
        """Entries, no two of the same minute."""

    @property
    def dark(self) -> Hours | None:
        """Hours in which the wall is dark."""


@dataclass(frozen=True)
class SceneTime:
    """One scene of a programme and how long it stands."""

    slug: str
    seconds: float


@dataclass(frozen=True)
class Programme:
    """What a wall shows from ``since`` until before ``until`` (None: for ever), over and over.

    ``is_dark``: nothing of it is shown from ``dark_since`` until ``wake``, within which entries may begin and end; the
    scenes are those a woken wall would show. Never without one.
    """

    mode: Mode
    scenes: tuple[SceneTime, ...]
    since: datetime
    until: datetime | None
    is_dark: bool
    wake: datetime | None = None
    dark_since: datetime | None = None

    @property
    def seconds(self) -> float:
        """How long one round of all scenes lasts."""
        return sum(scene.seconds for scene in self.scenes)


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


def follows_schedule(asked: Asked, *, is_demo: bool) -> bool:
    """Whether schedule and dark hours count: by default not over simulated data, whose wall is never black."""
    return asked == "on" or (asked == "auto" and not is_demo)


def programme_at(
    profile: Scheduled, now: datetime, *, only: Mode | None = None, is_scheduled: bool = True
) -> Programme:
    """The one programme of a moment (Asia/Shanghai, naive).

    ``only``: a wall pinned to one mode; an entry of the other mode counts as none. ``is_scheduled`` False: as if
    the profile had neither schedule nor dark hours.
    """
    rules = profile.schedule if is_scheduled else ()
    dark = profile.dark.spans() if is_scheduled and profile.dark else []
    spans = [
        (*span, at)
        for at, rule in enumerate(rules)
        if only in (None, MODES[rule.mode])
        for span in rule.spans()
    ]

    def state(minute: int) -> tuple[int | None, bool]:
        entry = next((at for start, end, at in spans if start <= minute < end), None)
        return entry, any(start <= minute < end for start, end in dark)

    edges = sorted({edge % WEEK for start, end, *_ in (*spans, *dark) for edge in (start, end)})
    # An entry that ends where it begins again (every day 00:00-24:00) has no edge there.
    edges = [edge for edge in edges if state(edge) != state((edge - 1) % WEEK)]
    monday = datetime(now.year, now.month, now.day) - timedelta(days=now.weekday())
    entry, is_dark = state((now - monday) // timedelta(minutes=1))
    mode = only or (profile.wall_mode if entry is None else MODES[rules[entry].mode])
    scenes = _every_scene(profile, mode) if entry is None else _scenes_of(profile, rules[entry])
    since, until = _around(edges, monday, now)
    ends = sorted({end % WEEK for _, end in dark if not state(end % WEEK)[1]})
    wake = _around(ends, monday, now)[1] if is_dark else None
    starts = sorted({start for start, _ in dark if not state((start - 1) % WEEK)[1]})
    dark_since = _around(starts, monday, now)[0] if is_dark else None
    return Programme(mode, scenes, since, until, is_dark, wake, dark_since)


def _around(edges: Sequence[int], monday: datetime, now: datetime) -> tuple[datetime, datetime | None]:
    """The last edge up to now and the first one after it; edges are minutes of the week that begins on monday."""
    moments = [monday + timedelta(minutes=edge + turn) for turn in (-WEEK, 0, WEEK) for edge in edges]
    past, coming = [at for at in moments if at <= now], [at for at in moments if at > now]
    return (past[-1], coming[0]) if moments else (EPOCH, None)


def _every_scene(profile: Scheduled, mode: Mode) -> tuple[SceneTime, ...]:
    shown = (scene for scene in profile.scenes if WALL_MODES.get(mode) in scene.modes)
    return tuple(SceneTime(scene.slug, scene.seconds) for scene in shown)


def _scenes_of(profile: Scheduled, rule: ScheduleRule) -> tuple[SceneTime, ...]:
    own = {scene.slug: scene.seconds for scene in profile.scenes}
    return tuple(SceneTime(slug, rule.seconds.get(slug, own[slug])) for slug in rule.scenes)

"""What a wall shows by the hour and the day: ``[[schedule]]``, ``[dark]`` and ``[[special]]`` of a profile.

``programme_at`` is a pure function of profile and moment: every web worker and every wall finds the same one. A
minute no entry names has the profile's own mode with all its scenes; without entries that is every minute. A step
function calls ``programme_at(profile, now, only=settings.wall_mode, is_scheduled=follows_schedule(settings.schedule,
is_demo=version.is_demo))``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from dashboard.scenes import WALL_MODES, SceneRule
from dashboard.schedule_days import Days, Ruled
from dashboard.schedule_rules import MODES, ScheduleRule
from data.scope import Mode

# A Monday: a programme that never changes has begun here.
EPOCH = datetime(2024, 1, 1)
_MINUTE = timedelta(minutes=1)

Asked = Literal["auto", "on", "off"]


class Scheduled(Ruled, Protocol):
    """What the schedule needs of a district profile."""

    @property
    def scenes(self) -> tuple[SceneRule, ...]:
        """All scenes of the district."""

    @property
    def wall_mode(self) -> Mode:
        """Mode of the minutes no entry names."""


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


def follows_schedule(asked: Asked, *, is_demo: bool) -> bool:
    """Whether schedule and dark hours count: by default not over simulated data, whose wall is never black."""
    return asked == "on" or (asked == "auto" and not is_demo)


def programme_at(
    profile: Scheduled, now: datetime, *, only: Mode | None = None, is_scheduled: bool = True
) -> Programme:
    """The one programme of a moment (Asia/Shanghai, naive).

    ``only``: a wall pinned to one mode; an entry of the other mode counts as none. ``is_scheduled`` False: as if
    the profile had neither schedule, special days nor dark hours.
    """
    days = Days(profile if is_scheduled else None, only)
    rule, is_dark = days.rule_at(now), days.is_dark_at(now)
    mode = only or (profile.wall_mode if rule is None else MODES[rule.mode])
    scenes = _every_scene(profile, mode) if rule is None else _scenes_of(profile, rule)

    def turns(edge: datetime) -> bool:
        return days.state_at(edge) != days.state_at(edge - _MINUTE)

    def darkens(edge: datetime) -> bool:
        return days.is_dark_at(edge) and not days.is_dark_at(edge - _MINUTE)

    return Programme(
        mode,
        scenes,
        days.before(now, turns) or EPOCH,
        days.after(now, turns),
        is_dark,
        days.after(now, lambda edge: not days.is_dark_at(edge)) if is_dark else None,
        (days.before(now, darkens) or EPOCH) if is_dark else None,
    )


def _every_scene(profile: Scheduled, mode: Mode) -> tuple[SceneTime, ...]:
    shown = (scene for scene in profile.scenes if WALL_MODES.get(mode) in scene.modes)
    return tuple(SceneTime(scene.slug, scene.seconds) for scene in shown)


def _scenes_of(profile: Scheduled, rule: ScheduleRule) -> tuple[SceneTime, ...]:
    own = {scene.slug: scene.seconds for scene in profile.scenes}
    return tuple(SceneTime(slug, rule.seconds.get(slug, own[slug])) for slug in rule.scenes)

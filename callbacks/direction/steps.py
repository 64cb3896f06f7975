"""The step of now, found anew for every question from what was ordered, the programme and the clock."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from callbacks.direction.reach import Reach
from dashboard.direction import Step, missed_steps, step_at
from dashboard.profile import DistrictProfile
from dashboard.scenes import WALL_MODES, SceneRule, WallMode
from dashboard.schedule import Asked, Programme, SceneTime, follows_schedule, programme_at
from data.clock import Clock
from data.direction.direction import UNDIRECTED, Direction
from data.direction.store import Directions
from data.errors import AccountsUnreachable
from data.scope import Mode

# Whether the data are synthetic changes at most with another read model; nobody reads it for every poll.
_DEMO_LASTS_S = 5.0


class Steps:
    """What the walls of one server show; ``directions`` None: nobody directs."""

    def __init__(
        self,
        profile: DistrictProfile,
        clock: Clock,
        is_demo: Callable[[], bool | None],
        directions: Directions | None,
        *,
        only: Mode | None,
        schedule: Asked,
    ) -> None:
        self.profile = profile
        self.directions = directions
        self.reach = Reach()
        self._clock = clock
        self._is_demo = is_demo
        self._only = only
        self._schedule = schedule
        self._last = UNDIRECTED
        self._demo: tuple[float, bool] = (-_DEMO_LASTS_S, False)

    @property
    def is_demo(self) -> bool:
        """Whether what is shown is synthetic; while nobody answers, what was known last."""
        asked_at, known = self._demo
        if time.monotonic() - asked_at >= _DEMO_LASTS_S:
            found = self._is_demo()
            known = known if found is None else found
            self._demo = (time.monotonic(), known)
        return known

    def programme(self) -> Programme:
        """What the profile says of this moment."""
        is_scheduled = follows_schedule(self._schedule, is_demo=self.is_demo)
        return programme_at(self.profile, self._clock(), only=self._only, is_scheduled=is_scheduled)

    def direction(self) -> Direction:
        """What was ordered; while the side database is away, what was ordered last."""
        if self.directions is not None:
            with suppress(AccountsUnreachable), self.reach.asking():
                self._last = self.directions.current()
        return self._last

    def now(self) -> Step:
        """The step of this moment."""
        return step_at(self.direction(), self.programme(), self._clock(), self.profile.scenes)

    def missed(self, shown: int) -> int:
        """How many steps a wall has missed that shows this one."""
        return missed_steps(self.direction(), self.programme(), self._clock(), self.profile.scenes, shown)


def for_screen(step: Step, modes: Sequence[Mode], scenes: Sequence[SceneRule]) -> Step:
    """The step as a screen may show it that is allowed these modes (the first one is its own).

    In a mode with fewer scenes the one before stays as long as a scene lasts that this mode does not have. No screen
    for visitors hears of a single organisation.
    """
    mode = step.mode if step.mode in modes else modes[0]
    step = step if mode == "wall_internal" else replace(step, org=None)
    if mode == step.mode:
        return step
    own = slugs_of(scenes, WALL_MODES[mode])
    turn = [SceneTime(step.scene, 0), *step.next]
    shown = next((time.slug for time in (turn[0], *reversed(turn)) if time.slug in own), own[0])
    following: list[SceneTime] = []
    for time_ in step.next:
        if time_.slug in own or not following:
            slug = time_.slug if time_.slug in own else shown
            following.append(replace(time_, slug=slug))
        else:
            following[-1] = replace(following[-1], seconds=following[-1].seconds + time_.seconds)
    return replace(step, mode=mode, scene=shown, next=tuple(following))


def slugs_of(scenes: Sequence[SceneRule], mode: WallMode) -> list[str]:
    """The scenes of a mode in their order."""
    return [scene.slug for scene in scenes if mode in scene.modes]

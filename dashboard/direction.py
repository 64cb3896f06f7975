"""The step a wall shows: a pure function of what was ordered, the programme and the moment, so one for every worker.

No process ticks. A step begins at ``since`` and is named by that instant (``number``); the programme's scenes follow
each other from the scene that was ordered last, or from the first one at the programme's own beginning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dashboard.scenes import WALL_MODES, SceneRule, WallMode
from dashboard.schedule import Programme, SceneTime
from dashboard.schedule_rules import MODES
from data.clock import SHANGHAI, add_months, month_of
from data.direction.direction import Direction
from data.scope import Mode

# How long a month of the playback stands.
MONTH_PACE = timedelta(seconds=2)
# The axis holds the open month and 24 before it.
MONTHS_BACK = 24
# A scene that is held goes on being held so long after the last command: who forgot it, or a visit that broke off,
# does not stop the wall for good.
HOLD_LASTS = timedelta(hours=2)
# What was ordered later than this from now was stamped by a clock that was wrong then or is wrong now.
SKEW = timedelta(minutes=2)
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Step:
    """What every wall shows now. ``number`` names the step: its beginning in ms of the epoch. ``command`` is the last
    command it obeys; ``until`` None: held. ``next`` are the scenes that follow, one round of them. ``month`` is the one
    marked now; ``blackout`` also in dark hours, which end at ``wake`` (None: ordered, or not dark). ``is_ordered``: a
    director chose this scene, the programme did not. Times are Asia/Shanghai wall clock.
    """

    number: int
    command: int
    scene: str
    since: datetime
    until: datetime | None
    next: tuple[SceneTime, ...]
    held: bool
    town: int | None
    org: int | None
    month: str | None
    mode: Mode
    banner: str
    blackout: bool
    wake: datetime | None = None
    is_ordered: bool = False


def epoch_ms(moment: datetime) -> int:
    """Milliseconds since 1970 of an Asia/Shanghai wall-clock moment."""
    return round(moment.replace(tzinfo=SHANGHAI).timestamp() * 1000)


def mode_at(direction: Direction, programme: Programme) -> Mode:
    """The mode of the walls. Internal by hand ends with the programme's period, reception by hand does not end: what is
    forgotten errs on the side of the visitors."""
    if direction.mode is None:
        return programme.mode
    if direction.mode == "internal" and (direction.mode_at or programme.since) < programme.since:
        return programme.mode
    return MODES[direction.mode]


def is_dark_at(direction: Direction, programme: Programme) -> bool:
    """Whether nothing is shown: ordered, or dark hours from which nobody has woken the wall."""
    if direction.blackout:
        return True
    began = programme.dark_since or programme.since
    woken = direction.blackout is False and (direction.blackout_at or began) >= began
    return programme.is_dark and not woken


def is_held_at(direction: Direction, now: datetime) -> bool:
    """Whether the ordered scene stays."""
    since = direction.at or direction.scene_at
    return direction.held and since is not None and now - since < HOLD_LASTS


def ring_at(programme: Programme, mode: Mode, scenes: Sequence[SceneRule]) -> tuple[SceneTime, ...]:
    """The programme's scenes in its own mode; in another one, which somebody has ordered, every scene of that mode."""
    wall_mode = WALL_MODES[mode]
    known = {scene.slug: scene for scene in scenes if wall_mode in scene.modes}
    if mode == programme.mode and (ring := tuple(time for time in programme.scenes if time.slug in known)):
        return ring
    return tuple(SceneTime(scene.slug, scene.seconds) for scene in known.values())


def step_at(direction: Direction, programme: Programme, now: datetime, scenes: Sequence[SceneRule]) -> Step:
    """The step of this moment; ``scenes`` are those of the profile."""
    direction = believed(direction, now)
    mode = mode_at(direction, programme)
    ring = ring_at(programme, mode, scenes)
    is_held = is_held_at(direction, now)
    first, began = _first(direction, programme, ring, _of_mode(scenes, WALL_MODES[mode]), is_held=is_held)
    if is_held and first.slug == direction.scene:
        since, until, turn = began, None, (first, *_after(ring, first))
    else:
        since, until, turn = _turn(first, ring, began, now)
    return Step(
        number=epoch_ms(since),
        command=direction.number,
        scene=turn[0].slug,
        since=since,
        until=until,
        next=turn[1:] or (first,),
        held=until is None,
        town=direction.town,
        org=direction.org,
        month=month_at(direction, now),
        mode=mode,
        banner=direction.banner,
        blackout=is_dark_at(direction, programme),
        wake=None if direction.blackout else programme.wake,
        is_ordered=(turn[0].slug, since) == (direction.scene, direction.scene_at),
    )


def believed(direction: Direction, now: datetime) -> Direction:
    """The direction without what was stamped in the future and would hold until then: a scene and its hold, internal
    pages, a playback, a waking in dark hours. What has no time of its own, as a banner or a black-out, stays."""
    latest = now + SKEW
    if direction.at is not None and direction.at > latest:
        direction = replace(direction, held=False)
    if direction.scene_at is not None and direction.scene_at > latest:
        direction = replace(direction, scene="", scene_at=None, held=False)
    if direction.mode == "internal" and direction.mode_at is not None and direction.mode_at > latest:
        direction = replace(direction, mode=None)
    if direction.months_at is not None and direction.months_at > latest:
        direction = replace(direction, month=None, months_at=None)
    if direction.blackout is False and direction.blackout_at is not None and direction.blackout_at > latest:
        direction = replace(direction, blackout=None)
    return direction


def month_at(direction: Direction, now: datetime) -> str | None:
    """The month marked on the time axes; None when none is, or when the playback has come to its end."""
    if direction.month is None or direction.months_at is None:
        return direction.month
    month = add_months(direction.month, max(0, (now - direction.months_at) // MONTH_PACE))
    return month if month <= month_of(now) else None


def missed_steps(
    direction: Direction, programme: Programme, now: datetime, scenes: Sequence[SceneRule], shown: int
) -> int:
    """How many steps have begun since step ``shown`` of a wall: 0, 1, or 2 for two and more.

    What came before a command is not known: a wall behind it has missed one step until the next one begins.
    """
    step = step_at(direction, programme, now, scenes)
    if shown >= step.number:
        return 0
    before = step_at(direction, programme, step.since - _MOMENT, scenes)
    return 1 if before.number >= step.number or shown >= before.number else 2


def _of_mode(scenes: Sequence[SceneRule], mode: WallMode) -> dict[str, SceneTime]:
    return {scene.slug: SceneTime(scene.slug, scene.seconds) for scene in scenes if mode in scene.modes}


def _first(
    direction: Direction,
    programme: Programme,
    ring: Sequence[SceneTime],
    known: dict[str, SceneTime],
    *,
    is_held: bool,
) -> tuple[SceneTime, datetime]:
    """The scene the others follow, and since when: the ordered one unless the programme has begun a new period."""
    times = known | {time.slug: time for time in ring}
    ordered, at = times.get(direction.scene), direction.scene_at
    if ordered is None or at is None or (at < programme.since and not is_held):
        return ring[0], programme.since
    return ordered, at


def _after(ring: Sequence[SceneTime], scene: SceneTime) -> tuple[SceneTime, ...]:
    """The round that follows a scene, itself at the end; a scene beside the ring is followed by all of it."""
    slugs = [time.slug for time in ring]
    if scene.slug not in slugs:
        return tuple(ring)
    at = slugs.index(scene.slug)
    return (*ring[at + 1 :], *ring[: at + 1])


def _turn(
    first: SceneTime, ring: Sequence[SceneTime], began: datetime, now: datetime
) -> tuple[datetime, datetime, tuple[SceneTime, ...]]:
    """When the scene of now began and ends, and this scene with those that follow it."""
    turns = _after(ring, first)
    end = began + _length(first)
    if now < end:
        return began, end, (first, *turns)
    # After the first scene come whole rounds of the ring; in whole microseconds, so that every poll finds one start.
    into = (now - end) % sum((_length(time) for time in turns), timedelta())
    start = now - into
    for time in turns:
        end = start + _length(time)
        if now < end:
            return start, end, (time, *_after(ring, time))
        start = end
    raise AssertionError("a moment lies inside its round")


def _length(time: SceneTime) -> timedelta:
    return timedelta(seconds=time.seconds)

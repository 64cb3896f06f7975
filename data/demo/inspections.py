"""阵地检查: every venue is photographed two or three times in two years; most shortcomings are put right in time."""

from __future__ import annotations

import numpy as np

from data.demo.bulk import NULL_DAY
from data.demo.timeline import DAY, Array
from data.demo.world import World

FLAGS = ("facilities_ok", "rules_ok", "environment_ok", "usage_ok")
# Less than the twelve months a branch may rely on an inspection, holidays included.
_EVERY_DAYS = 280


def write_inspections(world: World, venues: Array) -> None:
    """Rows of ``venue_inspections``; ``venues`` is the venue of each branch, -1 for none.

    Venues many branches share are never overdue: one forgotten photograph would light up a whole town.
    """
    rng, time = world.time.stream("inspections"), world.time
    n = world.ids.taken("venues")
    venue = np.arange(1, n + 1)
    shared = np.bincount(venues[venues >= 0], minlength=n + 1)[1:] > 3
    first = int(time.starts[0]) - 330
    begin = first + rng.integers(0, _EVERY_DAYS, n)
    rounds = (time.now_day - first) // _EVERY_DAYS + 1
    day = begin[:, None] + np.arange(rounds)[None] * (_EVERY_DAYS + rng.integers(-40, 41, (n, rounds)))
    lapsed = ~shared & (rng.random(n) < 0.006)
    day[:, -2:] = np.where(lapsed[:, None], time.now_day + 1, day[:, -2:])
    which, _ = np.nonzero(day < time.now_day)
    on = day[day < time.now_day]
    order = np.argsort(on, kind="stable")
    _put(world, rng, venue[which[order]], on[order], shared[which[order]])


def _put(world: World, rng: np.random.Generator, venue: Array, day: Array, shared: Array) -> None:
    n, now = len(venue), world.time.now_day
    flags = rng.random((n, 4)) > np.array([0.018, 0.02, 0.016, 0.012])
    poor = ~flags.all(axis=1)
    due = day + 30
    rectified = day + rng.integers(3, 29, n)
    slow = poor & ~shared & (rng.random(n) < 0.08)
    rectified = np.where(slow, due + rng.integers(10, 200, n), rectified)
    rectified = np.where(poor & (rectified < now), rectified, NULL_DAY)
    columns = {name: flags[:, at] for at, name in enumerate(FLAGS)}
    world.writer.put(
        "venue_inspections",
        {
            "inspection_id": world.ids.take("venue_inspections", n),
            "venue_id": venue,
            "inspected_on": day,
            "photo_count": rng.integers(3, 13, n),
            **columns,
            "rectify_due_on": np.where(poor, due, NULL_DAY),
            "rectified_on": rectified,
            "created_at": day * DAY + 54_000,
            "updated_at": np.maximum(day, np.maximum(rectified, day)) * DAY + 57_000,
        },
    )

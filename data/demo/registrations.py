"""Who uses the mobile applications: accounts of members with the day of registering and of the last use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from data.demo.bulk import coded
from data.demo.people import PRESENT
from data.demo.people_rows import in_service, unknown_birthdays
from data.demo.timeline import DAY, FAR_DAY, Array, day_number
from data.demo.world import World

APPS = ("member_app", "wechat", "mobile_school")
_LAUNCHED_BEFORE_DAYS = 300


@dataclass
class Registrations:
    """Days of registering per member, FAR_DAY without an account: anywhere, and at the mobile school."""

    first: Array
    school: Array


def write_registrations(world: World) -> Registrations:
    """Rows of ``app_registrations``: as many members as published, else nearly all of the younger ones."""
    rng, time = world.time.stream("registrations"), world.time
    found = _draw(world, rng)
    user, pupil = found.first < FAR_DAY, found.school < FAR_DAY
    reading = user & (rng.random(len(user)) < 0.62)
    app = user & ((rng.random(len(user)) < 0.85) | ~reading)
    parts = [np.flatnonzero(app), np.flatnonzero(reading), np.flatnonzero(pupil)]
    member, code = np.concatenate(parts), np.repeat(np.arange(3), [len(p) for p in parts])
    day = np.where(code == 2, found.school[member], found.first[member])
    moment = np.minimum(day * DAY + rng.integers(8 * 3600, 21 * 3600, len(day)), time.now_s - 60)
    quiet = np.where(rng.random(len(user)) < 0.08, rng.integers(30, 300, len(user)), 0)
    away = quiet[member] + rng.geometric(0.16, len(member)) - 1
    active = np.maximum(time.now_day - away, day)
    world.writer.put(
        "app_registrations",
        {
            "registration_id": world.ids.take("app_registrations", len(member)),
            "member_id": member + 1,
            "app_code": coded(code, APPS),
            "registered_at": moment,
            "last_active_on": active,
            "created_at": moment,
            "updated_at": np.maximum(moment, np.minimum(active * DAY + 72000, time.now_s - 60)),
        },
    )
    return found


def _draw(world: World, rng: np.random.Generator) -> Registrations:
    people, time, figures = world.people, world.time, world.registry.tree.spec.figures
    age = (time.now_day - people.birth) / 365.25
    here = people.fate == PRESENT
    weight = np.exp(0.3 * world.registry.quality[-1][people.home] - np.maximum(age - 55, 0) / 16)
    young, turning = under45(world)
    in_school = np.flatnonzero(here & young)
    wanted = _whole(figures.under45_registered, 0.88 * len(in_school))
    pupils = _pick(rng, in_school, weight, wanted)
    older = np.flatnonzero(here & ~young & ~turning)
    # A published number of young pupils belongs to a school made for them.
    share = 0.5 if figures.under45_registered is None else 0.3
    at_work = weight * np.where(in_service(people, time.now_day), 3.0, 1.0)
    pupils = np.concatenate([pupils, _pick(rng, older, at_work, round(share * len(older)))])
    users = _whole(figures.registered_users, 0.965 * here.sum())
    pupils = pupils[:users]
    others = np.setdiff1d(np.flatnonzero(here), pupils)
    chosen = np.concatenate([pupils, _pick(rng, others, weight, users - len(pupils))])
    first, school = np.full(len(people), FAR_DAY), np.full(len(people), FAR_DAY)
    first[chosen] = _days(world, rng, chosen)
    wait = np.where(rng.random(len(pupils)) < 0.6, 0, rng.integers(0, 120, len(pupils)))
    school[pupils] = np.minimum(first[pupils] + wait, time.now_day - 1)
    return Registrations(first, np.maximum(school, np.minimum(first, FAR_DAY)))


def _whole(published: int | None, usual: float) -> int:
    return round(usual) if published is None else published


def _pick(rng: np.random.Generator, among: Array, weight: Array, wanted: int) -> Array:
    """``wanted`` of the given members (all, if there are fewer), heavier ones more likely."""
    key = rng.exponential(1.0, len(among)) / weight[among]
    return np.asarray(among[np.argsort(key, kind="stable")[: max(0, wanted)]])


def _days(world: World, rng: np.random.Generator, member: Array) -> Array:
    """Most registered when the applications came out, new members in their first weeks."""
    time, n = world.time, len(member)
    launched = int(time.starts[0]) - _LAUNCHED_BEFORE_DAYS
    day = launched + ((time.now_day - launched) * rng.beta(0.8, 5.0, n)).astype(int)
    day = np.maximum(day, world.people.start[member] + rng.integers(0, 20, n))
    return np.asarray(np.minimum(day, time.now_day - 1))


def under45(world: World) -> tuple[Array, Array]:
    """Members under 45 at the end of the open month, and those who turn 45 in it, by the birthdays on record."""
    time, birth = world.time, world.people.birth
    known = ~unknown_birthdays(world.people, time)
    young = known & (birth > _years_before(int(time.starts[-1]) - 1, 45))
    return young, known & ~young & (birth > _years_before(int(time.starts[-2]), 45))


def _years_before(day: int, years: int) -> int:
    """The birthday of whoever completes these years on the day; 29 February counts as 28."""
    then = date.fromordinal(date(1970, 1, 1).toordinal() + day)
    return day_number(
        date(then.year - years, then.month, 28 if (then.month, then.day) == (2, 29) else then.day)
    )

"""What is recorded about grassroots cadres: appointments, trainings and the update of every quarter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.demo.bulk import NULL_DAY, coded
from data.demo.timeline import DAY, Array
from data.demo.world import World

_TITLES = (
    "村党组织书记",
    "社区党组织书记",
    "村（社区）“两委”委员",
    "大学生村（社区）工作者",
    "",
    "两新组织党组织书记",
)
_RESERVE = 4
_TRAININGS = (
    "村（社区）党组织书记集中轮训",
    "基层党务工作实务培训",
    "乡村振兴与社区治理专题班",
    "党规党纪专题学习",
    "后备干部能力提升班",
    "群众工作与矛盾调解培训",
)
_TRAININGS_A_MONTH = 0.4  # of 8, 12 or 16 class hours: 56 a year and a little less for most (R26)
_GRACE_DAYS = 10


@dataclass
class Cadres:
    """One entry per cadre: key, kind, place (division, -1 none), organisation, member or -1, and whether active.

    ``quality`` is the character of the place, ``since`` the day of the appointment.
    """

    ids: Array
    kind: Array
    division: Array
    org: Array
    member: Array
    active: Array
    quality: Array
    since: Array


def write_cadre_records(world: World, cadres: Cadres) -> None:
    """Rows of ``cadre_appointments``, ``cadre_trainings`` and ``cadre_quarterly_updates``."""
    rng = world.time.stream("cadre-records")
    _write_appointments(world, rng, cadres)
    _write_trainings(world, rng, cadres)
    _write_updates(world, rng, cadres)


def _write_appointments(world: World, rng: np.random.Generator, cadres: Cadres) -> None:
    seat = np.flatnonzero(cadres.kind != _RESERVE)
    since, n = cadres.since[seat], len(seat)
    left = np.minimum(world.time.now_day - 1, since + rng.integers(40, 900, n))
    stamp = np.maximum(since, int(world.time.starts[0]) - 30) * DAY + 36_000
    world.writer.put(
        "cadre_appointments",
        {
            "appointment_id": world.ids.take("cadre_appointments", n),
            "cadre_id": cadres.ids[seat],
            "org_id": cadres.org[seat],
            "title": coded(cadres.kind[seat], _TITLES),
            "started_on": since,
            "ended_on": np.where(cadres.active[seat], NULL_DAY, left),
            "created_at": stamp,
        },
    )


def _write_trainings(world: World, rng: np.random.Generator, cadres: Cadres) -> None:
    """Evenly over the months, a little more where the town is good."""
    time = world.time
    elapsed = np.minimum(time.starts[1:], time.now_day) - time.starts[:-1]
    rate = _TRAININGS_A_MONTH * (elapsed / 30.4)[:, None] * np.exp(0.06 * cadres.quality) * cadres.active
    month, cadre = np.divmod(np.repeat(np.arange(rate.size), rng.poisson(rate).ravel()), len(cadres.ids))
    n = len(month)
    day = time.starts[month] + (rng.random(n) * elapsed[month]).astype(int)
    kind = np.where(cadres.kind[cadre] == _RESERVE, 4, rng.choice([0, 1, 2, 3, 5], n))
    world.writer.put(
        "cadre_trainings",
        {
            "training_id": world.ids.take("cadre_trainings", n),
            "cadre_id": cadres.ids[cadre],
            "title": coded(kind, _TRAININGS),
            "class_hours": rng.choice([8.0, 12.0, 16.0], n, p=[0.35, 0.4, 0.25]),
            "held_on": day,
            "created_at": day * DAY + 64_800,
        },
    )


def _write_updates(world: World, rng: np.random.Generator, cadres: Cadres) -> None:
    """One row per active cadre and quarter, nearly all complete and in time; the open quarter fills up."""
    names, starts = _quarters(world)
    active = np.flatnonzero(cadres.active)
    quarter, at = np.divmod(np.arange(len(names) * len(active)), max(1, len(active)))
    cadre, n = active[at], len(at)
    poor = np.clip(0.012 * np.exp(-0.8 * cadres.quality[cadre]), 0.002, 0.08)
    forgotten, partial = rng.random(n) < 0.5 * poor, rng.random(n) < 0.5 * poor
    late = rng.random(n) < 0.3 * poor
    close = starts[quarter + 1]
    day = close - 1 - np.minimum(rng.gamma(2.0, 11.0, n).astype(int), 80)
    day = np.where(rng.random(n) < 0.1, close + rng.integers(0, _GRACE_DAYS, n), day)
    day = np.where(late, close + _GRACE_DAYS + rng.integers(1, 30, n), day)
    moment = day * DAY + rng.integers(9 * 3600, 17 * 3600, n)
    appointed = cadres.since[cadre] < close
    keep = appointed & (moment < world.time.now_s) & ~forgotten
    # Who forgot has an empty row once the quarter is closed.
    empty = appointed & forgotten & (close * DAY < world.time.now_s)
    cadre, quarter = cadre[keep | empty], quarter[keep | empty]
    whole, moment = (keep & ~partial)[keep | empty], np.where(keep, moment, -1)[keep | empty]
    flags = _flags(rng, whole, moment >= 0)
    world.writer.put(
        "cadre_quarterly_updates",
        {
            "update_id": world.ids.take("cadre_quarterly_updates", len(cadre)),
            "cadre_id": cadres.ids[cadre],
            "quarter": coded(quarter, names),
            **flags,
            "submitted_at": moment,
            "created_at": np.where(moment >= 0, moment, starts[quarter + 1] * DAY + 60),
        },
    )


def _flags(rng: np.random.Generator, whole: Array, submitted: Array) -> dict[str, Array]:
    """The four sections; one is missing where a submitted update is not whole."""
    missing = rng.integers(0, 4, len(whole))
    return {
        f"{section}_updated": submitted & (whole | (missing != number))
        for number, section in enumerate(("basic", "post", "training", "performance"))
    }


def _quarters(world: World) -> tuple[list[str], Array]:
    """Names of the quarters that lie in the window from their first day on, and their starts plus the last end."""
    time = world.time
    first = [n for n, m in enumerate(time.months) if (int(m[5:]) - 1) % 3 == 0]
    names = [f"{time.months[n][:4]}Q{(int(time.months[n][5:]) - 1) // 3 + 1}" for n in first]
    starts = [int(time.starts[n]) for n in first]
    if not starts:
        return [], np.zeros(1, int)
    following = np.datetime64(starts[-1], "D").astype("datetime64[M]") + np.timedelta64(3, "M")
    return names, np.array([*starts, int(following.astype("datetime64[D]").astype(int))])

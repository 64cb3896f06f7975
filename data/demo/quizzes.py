"""在线答题: a quiz every quarter and a test at the end of the year."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from data.demo.bulk import coded
from data.demo.moments import date_number
from data.demo.people import GUEST, home_on
from data.demo.timeline import DAY, Array
from data.demo.world import World


def write_quizzes(world: World) -> None:
    """Rows of ``exams`` (kinds quiz and annual) with their ``exam_attempts``; a failed one is tried again."""
    rng, people = world.time.stream("quizzes"), world.people
    age = (world.time.now_day - people.birth) / 365.25
    keen = np.clip(1.3 - age / 95, 0.06, 1.0) * rng.beta(1.4, 1.6, len(people))
    taken = []
    for title, kind, opens, closes in _calendar(world):
        exam = _put_exam(world, title, kind, opens, closes)
        taken.append(_attempts(world, rng, exam, keen, opens, closes))
    ids, member, branch, moment = (np.concatenate(column) for column in zip(*taken, strict=True))
    org = world.registry.branch_org[branch]
    world.ledger.book_capped("exam_attempts", ids, member, org, "hs_m_exam", moment // DAY, moment)


def _calendar(world: World) -> list[tuple[str, int, int, int]]:
    """(title, kind, first day, last day) of every exam that has opened."""
    found = []
    for year in world.time.years():
        for quarter in range(4):
            opens = date_number(year, 3 * quarter + 1, 10)
            closes = date_number(year, 3 * quarter + 3, 28)
            found.append((f"{year}年第{'一二三四'[quarter]}季度在线答题", 0, opens, closes))
        found.append((f"{year}年度党员应知应会测试", 1, date_number(year, 12, 1), date_number(year, 12, 25)))
    first, now = int(world.time.starts[0]), world.time.now_day
    return [row for row in found if row[3] >= first and row[2] < now]


def _put_exam(world: World, title: str, kind: int, opens: int, closes: int) -> int:
    exam = int(world.ids.take("exams", 1)[0])
    world.writer.put(
        "exams",
        {
            "exam_id": np.array([exam]),
            "title": pa.array([title]),
            "exam_kind": coded(np.array([kind]), ("quiz", "annual")),
            "full_score": np.array([100.0]),
            "pass_score": np.array([60.0]),
            "opened_at": np.array([opens * DAY + 28_800]),
            "closed_at": np.array([closes * DAY + 79_200]),
            "created_at": np.array([opens * DAY]),
        },
    )
    return exam


def _attempts(
    world: World, rng: np.random.Generator, exam: int, keen: Array, opens: int, closes: int
) -> tuple[Array, Array, Array, Array]:
    """Writes the attempts of one exam; returns (attempt, member, branch, moment) of those passed."""
    people, time = world.people, world.time
    opens = max(opens, int(time.starts[0]))
    member = np.flatnonzero((rng.random(len(people)) < keen) & (people.fate != GUEST))
    day = opens + (rng.beta(1.0, 1.5, len(member)) * (closes - opens)).astype(int)
    failed = rng.random(len(member)) < 0.07
    again = np.flatnonzero(failed & (rng.random(len(member)) < 0.7))
    retaken = np.minimum(day[again] + rng.integers(0, 6, len(again)), closes)
    passed = np.concatenate([~failed, rng.random(len(again)) < 0.92])
    member, day = np.concatenate([member, member[again]]), np.concatenate([day, retaken])
    moment = day * DAY + rng.integers(7 * 3600, 72_000, len(day))
    moment[len(failed) :] += 7200
    branch = home_on(people, member, day)
    keep = (branch >= 0) & (moment < time.now_s)
    member, branch, moment, passed = member[keep], branch[keep], moment[keep], passed[keep]
    n = len(member)
    ids = world.ids.take("exam_attempts", n)
    score = np.where(
        passed, 60 + np.round(40 * rng.beta(3.0, 1.6, n)), 59 - np.round(35 * rng.beta(1.2, 4.0, n))
    )
    world.writer.put(
        "exam_attempts",
        {
            "attempt_id": ids,
            "exam_id": np.full(n, exam),
            "member_id": member + 1,
            "score": score,
            "passed": passed,
            "taken_at": moment,
            "created_at": moment,
        },
    )
    return ids[passed], member[passed], branch[passed], moment[passed]

"""Computer exams on the way into the Party: one per gate and quarter, and every attempt at them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa

from data.demo.bulk import coded
from data.demo.development_cases import Cases
from data.demo.timeline import DAY, Array, day_number
from data.demo.world import World

GATE_STAGES = (2, 3, 5)
_TITLES = ("入党积极分子统一机考", "发展对象统一机考", "新党员统一机考")
FULL_SCORE, PASS_SCORE = 100.0, 60.0


def write_development_exams(world: World, cases: Cases) -> None:
    """Rows of ``exams`` and ``exam_attempts`` at the three gates; who failed sat it again after a week or more.

    With a published number of people who passed, exactly as many cases have one: the newest.
    """
    row, gate, day, passed = _attempts(cases, world.time.now_day)
    counted = _counted(world, cases)[row]
    row, gate, day, passed = row[counted], gate[counted], day[counted], passed[counted]
    rng, n = world.time.stream("development-exams"), len(row)
    quarter = _quarter(day)
    taken = np.minimum(day * DAY + rng.integers(9 * 3600, 36000 - 60, n), world.time.now_s - 600)
    score = np.where(passed, 60 + 40 * rng.beta(3.2, 1.6, n), 59 - 25 * rng.beta(1.2, 3.0, n))
    exams = _write_exams(world, quarter)
    world.writer.put(
        "exam_attempts",
        {
            "attempt_id": world.ids.take("exam_attempts", n),
            "exam_id": exams[gate, quarter - quarter.min()] if n else np.zeros(0, int),
            "case_id": cases.ids[row],
            "score": np.round(score * 2) / 2,
            "passed": passed,
            "taken_at": taken,
            "created_at": taken,
        },
    )


def _attempts(cases: Cases, now: int) -> tuple[Array, Array, Array, Array]:
    """Case, gate, day and whether passed of every attempt up to now."""
    found = []
    for gate, step in enumerate(cases.procedure.exam_steps):
        for back in range(3):
            day = cases.done[:, step] - back * cases.retake_days[:, gate]
            begun = cases.finished[:, step] | cases.current[:, step]
            sat = (cases.failed[:, gate] >= back) & begun & (day <= now)
            row = np.flatnonzero(sat & (cases.finished[:, step] | (back > 0)))
            found.append((row, np.full(len(row), gate), day[row], np.full(len(row), back == 0)))
    return tuple(np.concatenate(part) for part in zip(*found, strict=True))  # type: ignore[return-value]


def _counted(world: World, cases: Cases) -> Array:
    """Which cases sat their exams at the computer: all, or the newest up to the published number."""
    wanted = world.registry.tree.spec.figures.exams_passed
    passed = np.flatnonzero(cases.finished[:, cases.procedure.exam_steps[0]])
    before = np.zeros(len(cases), bool)
    if wanted is not None and len(passed) > wanted:
        order = passed[np.argsort(-cases.done[passed, cases.procedure.exam_steps[0]], kind="stable")]
        before[order[wanted:]] = True
    return ~before


def _quarter(day: Array) -> Array:
    """Quarters since 1970 of day numbers."""
    months = np.asarray(day).astype("int64").view("datetime64[D]").astype("datetime64[M]").astype(int)
    return np.asarray(months // 3)


def _write_exams(world: World, quarter: Array) -> Array:
    """(gates, quarters) exam keys from the first quarter with an attempt to the current one."""
    now_quarter = int(_quarter(np.array([world.time.now_day]))[0])
    first = int(quarter.min()) if len(quarter) else now_quarter
    quarters = np.arange(first, now_quarter + 1)
    ids = world.ids.take("exams", 3 * len(quarters)).reshape(3, -1)
    starts = np.array([_quarter_start(int(q)) for q in [*quarters, now_quarter + 1]])
    opened = np.tile(starts[:-1] * DAY, 3)
    closed = np.tile(np.where(quarters < now_quarter, starts[1:] * DAY - 60, -1), 3)
    names = [f"{t}（{1970 + q // 4}年第{q % 4 + 1}季度）" for t in _TITLES for q in quarters.tolist()]
    world.writer.put(
        "exams",
        {
            "exam_id": ids.ravel(),
            "title": pa.array(names),
            "exam_kind": coded(np.zeros(ids.size, int), ("development",)),
            "gate_stage": np.repeat(GATE_STAGES, len(quarters)),
            "full_score": np.full(ids.size, FULL_SCORE),
            "pass_score": np.full(ids.size, PASS_SCORE),
            "opened_at": opened,
            "closed_at": closed,
            "created_at": np.maximum(opened, closed),
        },
    )
    return np.asarray(ids)


def _quarter_start(quarter: int) -> int:
    return day_number(date(1970 + quarter // 4, quarter % 4 * 3 + 1, 1))

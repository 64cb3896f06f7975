"""Applicants and the day of each of their steps: drawn once, before a row of development is written."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.demo.development_steps import PROCEDURES, Procedure
from data.demo.people import PRESENT
from data.demo.timeline import Array
from data.demo.world import World

IN_PROGRESS, COMPLETED, TERMINATED, TRANSFERRED = range(4)
STATUSES = ("in_progress", "completed", "terminated", "transferred")
NO_LIMIT = -(10**9)
FIRST_PASS = 0.88
PROBATION_DAYS = 366  # as members.full_member_on
_GRACE_DAYS = 4  # a limit is never earlier than this after the step opened


@dataclass
class Cases:
    """One entry per applicant, the admitted first; ``done`` and ``due`` are (cases, steps) days.

    ``finished`` marks the steps done by now, ``current`` the one open step of a running case, ``failed`` is
    (cases, 3) failed attempts before each exam was passed. ``member`` is -1 before admission, ``closed`` the
    day of the end or -1.
    """

    procedure: Procedure
    ids: Array
    branch: Array
    member: Array
    done: Array
    due: Array
    finished: Array
    current: Array
    failed: Array
    retake_days: Array
    status: Array
    closed: Array

    def __len__(self) -> int:
        return len(self.ids)


def draw_cases(world: World) -> Cases:
    """One case per member admitted in the window, applicants on their way, and some who were given up."""
    rng, now, people = world.time.stream("development"), world.time.now_day, world.people
    procedure = PROCEDURES[world.registry.tree.spec.development_variant]
    admitted = np.flatnonzero((people.came == 1) & (people.fate == PRESENT))
    n_early, n_late, n_stopped = _applicants(world, len(admitted))
    n = len(admitted) + n_early + n_late + n_stopped
    branch = np.concatenate(
        [people.home[admitted], rng.integers(0, world.registry.branches, n - len(admitted))]
    )
    failed, retake = np.searchsorted([FIRST_PASS, 0.985], rng.random((n, 3))), rng.integers(8, 15, (n, 3))
    overdue = len(admitted) + np.arange(2)
    late = _lateness(rng, procedure, world.registry.quality[-1][branch], overdue)
    reach, due = _reach(rng, procedure, late, failed * retake)
    age = _ages(rng, procedure, reach, len(admitted), n_early, n_late)
    # In any district one case each is beyond its limit by less and by more than thirty days.
    age[overdue] = due[overdue, _overdue_step(procedure)] + np.array([12, 45])
    stopped = np.arange(n) >= n - n_stopped
    end = np.where(stopped, now - rng.integers(5, 500, n), now)
    age[: len(admitted)] = now - people.joined[admitted] + reach[: len(admitted), procedure.meeting]
    done = (end - age)[:, None] + reach
    _approve_members(procedure, done[: len(admitted)], now)
    finished = done <= end[:, None]
    whole = finished.all(axis=1)
    running = ~finished & np.column_stack([np.ones(n, bool), finished[:, :-1]]) & ~stopped[:, None]
    status = np.where(stopped, TERMINATED + (rng.random(n) < 0.1), np.where(whole, COMPLETED, IN_PROGRESS))
    return Cases(
        procedure,
        world.ids.take("development_cases", n),
        branch,
        np.concatenate([admitted, np.full(n - len(admitted), -1)]),
        done,
        _limits(procedure, done),
        finished,
        running,
        failed,
        retake,
        status,
        np.where(whole, done[:, -1], np.where(stopped, end, -1)),
    )


def _applicants(world: World, admitted: int) -> tuple[int, int, int]:
    """Running cases before the first exam, running ones after it, and given-up ones.

    A published number of people who passed an exam is met by those after it, beside the admitted.
    """
    n, wanted = len(world.people), world.registry.tree.spec.figures.exams_passed
    late = max(2, round(0.015 * n)) if wanted is None else max(0, wanted - admitted)
    return max(2, round(0.038 * n)), late, max(1, round(0.006 * n))


def _overdue_step(procedure: Procedure) -> int:
    """An early step with a short limit: the training contact is to be named."""
    return procedure.of25(5)


def _lateness(rng: np.random.Generator, procedure: Procedure, quality: Array, overdue: Array) -> Array:
    """(cases, steps) days beyond the limit, 0 in time; weak branches overrun now and then."""
    shape = len(quality), len(procedure.steps)
    # As many delays whether the way is cut into 25 steps or into 43.
    rate = np.clip(0.25 / len(procedure.steps) * np.exp(-0.8 * quality), 0, 0.1)
    days = np.where(rng.random(shape) < 0.85, 1 + rng.gamma(1.2, 6, shape), 31 + rng.gamma(1.2, 8, shape))
    found = np.where(rng.random(shape) < rate[:, None], days.astype(int), 0)
    found[overdue] = 0
    found[overdue, _overdue_step(procedure)] = (40, 80)
    return found


def _reach(
    rng: np.random.Generator, procedure: Procedure, late: Array, retakes: Array
) -> tuple[Array, Array]:
    """(cases, steps) day of each step after the application and its limit (NO_LIMIT without one)."""
    n, steps = late.shape
    usual = np.array([s.gap for s in procedure.steps])
    gaps = np.round(usual * rng.gamma(16, 1 / 16, (n, steps))).astype(int)
    gaps[:, procedure.exam_steps] += retakes
    failed = np.zeros((n, steps), bool)
    failed[:, procedure.exam_steps] = retakes > 0
    reach, due = np.zeros((n, steps), int), np.full((n, steps), NO_LIMIT)
    for at, step in enumerate(procedure.steps[1:], start=1):
        before, anchor = reach[:, at - 1], reach[:, step.anchor - 1]
        day = np.maximum(before + gaps[:, at], anchor + step.low)
        if step.high:
            due[:, at] = np.maximum(anchor + step.high, before + _GRACE_DAYS)
            in_time = np.where(failed[:, at], day, np.minimum(day, due[:, at]))
            day = np.where(late[:, at] > 0, due[:, at] + late[:, at], in_time)
        probation = reach[:, procedure.meeting] + PROBATION_DAYS
        if procedure.meeting < at < procedure.conversion:
            day = np.minimum(day, probation)
        reach[:, at] = np.maximum(probation if at == procedure.conversion else day, before)
    return reach, due


def _ages(
    rng: np.random.Generator, procedure: Procedure, reach: Array, admitted: int, early: int, late: int
) -> Array:
    """Days since the application of those not admitted, skewed to fresh ones; those ``late`` passed an exam."""
    n = len(reach)
    gate, last = reach[:, procedure.exam_steps[0]], reach[:, procedure.approval] - 1
    share = rng.random(n)
    age = 1 + (share**1.3 * (gate - 1)).astype(int)
    fresh = np.flatnonzero(rng.random(n) < 0.15)
    first_stage = reach[fresh, procedure.of25(3) - 1]
    age[fresh] = (share[fresh] * first_stage).astype(int)
    beyond = slice(admitted + early, admitted + early + late)
    age[beyond] = (gate + share * (last - gate)).astype(int)[beyond]
    return np.asarray(np.minimum(age, np.where(np.arange(n) < admitted + early, gate - 1, last)))


def _approve_members(procedure: Procedure, done: Array, now: int) -> None:
    """Whoever is a member has been approved: the last meetings were confirmed within days."""
    confirmed = slice(procedure.meeting + 1, procedure.approval + 1)
    done[:, confirmed] = np.minimum(done[:, confirmed], now)


def _limits(procedure: Procedure, done: Array) -> Array:
    """(cases, steps) limits of the days as they finally are (NO_LIMIT without one)."""
    due = np.full(done.shape, NO_LIMIT)
    for at, step in enumerate(procedure.steps):
        if step.high:
            due[:, at] = np.maximum(done[:, step.anchor - 1] + step.high, done[:, at - 1] + _GRACE_DAYS)
    return due

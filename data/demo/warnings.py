"""Warnings raised by the lights of the generated evidence, each with its life from raised to closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from data.demo.bulk import coded
from data.demo.lights import GREEN, RED
from data.demo.timeline import DAY, Array
from data.demo.transfers import Steps
from data.demo.world import World

# Limits that are dates light up on the day, all others when the month closes (indicators.md §13).
AT_ONCE = ("hs_b_transfer", "hs_b_term")
STATES = ("raised", "pushed", "acknowledged", "rectifying", "rectified", "closed")


def transfer_lights(world: World, steps: Steps) -> Array:
    """Open overdue steps at the end of each month: yellow from one, red beyond 30 days or from three."""
    time, nb = world.time, world.registry.branches
    light = np.zeros(world.registry.quality.shape, np.int8)
    for month in range(len(time.months)):
        end = min(time.cutoff_s(month), time.now_s)
        open_ = (
            (steps.due < end) & ((steps.decided < 0) | (steps.decided >= end)) & (steps.due > end - 365 * DAY)
        )
        count = np.bincount(steps.branch[open_], minlength=nb)
        old = np.bincount(steps.branch[open_ & (steps.due < end - 30 * DAY)], minlength=nb)
        light[month] = np.where((count >= 3) | (old > 0), 2, np.where(count > 0, 1, 0))
    return light


def floating_lights(world: World, quarters: Mapping[str, tuple[Array, Array]]) -> Array:
    """Light of the last closed quarter, carried to the two months after it."""
    time = world.time
    light = np.zeros(world.registry.quality.shape, np.int8)
    for month in range(len(time.months)):
        close = month - time.month_no(month) % 3
        if close >= 0 and time.months[close] in quarters:
            due, missing = quarters[time.months[close]]
            failing = missing > 0
            light[month] = np.where((missing >= 2) & (missing > 0.4 * due), 2, np.where(failing, 1, 0))
    return light


class Pushed(NamedTuple):
    """Warnings as their messages need them: key, account told (the branch's main one) and moment of the push."""

    warning_id: Array
    account_id: Array
    pushed: Array


def write_warnings(world: World, lights: Mapping[str, Array]) -> Pushed:
    """One row per indicator, branch and run of coloured months; the level is the worst of the run.

    Returns those already pushed; none in a district whose operational system knows no lights of 海曙.
    """
    if not world.registry.tree.spec.raises_warnings:
        nothing = np.zeros(0, int)
        return Pushed(nothing, nothing, nothing)
    pushed = [
        _write(world, indicator, light[: world.time.closed + (indicator in AT_ONCE)])
        for indicator, light in lights.items()
    ]
    return Pushed(*(np.concatenate(column) for column in zip(*pushed, strict=True)))


def _runs(light: Array) -> tuple[Array, Array, Array, Array]:
    """Branch, first month, month after the last (months = still on) and worst level of every run."""
    branches = light.shape[1]
    on = np.vstack([np.zeros((1, branches), bool), light > GREEN, np.zeros((1, branches), bool)]).T
    step = np.diff(on.astype(np.int8), axis=1)
    branch, first = np.nonzero(step == 1)
    last = np.nonzero(step == -1)[1]
    red = np.concatenate([np.zeros((1, branches), int), np.cumsum(light == RED, axis=0)])
    return branch, first, last, (red[last, branch] - red[first, branch]) > 0


class _Life(NamedTuple):
    """Moments of every warning (-1: not yet) and how far it has come (`STATES`)."""

    raised: Array
    pushed: Array
    acknowledged: Array
    rectified: Array
    verified: Array
    state: Array


def _lives(world: World, indicator: str, first: Array, last: Array) -> _Life:
    """From raised to closed, for runs that begin with month ``first`` and end before ``last``."""
    rng, time, n = world.time.stream(f"warnings-{indicator}"), world.time, len(first)
    raised = time.starts[first + 1] * DAY + 600 + rng.integers(0, 1200, n)
    if indicator in AT_ONCE:
        span = np.minimum(time.starts[first + 1] * DAY, time.now_s) - time.starts[first] * DAY
        raised = time.starts[first] * DAY + (rng.random(n) * span).astype(int)
    pushed = raised + rng.integers(60, 1500, n)
    acknowledged = pushed + (rng.gamma(1.6, 0.9, n) * DAY).astype(int) + 7200
    acknowledged += np.where(rng.random(n) < 0.08, rng.integers(4, 25, n) * DAY, 0)
    green = last < time.closed
    rectified = np.maximum(
        acknowledged + DAY,
        time.starts[np.minimum(last + 1, time.closed)] * DAY - rng.integers(0, 14, n) * DAY + 36000,
    )
    verified = (
        np.maximum(time.starts[np.minimum(last + 1, time.closed)] * DAY, rectified)
        + rng.integers(1, 5, n) * DAY
    )
    now, never = time.now_s, 10**12
    slow = np.where(rng.random(n) < 0.06, rng.integers(15, 110, n) * DAY, 0)
    # Raised at the last closing: most are put right within the limit and wait for the next month to prove it.
    recent = ~green & (first >= time.closed - 1) & (rng.random(n) < 0.88)
    rectified = np.where(green | (rng.random(n) < 0.6), rectified + slow, never)
    rectified = np.where(recent, acknowledged + rng.integers(1, 12, n) * DAY, rectified)
    verified = np.where(green, verified + slow, never)
    state = np.select(
        [verified < now, rectified < now, acknowledged + 2 * DAY < now, acknowledged < now, pushed < now],
        [5, 4, 3, 2, 1],
        0,
    )
    pushed, acknowledged, rectified, verified = (
        np.where(moment < now, moment, -1) for moment in (pushed, acknowledged, rectified, verified)
    )
    return _Life(raised, pushed, acknowledged, rectified, verified, state)


def _write(world: World, indicator: str, light: Array) -> Pushed:
    time = world.time
    branch, first, last, red = _runs(light)
    life = _lives(world, indicator, first, last)
    pick = np.flatnonzero(life.raised < time.now_s)
    raised, pushed, acknowledged, rectified, verified, state = life
    changed = np.maximum.reduce([raised, pushed, acknowledged, rectified, verified])
    ids = world.ids.take("warnings", len(pick))
    world.writer.put(
        "warnings",
        {
            "warning_id": ids,
            "indicator_id": coded(np.zeros(len(pick), int), (indicator,)),
            "level": coded(red[pick].astype(int), ("yellow", "red")),
            "subject_type": coded(np.zeros(len(pick), int), ("org",)),
            "org_id": world.registry.branch_org[branch[pick]],
            "period": coded(first[pick], time.months),
            "raised_at": raised[pick],
            "pushed_at": pushed[pick],
            "push_channel": coded(np.where(pushed[pick] < 0, -1, 0), ("wechat",)),
            "acknowledged_at": acknowledged[pick],
            "acknowledged_by_account_id": np.where(
                acknowledged[pick] < 0, -1, world.registry.branch_org[branch[pick]]
            ),
            "rectify_due_on": raised[pick] // DAY + np.where(red[pick], 15, 30),
            "rectified_at": rectified[pick],
            "verified_at": verified[pick],
            "verified_by_org_id": np.where(verified[pick] < 0, -1, world.registry.parent_org[branch[pick]]),
            "state": coded(state[pick], STATES),
            "created_at": raised[pick],
            "updated_at": changed[pick],
        },
    )
    told = pushed[pick] >= 0
    return Pushed(ids[told], world.registry.branch_org[branch[pick]][told], pushed[pick][told])

"""Drawing from slices and by even spacing: what keeps a branch's total near its expectation."""

from __future__ import annotations

import numpy as np

from data.demo.timeline import Array


def ranges(owner: Array, low: Array, high: Array) -> tuple[Array, Array]:
    """Owner and index of every element of the slices [low, high)."""
    count = high - low
    total = int(count.sum())
    index = (
        np.arange(total) + np.repeat(low - np.concatenate([[0], np.cumsum(count)[:-1]]), count)
        if total
        else low[:0]
    )
    return np.repeat(owner, count), index


def systematic(rng: np.random.Generator, activity: Array, chance: Array) -> Array:
    """Who comes: systematic sampling, so that an activity's turnout is its expectation and not a lottery."""
    total = np.cumsum(chance) + rng.random(int(activity.max()) + 1)[activity] if len(activity) else chance
    step = np.floor(total)
    come = np.empty(len(total), bool)
    come[1:] = step[1:] > step[:-1]
    come[:1] = chance[:1] > 0.5
    new = np.flatnonzero(np.diff(activity) != 0) + 1
    come[new] = rng.random(len(new)) < chance[new]
    return come


def even_counts(rng: np.random.Generator, rate: Array) -> Array:
    """Whole numbers with the given means whose running sum never strays: no lottery among neighbours."""
    edge = np.floor(np.concatenate([[0.0], np.cumsum(rate)]) + rng.random())
    return np.diff(edge).astype(int)


def running(keys: Array) -> Array:
    """0, 1, 2 … within each run of equal, sorted keys."""
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    return np.asarray(np.arange(len(keys)) - np.repeat(first, np.diff(np.append(first, len(keys)))))

"""The persistent character of branches: town effect, own effect and a slow drift, so that ranks mean something."""

from __future__ import annotations

import numpy as np

from data.demo.timeline import Array, Timeline


def drift(rng: np.random.Generator, months: int, n: int, rho: float) -> Array:
    """(months, n) AR(1) paths with unit variance."""
    path = np.empty((months, n))
    path[0] = rng.standard_normal(n)
    for month in range(1, months):
        path[month] = rho * path[month - 1] + np.sqrt(1 - rho * rho) * rng.standard_normal(n)
    return path


def character(rng: np.random.Generator, time: Timeline, town: Array, towns: int) -> tuple[Array, Array]:
    """(months, branches) quality, about standard normal, and the part of it that comes from the town.

    Town -1 stands for the direct units, a little better than the average town.
    """
    months = len(time.months)
    spread = np.linspace(-1.3, 1.3, towns) if towns > 1 else np.zeros(1)
    level = rng.permutation(spread) + 0.2 * drift(rng, months, towns, 0.95)
    level = np.column_stack([level, np.full(months, 0.35)])
    own = rng.standard_normal(len(town))
    own = np.where(own < -1, own * 1.15, own)
    quality = 0.55 * level[:, town] + 0.6 * own + 0.5 * drift(rng, months, len(town), 0.8)
    return quality, level[:, town]

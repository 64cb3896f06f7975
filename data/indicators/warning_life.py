"""From lights to warnings: where a light begins, goes on and ends, with hysteresis (catalogue §13)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.indicators.timeline import Array, Mask
from data.readmodel.light import Light


@dataclass(frozen=True)
class Episode:
    """One warning of one branch: months are columns. ``ended`` is the column that closed it (None: open), ``last``
    the last column with a light, ``red_run`` the columns red in a row up to ``last``, ``void`` an end because the
    rule no longer applies."""

    branch: int
    first: int
    last: int
    ended: int | None
    level: Light
    red_run: int
    void: bool


def episodes(light: Array, hysteresis: int) -> list[Episode]:
    """Warnings of one indicator, by branch and first month; ``light`` is branches × months (`Light`).

    A light opens one warning; it goes on through months without data and closes after ``hysteresis`` columns
    without a light in a row. A rule that does not apply any more (na) voids it. The level is that of the last
    column with a light.
    """
    on = light >= Light.YELLOW
    active = _active(light, on, hysteresis)
    branches, columns = light.shape
    edge = np.zeros((branches, 1), dtype=bool)
    step = np.diff(np.hstack([edge, active, edge]).astype(np.int8), axis=1)
    starts, ends = np.argwhere(step == 1), np.argwhere(step == -1)
    found = []
    for (branch, first), (_, end) in zip(starts.tolist(), ends.tolist(), strict=True):
        lit = np.flatnonzero(on[branch, first:end])
        last = first + int(lit[-1])
        open_ = end == columns
        void = not open_ and light[branch, end] == Light.NA
        red = light[branch, first : last + 1] == Light.RED
        run = len(red) if red.all() else int(np.argmin(red[::-1]))
        level = Light(int(light[branch, last]))
        found.append(Episode(branch, first, last, None if open_ else end, level, run, void))
    return found


def _active(light: Array, on: Mask, hysteresis: int) -> Mask:
    """Columns in which a warning stands."""
    active = np.zeros(light.shape, dtype=bool)
    quiet = np.full(light.shape[0], hysteresis)
    for j in range(light.shape[1]):
        quiet = np.where(on[:, j], 0, np.where(light[:, j] == Light.GREEN, quiet + 1, quiet))
        quiet = np.where(light[:, j] == Light.NA, hysteresis, quiet)
        active[:, j] = quiet < hysteresis
    return active

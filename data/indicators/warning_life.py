"""From lights to warnings: where a light begins, goes on and ends, with hysteresis (catalogue §13)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from data.indicators.timeline import Array, Mask
from data.readmodel.light import Light


class Episode(NamedTuple):
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


_LIGHT = {int(light): light for light in Light}


def episodes(light: Array, hysteresis: int, since: int = 0) -> list[Episode]:
    """Warnings of one indicator, by branch and first month; ``light`` is branches × months (`Light`). Those closed
    before column ``since`` are left out.

    A light opens one warning; it goes on through months without data and closes after ``hysteresis`` columns
    without a light in a row. A rule that does not apply any more (na) voids it. The level is that of the last
    column with a light.
    """
    on = light >= int(Light.YELLOW)
    active = _active(light, on, hysteresis)
    branches, columns = light.shape
    edge = np.zeros((branches, 1), dtype=bool)
    step = np.diff(np.hstack([edge, active, edge]).astype(np.int8), axis=1)
    branch, first = np.nonzero(step == 1)
    end = np.nonzero(step == -1)[1]
    kept = (end == columns) | (end >= since)
    branch, first, end = branch[kept], first[kept], end[kept]
    at = np.arange(columns)
    # Of every column: the newest one with a light, and the newest one that is not red.
    lit = np.maximum.accumulate(np.where(on, at, -1), axis=1)
    not_red = np.maximum.accumulate(np.where(light == int(Light.RED), -1, at), axis=1)
    last = lit[branch, end - 1]
    run = np.minimum(last - not_red[branch, last], last - first + 1)
    is_open = end == columns
    void = ~is_open & (light[branch, np.minimum(end, columns - 1)] == int(Light.NA))
    found = zip(
        *(x.tolist() for x in (branch, first, last, end, light[branch, last], run, void)), strict=True
    )
    return [
        Episode(i, start, newest, None if stop == columns else stop, _LIGHT[int(level)], red, gone)
        for i, start, newest, stop, level, red, gone in found
    ]


def _active(light: Array, on: Mask, hysteresis: int) -> Mask:
    """Columns in which a warning stands."""
    active = np.zeros(light.shape, dtype=bool)
    quiet = np.full(light.shape[0], hysteresis)
    for j in range(light.shape[1]):
        quiet = np.where(on[:, j], 0, np.where(light[:, j] == int(Light.GREEN), quiet + 1, quiet))
        quiet = np.where(light[:, j] == int(Light.NA), hysteresis, quiet)
        active[:, j] = quiet < hysteresis
    return active

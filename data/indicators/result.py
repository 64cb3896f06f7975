"""One indicator over all branches and months: value, score and light, with 0, na and nodata kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from data.indicators.timeline import Array, Mask
from data.readmodel.light import Light

Lights = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Result:
    """``value`` in the indicator's unit and ``score`` 0-100, both NaN where na or nodata; ``light`` per cell."""

    value: Array
    score: Array
    light: Lights


def lights(
    shape: tuple[int, ...], *, yellow: Mask, red: Mask, na: Mask, nodata: Mask | None = None
) -> Lights:
    """Red before yellow before green; na and nodata before all of them."""
    light = np.full(shape, Light.GREEN, dtype=np.int8)
    light[yellow] = Light.YELLOW
    light[red] = Light.RED
    light[na] = Light.NA
    if nodata is not None:
        light[nodata] = Light.NODATA
    return light


def result(value: Array, score: Array, light: Lights) -> Result:
    """A result whose value and score are blank wherever the light says na or nodata."""
    blank = light <= Light.NODATA
    return Result(np.where(blank, np.nan, value), np.where(blank, np.nan, np.clip(score, 0, 100)), light)


def ratio(numerator: Array, denominator: Array) -> Array:
    """N/D; NaN where D is 0, never 0 % and never 100 %."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(denominator > 0, numerator / denominator, np.nan)


def too_broken(broken: Array, countable: Array) -> Mask:
    """More than 5 % of the rows a rate needs are not countable (rulings 3)."""
    total = broken + countable
    return (total > 0) & (broken > 0.05 * total)

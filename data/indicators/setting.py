"""What a formula computes with: the measures, their months, and the results of the indicators it builds upon."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from data.indicators.result import Result
from data.indicators.rules import IndicatorRule
from data.indicators.timeline import Array, Mask, Timeline
from data.readmodel.cube import Cube

AVERAGE_DIGITS = 4


def _alone(indicator: str) -> Result:
    raise LookupError(f"no result of {indicator} here")


@dataclass(frozen=True)
class Setting:
    """The cube, its timeline, the feeds that are missing; ``result`` gives another indicator's result, ``rules``
    the district's rule of each, ``averages`` the district's mean per month of each indicator that compares with it:
    where they are given the cube may hold some of the branches only."""

    cube: Cube
    timeline: Timeline
    missing_families: frozenset[str] = frozenset()
    result: Callable[[str], Result] = field(default=_alone)
    rules: Mapping[str, IndicatorRule] = field(default_factory=dict)
    averages: dict[str, Array] = field(default_factory=dict)

    @property
    def shape(self) -> tuple[int, int]:
        """Branches × months."""
        return len(self.cube.branches), len(self.cube.months)

    @property
    def not_eligible(self) -> Mask:
        """Cells of branches that do not exist, are new or are dissolved in the month."""
        mask: Mask = self.cube["eligible"] == 0
        return mask

    def no_feed(self, *families: str) -> Mask:
        """All cells, when one of the families is not connected."""
        return np.full(self.shape, bool(self.missing_families.intersection(families)))

    def established_after(self, days: list[int]) -> Mask:
        """Branches founded after the column's day (proleptic ordinal)."""
        return self.cube["established_day"] > np.array(days)[None, :]

    def district_average(self, indicator: str, values: Array) -> Array:
        """AVG_D: per month the unweighted mean over the eligible branches that have a value, to four digits; NaN
        without one. With all digits each record of anybody would move the score of everybody by a millionth."""
        if indicator not in self.averages:
            known = np.where(self.not_eligible, np.nan, values)
            count = (~np.isnan(known)).sum(axis=0)
            total = np.nansum(known, axis=0)
            self.averages[indicator] = to_digits(np.where(count > 0, total / np.maximum(count, 1), np.nan))
        return np.broadcast_to(self.averages[indicator], self.shape)


def to_digits(values: Array, digits: int = AVERAGE_DIGITS) -> Array:
    """Rounded to so many significant digits; 0 and NaN stay what they are."""
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.floor(np.log10(np.abs(values)))
    step = np.where(np.isfinite(size), digits - 1 - size, 0).astype(int)
    return np.asarray(
        [round(value, places) for value, places in zip(values.tolist(), step.tolist(), strict=True)]
    )

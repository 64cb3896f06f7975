"""Shares of what was due: ratios with the small-number guard."""

from __future__ import annotations

import numpy as np

from data.indicators.entry import Formula
from data.indicators.result import Result, lights, ratio, result, too_broken
from data.indicators.rules import IndicatorRule
from data.indicators.setting import Setting
from data.indicators.timeline import Array, Mask


def guarded(at: Setting, rule: IndicatorRule, value: Array, n: Array, d: Array, nodata: Mask) -> Result:
    """A ratio with the small-number guard: one single failure is at most yellow unless the rule is published."""
    yellow, is_red = rule.beyond(value)
    if not rule.published:
        is_red &= (d - n) >= 2
    na = at.not_eligible | (d <= 0)
    light = lights(at.shape, yellow=yellow, red=is_red, na=na, nodata=nodata & ~at.not_eligible)
    return result(value, 100 * value, light)


def share(numerator: str, denominator: str, broken: str | None, *families: str) -> Formula:
    def formula(at: Setting, rule: IndicatorRule) -> Result:
        n, d = at.cube[numerator], at.cube[denominator]
        nodata = at.no_feed(*families)
        if broken is not None:
            nodata = nodata | too_broken(at.cube[broken], d)
        return guarded(at, rule, ratio(n, d), n, d, nodata)

    return formula


def over_months(numerator: str, denominator: str, months: int, *families: str) -> Formula:
    """A guarded share of the last months."""

    def formula(at: Setting, rule: IndicatorRule) -> Result:
        n, d = (at.timeline.last(at.cube[name], months) for name in (numerator, denominator))
        return guarded(at, rule, ratio(n, d), n, d, at.no_feed(*families))

    return formula


def transfer(at: Setting, rule: IndicatorRule) -> Result:
    """On time over twelve months, minus 20 for each open overdue step; ages and counts need no guard."""
    d = at.timeline.last(at.cube["transfer_steps"], 12)
    n = at.timeline.last(at.cube["transfer_steps_on_time"], 12)
    overdue, long_overdue = at.cube["transfer_overdue"], at.cube["transfer_overdue_30"]
    none_due = (d <= 0) & (overdue > 0)
    value = np.where(none_due, 0.0, ratio(n, d))
    na = at.not_eligible | ((d <= 0) & (overdue <= 0))
    is_red = (overdue >= 3) | none_due
    is_red |= long_overdue >= 1
    light = lights(at.shape, yellow=overdue >= 1, red=is_red, na=na, nodata=at.no_feed("transfers") & ~na)
    return result(value, 100 * value - 20 * overdue, light)


def floating(at: Setting, rule: IndicatorRule) -> Result:
    """The last closed quarter's reports; a month inside a quarter shows the quarter before.

    na for a quarter that began before the data: what was handed in then is not known.
    """
    known = at.timeline.covers(at.timeline.quarter_starts())[None, :]
    n, d = (of_last_quarter(at, at.cube[name] * known) for name in ("floating_reported", "floating_due"))
    return guarded(at, rule, ratio(n, d), n, d, at.no_feed("floating"))


def of_last_quarter(at: Setting, values: Array) -> Array:
    carried = np.zeros_like(values)
    ends = at.timeline.closed & (at.timeline.number % 3 == 0)
    for j in range(values.shape[1]):
        carried[:, j] = values[:, j] if ends[j] else (carried[:, j - 1] if j else 0)
    return carried

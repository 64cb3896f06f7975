"""武进: points of a year, booked month by month, quarter by quarter or once, as attained of what was attainable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from data.indicators.duties import latest_founding
from data.indicators.entry import Formula
from data.indicators.result import Result, lights, ratio, result, too_broken
from data.indicators.rules import IndicatorRule
from data.indicators.setting import Setting
from data.indicators.timeline import Array, Mask

MONTHLY, QUARTERLY = 1 / 12, 1 / 4
# The small-number guard: one single failure since January is at most yellow (§11.5).
GUARDED_FROM = 2


@dataclass(frozen=True)
class Accrual:
    """What each month books (branches × months) of an item's points of the year, as parts of 1.

    ``failing`` counts the members, steps or rows that failed, where the small-number guard applies; ``unknown``
    marks months too broken to be booked at all.
    """

    attained: Array
    attainable: Array
    failing: Array | None = None
    unknown: Mask | None = None

    def __add__(self, other: Accrual) -> Accrual:
        """Two parts of one item."""
        return Accrual(
            self.attained + other.attained,
            self.attainable + other.attainable,
            _both(self.failing, other.failing, np.add),
            _both(self.unknown, other.unknown, np.logical_or),
        )


def _both(a: Array | None, b: Array | None, join: Callable[[Array, Array], Array]) -> Array | None:
    return join(a, b) if a is not None and b is not None else a if b is None else b


Accrue = Callable[[Setting], Accrual]


def part(
    worth: float, share: Array, asked: Mask, *, failing: Array | None = None, unknown: Mask | None = None
) -> Accrual:
    """``worth`` of the year's points where asked, times the share (0-1) reached; nothing is booked elsewhere."""
    booked = asked if unknown is None else asked & ~unknown
    booked = booked & ~np.isnan(share)
    return Accrual(
        np.where(booked, worth * np.nan_to_num(share), 0.0),
        worth * booked,
        None if failing is None else np.where(booked, failing, 0.0),
        None if unknown is None else unknown & asked,
    )


def month_closes(at: Setting) -> Mask:
    """Closed months of eligible branches: what is a share of the month is booked then."""
    closed: Mask = ~at.not_eligible & at.timeline.closed[None, :]
    return closed


def quarter_closes(at: Setting) -> Mask:
    """Closed last months of quarters the data cover, for branches active at least 45 days of the quarter."""
    known = (at.timeline.quarter_position == 2) & at.timeline.covers(at.timeline.quarter_starts())
    closes: Mask = month_closes(at) & known[None, :] & ~at.established_after(latest_founding(at))
    return closes


def monthly_duty(at: Setting, worth: float, held: Mask, asked: Mask, unknown: Mask) -> Accrual:
    """Booked once held, else when the month closes without."""
    due = asked & (month_closes(at) | (held & ~at.not_eligible))
    return part(worth, held.astype(float), due, unknown=unknown)


def quarterly_duty(measure: str) -> Accrue:
    """One in a quarter: booked in the month it is held, else when the quarter closes without."""

    def accrue(at: Setting) -> Accrual:
        timeline, n = at.timeline, at.cube[measure]
        so_far = timeline.since_quarter_start(n)
        in_quarter = ~at.not_eligible & ~at.established_after(latest_founding(at))
        early = (so_far >= 1) & (so_far - n < 1) & in_quarter
        open_still = timeline.since_quarter_start(early.astype(float)) < 1
        due = early | (quarter_closes(at) & open_still)
        held = so_far >= 1
        sums = (timeline.since_quarter_start(at.cube[name]) for name in ("activities_broken", "activities"))
        return part(QUARTERLY, held.astype(float), due, unknown=too_broken(*sums) & ~held)

    return accrue


def of_year(accrue: Accrue, *families: str) -> Formula:
    """Value: points attained since January; score: percent of the attainable ones, judged by the rule's lines."""

    def formula(at: Setting, rule: IndicatorRule) -> Result:
        return judged(at, rule, accrue(at), at.no_feed(*families))

    return formula


def reached(attained: Array, attainable: Array) -> Array:
    """Attained ÷ attainable; the dust that sums of twelfths leave must not carry a share across a line."""
    return np.round(ratio(attained, attainable), 9)


def judged(at: Setting, rule: IndicatorRule, booked: Accrual, no_feed: Mask) -> Result:
    """na while nothing was attainable this year; nodata when that is so because nothing could be counted."""
    attained, attainable = (at.timeline.since_year_start(x) for x in (booked.attained, booked.attainable))
    share = reached(attained, attainable)
    yellow, red = rule.beyond(share)
    yellow = yellow | red
    if booked.failing is not None:
        red = red & (at.timeline.since_year_start(booked.failing) >= GUARDED_FROM)
    empty = attainable <= 0
    nodata = no_feed
    if booked.unknown is not None:
        nodata = nodata | (empty & (at.timeline.since_year_start(booked.unknown.astype(float)) > 0))
    light = lights(
        at.shape,
        yellow=yellow,
        red=red,
        na=at.not_eligible | empty,
        nodata=nodata & ~at.not_eligible,
    )
    return result(rule.weight * attained, 100 * share, light)


def share_of_month(
    numerator: str, denominator: str, broken: str, bands: Callable[[Array], Array] = lambda share: share
) -> Accrue:
    """A share of the month's rows, or what bands of it are worth; each row that fails counts for the guard."""

    def accrue(at: Setting) -> Accrual:
        n, d = at.cube[numerator], at.cube[denominator]
        return part(
            MONTHLY,
            bands(ratio(n, d)),
            month_closes(at) & (d > 0),
            failing=d - n,
            unknown=too_broken(at.cube[broken], d),
        )

    return accrue

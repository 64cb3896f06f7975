"""Duties with a rhythm: once a quarter, once a month, never two months without."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from data.clock import add_months, last_day
from data.indicators.entry import Formula
from data.indicators.result import Result, lights, ratio, result, too_broken
from data.indicators.rules import IndicatorRule
from data.indicators.setting import Setting
from data.indicators.shares import guarded
from data.indicators.timeline import Mask
from data.readmodel.light import Light


def quarterly(measure: str) -> Formula:
    """Once a quarter: yellow when its second month closes without, red when the quarter closes (S1)."""

    def formula(at: Setting, rule: IndicatorRule) -> Result:
        n = at.timeline.since_quarter_start(at.cube[measure])
        position = np.broadcast_to(at.timeline.quarter_position, at.shape)
        short_quarter = (position == 2) & at.established_after(latest_founding(at))
        unknown = ~np.broadcast_to(at.timeline.covers(at.timeline.quarter_starts()), at.shape)
        missing = rule.yellow_line.crossed(n)
        na = at.not_eligible | short_quarter | (missing & (unknown | (position == 0)))
        sums = (
            at.timeline.since_quarter_start(at.cube[name]) for name in ("activities_broken", "activities")
        )
        nodata = (at.no_feed("activities") | too_broken(*sums)) & ~na
        light = lights(
            at.shape, yellow=missing & (position == 1), red=missing & (position == 2), na=na, nodata=nodata
        )
        score = np.where(missing, np.where(position == 1, 50.0, 0.0), 100.0)
        return result(n, score, light)

    return formula


def openness(at: Setting, rule: IndicatorRule) -> Result:
    """A disclosure each quarter: yellow while it is missing, red when two quarters in a row closed without (S1)."""
    n = at.timeline.since_quarter_start(at.cube["disclosures"])
    position = np.broadcast_to(at.timeline.quarter_position, at.shape)
    missing = rule.yellow_line.crossed(n)
    unknown = ~np.broadcast_to(at.timeline.covers(at.timeline.quarter_starts()), at.shape)
    short_quarter = (position == 2) & at.established_after(latest_founding(at))
    na = at.not_eligible | short_quarter | (missing & (unknown | (position == 0)))
    closed_without = rule.red_line.crossed(n) & (position == 2) & ~na
    quarter_before = np.zeros(at.shape, dtype=bool)
    quarter_before[:, 3:] = closed_without[:, :-3]
    light = lights(
        at.shape,
        yellow=missing,
        red=closed_without & quarter_before,
        na=na,
        nodata=at.no_feed("posts") & ~na,
    )
    return result(n, np.where(missing, np.where(position == 1, 50.0, 0.0), 100.0), light)


def latest_founding(at: Setting) -> list[int]:
    """Per column the last founding day that leaves 45 active days at the close of the quarter (rulings 8)."""
    ends = [
        last_day(add_months(month, 2 - int(p)))
        for month, p in zip(at.cube.months, at.timeline.quarter_position, strict=True)
    ]
    return [day.toordinal() - 44 for day in ends]


def broken_activities(at: Setting) -> Mask:
    """Months in which too many activities cannot be counted: nobody knows what was held or missed."""
    return too_broken(at.cube["activities_broken"], at.cube["activities"])


def monthly(measure: str, due: Callable[[Setting], Mask]) -> Formula:
    """Once a month: yellow after ``rule.yellow`` missed months in a row, red after ``rule.red``."""

    def formula(at: Setting, rule: IndicatorRule) -> Result:
        n = at.cube[measure]
        applies = due(at) & ~at.not_eligible
        broken = broken_activities(at)
        run = at.timeline.run(applies & (n < 1) & ~broken)
        nodata = at.no_feed("activities") | broken
        light = lights(
            at.shape,
            yellow=rule.yellow_line.crossed(run),
            red=rule.red_line.crossed(run),
            na=~applies,
            nodata=nodata & applies,
        )
        return result(n, 100.0 * (n >= 1), light)

    return formula


def always(at: Setting) -> Mask:
    return np.ones(at.shape, dtype=bool)


def with_committee(at: Setting) -> Mask:
    """Due with a committee in force, whatever the number of full members (rulings 9)."""
    return at.cube["has_committee"] > 0


def group_meeting(at: Setting, rule: IndicatorRule) -> Result:
    """Red needs two months in a row below the line."""
    n, d = at.cube["groups_met"], at.cube["groups"]
    value = ratio(n, d)
    broken = broken_activities(at)
    nodata = at.no_feed("groups", "activities") | (broken & (d > 0))
    now = guarded(at, rule, value, n, d, nodata)
    # A run begins with the first full month after founding (rulings 25).
    below = rule.red_line.crossed(value) & ~at.not_eligible & ~broken
    light = now.light.copy()
    light[(light == Light.RED) & ~(at.timeline.run(below) >= 2)] = Light.YELLOW
    return result(value, 100 * value, light)


def life_gap(at: Setting, rule: IndicatorRule) -> Result:
    """Months in a row without organisation life, from the first full month after founding (published rule)."""
    broken = broken_activities(at)
    gap = at.timeline.run((at.cube["life_activities"] < 1) & ~at.not_eligible & ~broken)
    nodata = (at.no_feed("activities") | broken) & ~at.not_eligible
    light = lights(
        at.shape,
        yellow=rule.yellow_line.crossed(gap),
        red=rule.red_line.crossed(gap),
        na=at.not_eligible,
        nodata=nodata,
    )
    return result(gap, np.select([gap == 0, gap == 1], [100.0, 50.0], 0.0), light)

"""Procedures with limits of their own: admission, dispositions, key projects, the visits of a winter."""

from __future__ import annotations

import numpy as np

from data.indicators.result import Result, lights, ratio, result
from data.indicators.rules import IndicatorRule
from data.indicators.setting import Setting
from data.indicators.shares import guarded
from data.indicators.timeline import Array
from data.readmodel.light import Light


def development(at: Setting, rule: IndicatorRule) -> Result:
    """Steps in time and documented over twelve months, minus 20 for each open overdue step; counts need no guard.

    The yellow line is for overdue steps and missing documents, the red one for steps overdue by more than thirty
    days or taken before their shortest interval.
    """
    d, n, missing, early = (
        at.timeline.last(at.cube[name], 12)
        for name in ("dev_steps", "dev_steps_proper", "dev_uploads_missing", "dev_steps_early")
    )
    overdue = at.cube["dev_overdue"]
    nothing = overdue + missing + early <= 0
    none_due = d <= 0
    value = np.where(none_due, 0.0, ratio(n, d))
    na = at.not_eligible | (none_due & nothing)
    light = lights(
        at.shape,
        yellow=rule.yellow_line.crossed(overdue + missing),
        red=rule.red_line.crossed(at.cube["dev_overdue_30"] + early) | (none_due & (overdue > 0)),
        na=na,
        nodata=at.no_feed("development") & ~na,
    )
    return result(value, 100 * value - 20 * overdue, light)


def unqualified(at: Setting, rule: IndicatorRule) -> Result:
    """Members whose handling is past its limit; the red line is for those past it by more than ninety days."""
    overdue = at.cube["unqualified_overdue"]
    nodata = at.no_feed("dispositions")
    light = lights(
        at.shape,
        yellow=rule.yellow_line.crossed(overdue),
        red=rule.red_line.crossed(at.cube["unqualified_overdue_90"]),
        na=at.not_eligible | (at.cube["unqualified_members"] <= 0),
        nodata=nodata & ~at.not_eligible,
    )
    return result(overdue, 100.0 * (overdue <= 0), light)


def secretary_project(at: Setting, rule: IndicatorRule) -> Result:
    """The largest lag, 0 when all are in time or ahead; the red line is for projects past their date."""
    known = at.cube["project_lag"]
    none = np.isnan(known)
    lag = np.maximum(0, known)
    light = lights(
        at.shape,
        yellow=rule.yellow_line.crossed(lag),
        red=rule.red_line.crossed(at.cube["projects_overdue"]),
        na=at.not_eligible | none,
        nodata=at.no_feed("projects") & ~at.not_eligible,
    )
    return result(lag, 100 * (1 - np.nan_to_num(lag)), light)


def condolence(at: Setting, rule: IndicatorRule) -> Result:
    """Members visited in the season: not judged in December, at most yellow in January, then as it ended until
    the next December."""
    n, d = (of_season(at, at.cube[name]) for name in ("condolence_visited", "condolence_due"))
    found = guarded(at, rule, ratio(n, d), n, d, at.no_feed("condolence"))
    number = np.broadcast_to(at.timeline.number, at.shape)
    light = np.where(number == 12, np.minimum(found.light, Light.GREEN), found.light)
    light = np.where(number == 1, np.minimum(light, Light.YELLOW), light)
    return result(found.value, found.score, light)


def of_season(at: Setting, values: Array) -> Array:
    """Sum over the months of the last season (December to February) up to each column; 0 where that December
    lies before the data: nobody is known to be due then."""
    total = np.zeros(at.shape)
    for j, number in enumerate(at.timeline.number):
        december = j - int(number) % 12
        if december >= 0:
            total[:, j] = values[:, december : min(j, december + 2) + 1].sum(axis=1)
    return total

"""The yearly reviews: organisation-life meeting and democratic appraisal."""

from __future__ import annotations

from datetime import date

import numpy as np

from data.indicators.result import Result, lights, ratio, result
from data.indicators.rules import IndicatorRule
from data.indicators.setting import Setting
from data.indicators.timeline import Mask


def review_not_asked(at: Setting) -> Mask:
    """Founded after September of the reviewed year."""
    years = at.timeline.review_years()
    return at.established_after([_september_end(int(year)) for year in years])


def _september_end(year: int) -> int:
    return date(year, 9, 30).toordinal()


def life_meeting(at: Setting, rule: IndicatorRule) -> Result:
    """Yearly: yellow from the close of December, red from the close of February until held (rulings 12)."""
    held = (
        at.timeline.of_review_year(at.cube["life_meeting_this_year"], at.cube["life_meeting_last_year"]) > 0
    )
    number = np.broadcast_to(at.timeline.number, at.shape)
    begun_before = np.broadcast_to(at.timeline.review_years() < at.timeline.year[0], at.shape)
    not_yet = (number == 10) | (number == 11)
    na = at.not_eligible | review_not_asked(at) | (~held & (not_yet | begun_before))
    waiting = ~held & ((number == 12) | (number == 1))
    overdue = ~held & ~waiting
    nodata = at.no_feed("appraisals") & ~na
    light = lights(at.shape, yellow=waiting, red=overdue, na=na, nodata=nodata)
    found = result(held.astype(float), 100.0 * held, light)
    return Result(found.value, np.where(waiting, np.nan, found.score), found.light)


def appraisal(at: Setting, rule: IndicatorRule) -> Result:
    """Share of members appraised; last year's from January to September (rulings 11).

    Not held is 0 unless there is nobody to appraise; that is told by all members, abroad and lost ones too.
    """
    cube, timeline = at.cube, at.timeline
    held = timeline.of_review_year(cube["appraisal_this_year"], cube["appraisal_last_year"]) > 0
    n = timeline.of_review_year(cube["appraised_this_year"], cube["appraised_last_year"])
    d = timeline.of_review_year(cube["appraisable_this_year"], cube["appraisable_last_year"])
    number = np.broadcast_to(timeline.number, at.shape)
    begun_before = np.broadcast_to(timeline.review_years() < timeline.year[0], at.shape)
    before_close = (number == 10) | (number == 11)
    value = np.where(held, ratio(n, d), 0.0)
    nobody = np.where(held, d, timeline.at_review_close(cube["members"])) <= 0
    na = at.not_eligible | review_not_asked(at) | nobody | (~held & (before_close | begun_before))
    decided = (number >= 2) & (number <= 9)
    is_red = decided & (~held | (rule.red_line.crossed(value) & (d - n >= 2)))
    light = lights(
        at.shape,
        yellow=rule.yellow_line.crossed(value) & ~before_close,
        red=is_red,
        na=na,
        nodata=at.no_feed("appraisals") & ~na,
    )
    return result(value, 100 * value, light)

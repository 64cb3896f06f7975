"""The branch indicators of the 海曙 set: each one function from measures to value, score and light (§5.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from data.clock import add_months, last_day
from data.indicators.result import Result, lights, ratio, result, too_broken
from data.indicators.rules import IndicatorRule
from data.indicators.timeline import Array, Mask, Timeline
from data.readmodel.cube import Cube
from data.readmodel.results import Light


@dataclass(frozen=True)
class Setting:
    """What every formula needs: the cube, its timeline, which feeds are missing."""

    cube: Cube
    timeline: Timeline
    missing_families: frozenset[str] = frozenset()

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


Formula = Callable[[Setting, IndicatorRule], Result]


def _threshold(rule: IndicatorRule) -> tuple[float, float]:
    return (
        float("nan") if rule.yellow is None else rule.yellow,
        float("nan") if rule.red is None else rule.red,
    )


def _quarterly(measure: str) -> Formula:
    """Once a quarter: yellow when its second month closes without, red when the quarter closes (S1)."""

    def formula(at: Setting, rule: IndicatorRule) -> Result:
        required = _threshold(rule)[0]
        n = at.timeline.since_quarter_start(at.cube[measure])
        position = np.broadcast_to(at.timeline.quarter_position, at.shape)
        short_quarter = (position == 2) & at.established_after(_latest_founding(at))
        unknown = ~np.broadcast_to(at.timeline.covers(at.timeline.quarter_starts()), at.shape)
        missing = n < required
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


def _latest_founding(at: Setting) -> list[int]:
    """Per column the last founding day that leaves 45 active days at the close of the quarter (rulings 8)."""
    ends = [
        last_day(add_months(month, 2 - int(p)))
        for month, p in zip(at.cube.months, at.timeline.quarter_position, strict=True)
    ]
    return [day.toordinal() - 44 for day in ends]


def _broken_activities(at: Setting) -> Mask:
    """Months in which too many activities cannot be counted: nobody knows what was held or missed."""
    return too_broken(at.cube["activities_broken"], at.cube["activities"])


def _monthly(measure: str, due: Callable[[Setting], Mask]) -> Formula:
    """Once a month: yellow after ``rule.yellow`` missed months in a row, red after ``rule.red``."""

    def formula(at: Setting, rule: IndicatorRule) -> Result:
        yellow, red = _threshold(rule)
        n = at.cube[measure]
        applies = due(at) & ~at.not_eligible
        broken = _broken_activities(at)
        run = at.timeline.run(applies & (n < 1) & ~broken)
        nodata = at.no_feed("activities") | broken
        light = lights(at.shape, yellow=run >= yellow, red=run >= red, na=~applies, nodata=nodata & applies)
        return result(n, 100.0 * (n >= 1), light)

    return formula


def _always(at: Setting) -> Mask:
    return np.ones(at.shape, dtype=bool)


def _with_committee(at: Setting) -> Mask:
    """Due with a committee in force, whatever the number of full members (rulings 9)."""
    return at.cube["has_committee"] > 0


def _guarded(at: Setting, rule: IndicatorRule, value: Array, n: Array, d: Array, nodata: Mask) -> Result:
    """A ratio with the small-number guard: one single failure is at most yellow unless the rule is published."""
    yellow, red = _threshold(rule)
    is_red = value < red
    if not rule.published:
        is_red &= (d - n) >= 2
    na = at.not_eligible | (d <= 0)
    light = lights(at.shape, yellow=(value < yellow), red=is_red, na=na, nodata=nodata & ~at.not_eligible)
    return result(value, 100 * value, light)


def _ratio(numerator: str, denominator: str, broken: str | None, *families: str) -> Formula:
    def formula(at: Setting, rule: IndicatorRule) -> Result:
        n, d = at.cube[numerator], at.cube[denominator]
        nodata = at.no_feed(*families)
        if broken is not None:
            nodata = nodata | too_broken(at.cube[broken], d)
        return _guarded(at, rule, ratio(n, d), n, d, nodata)

    return formula


def _group_meeting(at: Setting, rule: IndicatorRule) -> Result:
    """Red needs two months in a row below the line."""
    n, d = at.cube["groups_met"], at.cube["groups"]
    value = ratio(n, d)
    broken = _broken_activities(at)
    nodata = at.no_feed("groups", "activities") | (broken & (d > 0))
    now = _guarded(at, rule, value, n, d, nodata)
    red = _threshold(rule)[1]
    # A run begins with the first full month after founding (rulings 25).
    below = (np.nan_to_num(value, nan=1.0) < red) & ~at.not_eligible & ~broken
    light = now.light.copy()
    light[(light == Light.RED) & ~(at.timeline.run(below) >= 2)] = Light.YELLOW
    return result(value, 100 * value, light)


def _life_gap(at: Setting, rule: IndicatorRule) -> Result:
    """Months in a row without organisation life, from the first full month after founding (published rule)."""
    yellow, red = _threshold(rule)
    broken = _broken_activities(at)
    gap = at.timeline.run((at.cube["life_activities"] < 1) & ~at.not_eligible & ~broken)
    nodata = (at.no_feed("activities") | broken) & ~at.not_eligible
    light = lights(at.shape, yellow=gap >= yellow, red=gap >= red, na=at.not_eligible, nodata=nodata)
    return result(gap, np.select([gap == 0, gap == 1], [100.0, 50.0], 0.0), light)


def _review_not_asked(at: Setting) -> Mask:
    """Founded after September of the reviewed year."""
    years = at.timeline.review_years()
    return at.established_after([_september_end(int(year)) for year in years])


def _september_end(year: int) -> int:
    return date(year, 9, 30).toordinal()


def _life_meeting(at: Setting, rule: IndicatorRule) -> Result:
    """Yearly: yellow from the close of December, red from the close of February until held (rulings 12)."""
    held = (
        at.timeline.of_review_year(at.cube["life_meeting_this_year"], at.cube["life_meeting_last_year"]) > 0
    )
    number = np.broadcast_to(at.timeline.number, at.shape)
    begun_before = np.broadcast_to(at.timeline.review_years() < at.timeline.year[0], at.shape)
    not_yet = (number == 10) | (number == 11)
    na = at.not_eligible | _review_not_asked(at) | (~held & (not_yet | begun_before))
    waiting = ~held & ((number == 12) | (number == 1))
    overdue = ~held & ~waiting
    nodata = at.no_feed("appraisals") & ~na
    light = lights(at.shape, yellow=waiting, red=overdue, na=na, nodata=nodata)
    found = result(held.astype(float), 100.0 * held, light)
    return Result(found.value, np.where(waiting, np.nan, found.score), found.light)


def _appraisal(at: Setting, rule: IndicatorRule) -> Result:
    """Share of members appraised; last year's from January to September (rulings 11).

    Not held is 0 unless there is nobody to appraise; that is told by all members, abroad and lost ones too.
    """
    yellow, red = _threshold(rule)
    cube, timeline = at.cube, at.timeline
    held = timeline.of_review_year(cube["appraisal_this_year"], cube["appraisal_last_year"]) > 0
    n = timeline.of_review_year(cube["appraised_this_year"], cube["appraised_last_year"])
    d = timeline.of_review_year(cube["appraisable_this_year"], cube["appraisable_last_year"])
    number = np.broadcast_to(timeline.number, at.shape)
    begun_before = np.broadcast_to(timeline.review_years() < timeline.year[0], at.shape)
    before_close = (number == 10) | (number == 11)
    value = np.where(held, ratio(n, d), 0.0)
    nobody = np.where(held, d, timeline.at_review_close(cube["members"])) <= 0
    na = at.not_eligible | _review_not_asked(at) | nobody | (~held & (before_close | begun_before))
    decided = (number >= 2) & (number <= 9)
    low = np.nan_to_num(value, nan=1.0)
    is_red = decided & (~held | ((low < red) & (d - n >= 2)))
    light = lights(
        at.shape,
        yellow=(low < yellow) & ~before_close,
        red=is_red,
        na=na,
        nodata=at.no_feed("appraisals") & ~na,
    )
    return result(value, 100 * value, light)


def _transfer(at: Setting, rule: IndicatorRule) -> Result:
    """On time over twelve months, minus 20 for each open overdue step; ages and counts need no guard."""
    days_red = _threshold(rule)[1]
    d = at.timeline.last(at.cube["transfer_steps"], 12)
    n = at.timeline.last(at.cube["transfer_steps_on_time"], 12)
    overdue, long_overdue = at.cube["transfer_overdue"], at.cube["transfer_overdue_30"]
    none_due = (d <= 0) & (overdue > 0)
    value = np.where(none_due, 0.0, ratio(n, d))
    na = at.not_eligible | ((d <= 0) & (overdue <= 0))
    is_red = (overdue >= 3) | none_due
    if days_red <= 30:
        is_red |= long_overdue >= 1
    light = lights(at.shape, yellow=overdue >= 1, red=is_red, na=na, nodata=at.no_feed("transfers") & ~na)
    return result(value, 100 * value - 20 * overdue, light)


def _floating(at: Setting, rule: IndicatorRule) -> Result:
    """The last closed quarter's reports; a month inside a quarter shows the quarter before."""
    n, d = (_of_last_quarter(at, at.cube[name]) for name in ("floating_reported", "floating_due"))
    return _guarded(at, rule, ratio(n, d), n, d, at.no_feed("floating"))


def _of_last_quarter(at: Setting, values: Array) -> Array:
    carried = np.zeros_like(values)
    ends = at.timeline.closed & (at.timeline.number % 3 == 0)
    for j in range(values.shape[1]):
        carried[:, j] = values[:, j] if ends[j] else (carried[:, j - 1] if j else 0)
    return carried


def _term(at: Setting, rule: IndicatorRule) -> Result:
    """Days left of the term; the last valid day is still a full score (rulings 14)."""
    yellow, red = _threshold(rule)
    days = at.cube["term_days"]
    first_year = at.established_after([last_day(month).toordinal() - 365 for month in at.cube.months])
    none = np.isnan(days)
    na = at.not_eligible | (at.cube["temporary"] > 0) | (none & first_year)
    known = np.nan_to_num(days, nan=0.0)
    light = lights(
        at.shape,
        yellow=(known <= yellow),
        red=known < red,
        na=na,
        nodata=(none | at.no_feed("terms")) & ~na,
    )
    return result(known, 100.0 * (known >= 0), light)


FORMULAS: Mapping[str, Formula] = {
    "hs_b_member_assembly": _quarterly("assemblies"),
    "hs_b_committee_meeting": _monthly("committee_meetings", _with_committee),
    "hs_b_group_meeting": _group_meeting,
    "hs_b_party_lecture": _quarterly("lectures"),
    "hs_b_theme_party_day": _monthly("theme_days", _always),
    "hs_b_life_gap": _life_gap,
    "hs_b_life_meeting": _life_meeting,
    "hs_b_attendance_rate": _ratio("present", "required", "attendance_broken", "attendance"),
    "hs_b_appraisal": _appraisal,
    "hs_b_transfer": _transfer,
    "hs_b_dues_collection": _ratio("dues_full", "dues_owed", "dues_broken", "dues"),
    "hs_b_floating": _floating,
    "hs_b_term": _term,
}

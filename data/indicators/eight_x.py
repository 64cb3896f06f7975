"""“8+x”: the eight institutions of organisation life, each as done of due in the month it is booked (§7.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from data.indicators.duties import broken_activities, latest_founding
from data.indicators.result import Result, lights, ratio, result, too_broken
from data.indicators.reviews import review_not_asked
from data.indicators.rules import IndicatorRule
from data.indicators.setting import Setting
from data.indicators.timeline import Array, Mask

Booked = tuple[Array, Array]
# Talks are due pro rata in the six months from July on.
TALKS_FROM, HALF_YEAR = 7, 6


def booked(at: Setting) -> Mapping[str, Booked]:
    """Institution → (done, due) per branch and month; NaN without its feed.

    A duty is booked in the month it is carried out, or undone when its period closes; a month or quarter too
    broken to be counted books nothing.
    """
    found: dict[str, Booked] = {}
    for name, (book, families) in INSTITUTIONS.items():
        done, due = book(at)
        gap = at.no_feed(*families)
        found[name] = (np.where(gap, np.nan, done), np.where(gap, np.nan, due))
    return found


def rate(at: Setting, rule: IndicatorRule) -> Result:
    """Done ÷ due since January over all institutions; na where nothing has fallen due."""
    both = booked(at).values()
    done, due = (
        at.timeline.since_year_start(sum((np.nan_to_num(pair[k]) for pair in both), np.zeros(at.shape)))
        for k in (0, 1)
    )
    value = ratio(done, due)
    yellow, red = rule.beyond(value)
    na = at.not_eligible | (due <= 0)
    nodata = at.no_feed("activities") & ~at.not_eligible
    light = lights(at.shape, yellow=yellow, red=red, na=na, nodata=nodata)
    return result(value, 100 * value, light)


def _closed(at: Setting) -> Mask:
    return np.broadcast_to(at.timeline.closed, at.shape)


def _quarterly(measure: str) -> Callable[[Setting], Booked]:
    def book(at: Setting) -> Booked:
        timeline, n = at.timeline, at.cube[measure]
        asked = ~at.not_eligible & ~at.established_after(latest_founding(at))
        so_far = timeline.since_quarter_start(n)
        first = asked & (so_far >= 1) & (so_far - n < 1)
        closes = (
            timeline.closed & (timeline.quarter_position == 2) & timeline.covers(timeline.quarter_starts())
        )
        sums = (timeline.since_quarter_start(at.cube[name]) for name in ("activities_broken", "activities"))
        still = timeline.since_quarter_start(first.astype(float)) < 1
        # Held before the branch was first evaluated, it is booked at the close.
        late = asked & closes[None, :] & still & ((so_far >= 1) | ~too_broken(*sums))
        return 1.0 * (first | (late & (so_far >= 1))), 1.0 * (first | late)

    return book


def _monthly(at: Setting, held: Mask, asked: Mask) -> Booked:
    due = asked & ~at.not_eligible & (held | _closed(at)) & ~broken_activities(at)
    return 1.0 * (due & held), 1.0 * due


def _committee(at: Setting) -> Booked:
    return _monthly(at, at.cube["committee_meetings"] >= 1, at.cube["has_committee"] > 0)


def _theme_day(at: Setting) -> Booked:
    return _monthly(at, at.cube["theme_days"] >= 1, ~at.not_eligible)


def _groups(at: Setting) -> Booked:
    """One per group: in the open month only what has been held is due."""
    met = at.cube["groups_met"]
    asked = ~at.not_eligible & ~broken_activities(at)
    return np.where(asked, met, 0.0), np.where(asked, np.where(_closed(at), at.cube["groups"], met), 0.0)


def _review(name: str) -> Callable[[Setting], Booked]:
    """Once a year: in the month held, or undone at the close of February."""

    def book(at: Setting) -> Booked:
        cube, timeline = at.cube, at.timeline
        now = np.minimum(1, cube[f"{name}_this_year"] + cube[f"{name}_last_year"])
        held = np.where(at.not_eligible, 0.0, now)
        reviewed = timeline.of_review_year(cube[f"{name}_this_year"], cube[f"{name}_last_year"]) > 0
        known = timeline.review_years() >= timeline.year[0]
        closes = timeline.closed & (timeline.number == 2) & known
        missed = closes[None, :] & ~reviewed & ~at.not_eligible & ~review_not_asked(at)
        if name == "appraisal":
            missed &= cube["members"] > 0
        return held, held + missed

    return book


def _talks(at: Setting) -> Booked:
    """One talk per member and year, due a sixth each month from July; the share of members covered is done."""
    number = at.timeline.number
    members, talked = at.cube["normal_members"], at.cube["talked_in_year"]
    asked = ~at.not_eligible & (members > 0) & _closed(at)
    due = np.broadcast_to(np.clip((number - TALKS_FROM + 1) / HALF_YEAR, 0, 1), at.shape)
    done = np.minimum(due, np.nan_to_num(ratio(talked, members)))
    return _of_month(at, done, asked), _of_month(at, due, asked)


def _of_month(at: Setting, to_date: Array, asked: Mask) -> Array:
    """What each month asked adds to the sum of its year; the others add nothing."""
    added, booked = np.zeros(at.shape), np.zeros(at.shape[0])
    for j, number in enumerate(at.timeline.number):
        if number == 1:
            booked = np.zeros(at.shape[0])
        added[:, j] = np.where(asked[:, j], to_date[:, j] - booked, 0.0)
        booked = booked + added[:, j]
    return added


INSTITUTIONS: Mapping[str, tuple[Callable[[Setting], Booked], tuple[str, ...]]] = {
    "assembly": (_quarterly("assemblies"), ("activities",)),
    "committee": (_committee, ("activities", "terms")),
    "group": (_groups, ("activities", "groups")),
    "lecture": (_quarterly("lectures"), ("activities",)),
    "life_meeting": (_review("life_meeting"), ("appraisals",)),
    "theme_day": (_theme_day, ("activities",)),
    "appraisal": (_review("appraisal"), ("appraisals",)),
    "heart_talk": (_talks, ("member_lights",)),
}

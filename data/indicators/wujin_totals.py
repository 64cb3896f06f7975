"""武进: the yearly reviews of an item, the four aspects, and the total on the scale of 600 points."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from data.indicators.entry import Formula
from data.indicators.points import judged, of_year, reached
from data.indicators.result import Result, lights, ratio, result
from data.indicators.rules import IndicatorRule
from data.indicators.setting import Setting
from data.indicators.timeline import Array, Mask
from data.indicators.wujin_items import ITEMS, founded_late, life_meeting
from data.readmodel.light import Light

LIFE_MEETING = "wj_b_life_meeting"
ASPECTS = ("wj_b_aspect_setup", "wj_b_aspect_members", "wj_b_aspect_activities", "wj_b_aspect_guarantee")


def item(name: str) -> Formula:
    """One of the 17 items but the reviews."""
    accrue, families = ITEMS[name]
    return of_year(accrue, *families)


def reviews(at: Setting, rule: IndicatorRule) -> Result:
    """Booked in the month held; until this year's are, the light of last year's stands once it is final.

    Its points stay with that year, so the value is then 0 and only score and light tell of it.
    """
    now = judged(at, rule, life_meeting(at), at.no_feed("appraisals"))
    attained, attainable = last_reviews(at)
    share = reached(attained, attainable)
    yellow, red = rule.beyond(share)
    na = at.not_eligible | (attainable <= 0)
    before = lights(at.shape, yellow=yellow, red=red, na=na)
    carried = (now.light == Light.NA) & (before > Light.NA)
    return Result(
        np.where(carried, 0.0, now.value),
        np.where(carried, 100 * share, now.score),
        np.where(carried, before, now.light),
    )


def last_reviews(at: Setting) -> tuple[Array, Array]:
    """(attained, attainable) of 1 for the reviews of the year before each column, final from the close of February.

    0 of 0 before, for branches not asked, and for a year the data do not cover unless it was held.
    """
    cube, year = at.cube, at.timeline.year
    final = _from_february(at) & ~at.not_eligible & ~founded_late(at, (year - 1).tolist())
    known = _covered(at)
    met = _of_last_year(at, "life_meeting") > 0
    held = _of_last_year(at, "appraisal") > 0
    appraised, appraisable = (_of_last_year(at, name) for name in ("appraised", "appraisable"))
    share = np.where(held, np.nan_to_num(ratio(appraised, appraisable)), 0.0)
    somebody = np.where(held, appraisable, _in_month(at, cube["members"], 2)) > 0
    first, second = final & (met | known), final & somebody & (held | known)
    return 0.5 * (first & met) + 0.5 * np.where(second, share, 0.0), 0.5 * first + 0.5 * second


def _of_last_year(at: Setting, name: str) -> Array:
    """What was held for the year before each column: within it, or in January and February up to the column."""
    this, last = at.cube[f"{name}_this_year"], at.cube[f"{name}_last_year"]
    timeline, place = at.timeline, np.arange(len(at.cube.months))
    total = np.zeros_like(this)
    for j, year in enumerate(timeline.year):
        after = (timeline.year == year) & (timeline.number <= 2) & (place <= j)
        total[:, j] = this[:, timeline.year == year - 1].sum(axis=1) + last[:, after].sum(axis=1)
    return total


def _from_february(at: Setting) -> Mask:
    closed, number = at.timeline.closed, at.timeline.number
    return np.broadcast_to((number >= 3) | ((number == 2) & closed), at.shape)


def _covered(at: Setting) -> Mask:
    """Columns whose year before begins within the data."""
    months = set(at.cube.months)
    return np.broadcast_to([f"{year - 1}-01" in months for year in at.timeline.year.tolist()], at.shape)


def _in_month(at: Setting, values: Array, number: int, years_back: int = 0) -> Array:
    """The values of one calendar month of each column's year, or of a year before; 0 where the data lack it."""
    place = {month: j for j, month in enumerate(at.cube.months)}
    taken = [place.get(f"{year - years_back}-{number:02d}", -1) for year in at.timeline.year.tolist()]
    return np.where(np.array(taken) >= 0, values[:, taken], 0.0)


def aspect(at: Setting, rule: IndicatorRule) -> Result:
    """Value: points attainable since January over the items of the rule's group; score: percent attained."""
    items = _items_of(at, rule.group)
    attainable = sum((_attainable(at, name, item) for name, item in items.items()), np.zeros(at.shape))
    attained = _attained(at, items)
    share = reached(attained, attainable)
    yellow, red = rule.beyond(share)
    na = at.not_eligible | (attainable <= 0)
    return result(attainable, 100 * share, lights(at.shape, yellow=yellow, red=red, na=na))


def _items_of(at: Setting, group: str) -> Mapping[str, IndicatorRule]:
    return {name: at.rules[name] for name in ITEMS if at.rules[name].group == group}


def _attainable(at: Setting, name: str, rule: IndicatorRule) -> Array:
    accrue, families = ITEMS[name]
    booked = at.timeline.since_year_start(accrue(at).attainable)
    return np.where(at.no_feed(*families), 0.0, rule.weight * booked)


def _attained(at: Setting, items: Mapping[str, IndicatorRule]) -> Array:
    return sum((np.nan_to_num(at.result(name).value) for name in items), np.zeros(at.shape))


def total(at: Setting, rule: IndicatorRule) -> Result:
    """Attained of attainable since January, on the full scale; the lines are points of that scale."""
    attainable = sum((np.nan_to_num(at.result(name).value) for name in ASPECTS), np.zeros(at.shape))
    return _on_full_scale(at, rule, _attained(at, _every_item(at)), attainable)


def last_year(at: Setting, rule: IndicatorRule) -> Result:
    """The yearly score of the year before, final at the close of February with the reviews held until then."""
    rules = _every_item(at)
    weight = rules[LIFE_MEETING].weight
    attained, attainable = last_reviews(at)
    others = {name: item for name, item in rules.items() if name != LIFE_MEETING}
    december_attained = _in_month(at, _attained(at, others), 12, 1)
    aspects = sum((np.nan_to_num(at.result(name).value) for name in ASPECTS), np.zeros(at.shape))
    december = _in_month(at, aspects - _attainable(at, LIFE_MEETING, rules[LIFE_MEETING]), 12, 1)
    final = _from_february(at) & _covered(at) & (december > 0)
    points = np.where(final, december_attained + weight * attained, 0.0)
    return _on_full_scale(at, rule, points, np.where(final, december + weight * attainable, 0.0))


def _every_item(at: Setting) -> Mapping[str, IndicatorRule]:
    return {name: at.rules[name] for name in ITEMS}


def _on_full_scale(at: Setting, rule: IndicatorRule, attained: Array, attainable: Array) -> Result:
    full = sum(item.weight for item in _every_item(at).values())
    share = reached(attained, attainable)
    yellow, red = rule.beyond(np.round(full * share, 6))
    na = at.not_eligible | (attainable <= 0)
    light = lights(at.shape, yellow=yellow, red=red, na=na)
    return result(full * share, 100 * share, light)

"""惠济, nodes of the quarter: points for what is done in a month or a quarter, a reminder once the node day passed."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from data.indicators.duties import always, broken_activities, latest_founding, with_committee
from data.indicators.entry import Formula
from data.indicators.result import Result, lights, ratio, result, too_broken
from data.indicators.rules import IndicatorRule
from data.indicators.setting import Setting
from data.indicators.shares import of_last_quarter
from data.indicators.timeline import Array, Mask

Part = Callable[[Setting], Array]


@dataclass(frozen=True)
class Node:
    """``done`` is the share (0-1) of what the period asks for, NaN where nothing is due: of the month where
    ``monthly``, else of the quarter to date. ``day`` is the node day of the period, of each month where
    ``day_of_month``."""

    done: Part
    day: int
    monthly: bool = False
    day_of_month: bool = False
    counts_activities: bool = False
    families: tuple[str, ...] = ("activities",)


def _each_month(measure: str, due: Callable[[Setting], Mask] = always) -> Part:
    return lambda at: np.where(due(at), 1.0 * (at.cube[measure] >= 1), np.nan)


def _each_quarter(measure: str, times: int = 1) -> Part:
    return lambda at: np.minimum(1.0, at.timeline.since_quarter_start(at.cube[measure]) / times)


def _share(numerator: str, denominator: str) -> Part:
    return lambda at: ratio(at.cube[numerator], at.cube[denominator])


NODES: Mapping[str, Node] = {
    "hj_n01_assembly": Node(_each_quarter("assemblies"), 60, counts_activities=True),
    "hj_n02_committee": Node(
        _each_month("committee_meetings", with_committee), 10, monthly=True, counts_activities=True
    ),
    "hj_n03_group": Node(
        _share("groups_met", "groups"),
        15,
        monthly=True,
        counts_activities=True,
        families=("groups", "activities"),
    ),
    "hj_n04_lecture": Node(_each_quarter("lectures"), 60, counts_activities=True),
    "hj_n05_theme_day": Node(_each_month("theme_days"), 20, monthly=True, counts_activities=True),
    "hj_n06_study": Node(
        _share("studied_in_quarter", "normal_members"), 25, day_of_month=True, families=("member_lights",)
    ),
    "hj_n07_volunteer": Node(_share("served_in_quarter", "normal_members"), 75, families=("member_lights",)),
    "hj_n08_community": Node(
        _share("in_community_in_quarter", "in_service_members"), 75, families=("member_lights",)
    ),
    "hj_n09_posts": Node(_each_quarter("branch_news", times=3), 75, families=("platform",)),
}


def node(indicator: str) -> Formula:
    """Points of the quarter to date. A period that is over is judged by the lines over its share; in a running one
    it is yellow that the node day passed and nothing is recorded. A rule without lines gives points only."""
    which = NODES[indicator]

    def formula(at: Setting, rule: IndicatorRule) -> Result:
        done, na, nodata = _state(at, which)
        points, attainable = _points(which, done, na | nodata, at, rule.weight)
        over, nothing = _over(at, which), done <= 0
        yellow, red = rule.beyond(done)
        reminded = nothing & (_day(at, which) > which.day) & (rule.yellow is not None or rule.red is not None)
        light = lights(
            at.shape,
            yellow=np.where(over, yellow, reminded),
            red=over & red,
            na=na,
            nodata=nodata,
        )
        score = np.where(over | (done >= 1), 100 * ratio(points, attainable), np.nan)
        return result(points, score, light)

    return formula


def quarter_score(at: Setting, rule: IndicatorRule) -> Result:
    """Points of a hundred attainable ones in the last closed quarter; a month inside a quarter shows the one before.

    na for a quarter that began before the data: what was done in it is not known.
    """
    points, attainable = np.zeros(at.shape), np.zeros(at.shape)
    families: set[str] = set()
    for indicator, which in NODES.items():
        done, na, nodata = _state(at, which)
        attained, of = _points(which, done, na | nodata, at, at.rules[indicator].weight)
        points += np.nan_to_num(attained)
        attainable += np.nan_to_num(of)
        families.update(which.families)
    covered = _covered(at)
    value = 100 * ratio(of_last_quarter(at, points * covered), of_last_quarter(at, attainable * covered))
    yellow, red = rule.beyond(value)
    silent = families <= at.missing_families
    na = at.not_eligible | (np.isnan(value) & (not silent))
    light = lights(
        at.shape, yellow=yellow, red=red, na=na, nodata=np.full(at.shape, silent) & ~at.not_eligible
    )
    return result(value, value, light)


def _state(at: Setting, which: Node) -> tuple[Array, Mask, Mask]:
    """(share done, na, nodata); a branch founded too late is not asked at the close of the quarter.

    What a quarter that began before the data leaves undone may have been done before.
    """
    done = which.done(at)
    na = at.not_eligible | np.isnan(done)
    if not which.monthly:
        na |= _closes(at) & at.established_after(latest_founding(at))
        na |= ~_covered(at) & ~(done >= 1)
    nodata = at.no_feed(*which.families)
    if which.counts_activities:
        nodata = nodata | (broken_activities(at) if which.monthly else _broken_quarter(at))
    return done, na, nodata & ~na


def _covered(at: Setting) -> Mask:
    """Columns whose quarter began within the data."""
    return np.broadcast_to(at.timeline.covers(at.timeline.quarter_starts()), at.shape)


def _broken_quarter(at: Setting) -> Mask:
    sums = (at.timeline.since_quarter_start(at.cube[name]) for name in ("activities_broken", "activities"))
    return too_broken(*sums)


def _points(which: Node, done: Array, left_out: Mask, at: Setting, full: float) -> tuple[Array, Array]:
    """(attained, attainable) of the quarter to date; months that are na or nodata are in neither."""
    known, share = 1.0 * ~left_out, np.where(left_out, 0.0, np.nan_to_num(done))
    if not which.monthly:
        return full * share, full * known
    sums = (full / 3 * at.timeline.since_quarter_start(part) for part in (share, known))
    return next(sums), next(sums)


def _closes(at: Setting) -> Mask:
    return np.broadcast_to(at.timeline.closed & (at.timeline.quarter_position == 2), at.shape)


def _over(at: Setting, which: Node) -> Mask:
    """Columns in which the node's period is over."""
    return np.broadcast_to(at.timeline.closed, at.shape) if which.monthly else _closes(at)


def _day(at: Setting, which: Node) -> Array:
    """Days of the period that have passed at the end of each column, today in the open one."""
    lengths = np.array([monthrange(int(month[:4]), int(month[5:]))[1] for month in at.cube.months])
    day = np.broadcast_to(lengths, at.shape).astype(float)
    day[:, -1] = at.cube["day_of_month"][:, -1]
    if which.monthly or which.day_of_month:
        return day
    before = [
        sum(monthrange(int(month[:4]), int(month[5:]) - back)[1] for back in range(1, position + 1))
        for month, position in zip(at.cube.months, at.timeline.quarter_position.tolist(), strict=True)
    ]
    return np.asarray(day + np.array(before))

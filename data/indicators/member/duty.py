"""Classes B to D with lights: summaries, tasks, letters, dispositions, complaints, peers, warnings, communities."""

from __future__ import annotations

import numpy as np

from data.indicators.member.counted import earned, nobody
from data.indicators.member.cube import Array
from data.indicators.member.rules import MemberRule
from data.indicators.member.setting import MemberResult, MemberSetting
from data.indicators.result import ratio
from data.indicators.timeline import Mask

JUNE, OCTOBER = 6, 10


def annual_summary(at: MemberSetting, rule: MemberRule) -> MemberResult:
    """1 when last year's summary was handed in by 31 January; missing is yellow until it comes, at most to October.

    From October on the summary of the running year is looked for and nothing is late yet.
    """
    number = at.timeline.number[None, :]
    last, own = at["summaries_last_year"], at["summaries_this_year"]
    in_time = at["summary_in_time"] > 0
    # A later one ends the light, but it was not in time.
    late = at.to_date(last) > 0
    of_this_year = at.to_date(own) > 0
    value = np.where(number >= OCTOBER, of_this_year, in_time).astype(float)
    known = at.year_is_known
    waiting = ~in_time & ~late & (number < OCTOBER) & known
    na = (at["joined_this_year"] > 0) | ((number >= OCTOBER) & ~of_this_year) | (~known & ~in_time)
    points = earned(rule, at.to_date(own + last * (number == 1)))
    yellow, _ = rule.beyond(np.where(waiting, 0.0, 1.0))
    return at.result(value, points, at.of_closed(yellow), nobody(at), na, ("summaries_this_year",))


def task(at: MemberSetting, rule: MemberRule) -> MemberResult:
    """Tasks done in time over those due in six closed months; a refused one, or none of three done, is red."""
    n, d, refused = (at.last(at[name], 6) for name in ("tasks_done", "tasks_due", "tasks_refused"))
    value = ratio(n, d)
    yellow, red = rule.beyond(value)
    red = (red & (d >= rule.red_from)) | (refused >= 1)
    points = earned(rule, at.to_date(at["tasks_done"]))
    return at.result(value, points, yellow, red, ~(d > 0), ("tasks_due",))


def relation(at: MemberSetting, rule: MemberRule) -> MemberResult:
    """Days since the letter of introduction ran out (negative: days left)."""
    days = at["letter_days"]
    yellow, red = rule.beyond(days)
    return at.result(days, np.zeros(at.shape), yellow, red, np.isnan(days), ("letter_days",))


def discipline(at: MemberSetting, rule: MemberRule) -> MemberResult:
    """Dispositions in force: correction or warning is yellow, anything heavier red."""
    light, heavy = at["dispositions_light"], at["dispositions_heavy"]
    yellow, _ = rule.beyond(light)
    _, red = rule.beyond(heavy)
    points = earned(rule, at.to_date(at["dispositions_decided"]))
    return at.result(light + heavy, points, yellow, red, nobody(at), ("dispositions_light",))


def complaint(at: MemberSetting, rule: MemberRule) -> MemberResult:
    """Verified complaints of the last twelve closed months; points by the year."""
    value = at.last(at["complaints"], 12)
    yellow, red = rule.beyond(value)
    points = earned(rule, at.to_date(at["complaints"]))
    return at.result(value, points, yellow, red, np.isnan(value), ("complaints",))


def peer_review(at: MemberSetting, rule: MemberRule) -> MemberResult:
    """Satisfaction of the last appraisal; ``levels`` are the points from a share on, as text."""
    value = at["peer_satisfaction"]
    yellow, _ = rule.beyond(value)
    given, worth = at["peer_given"], np.zeros(at.shape)
    for share, points in sorted((float(share), points) for share, points in rule.levels.items()):
        worth = np.where(given >= share, points, worth)
    return at.result(value, at.to_date(worth), yellow, nobody(at), np.isnan(value), ("peer_satisfaction",))


def rectification(at: MemberSetting, rule: MemberRule) -> MemberResult:
    """Warnings past their limit and not rectified; one 60 days past it is red."""
    overdue, long = at["warnings_overdue"], at["warnings_overdue_60"]
    yellow, _ = rule.beyond(overdue)
    _, red = rule.beyond(long)
    points = earned(rule, at.to_date(at["warnings_missed"]))
    return at.result(overdue, points, yellow, red, nobody(at), ("warnings_overdue",))


def community(at: MemberSetting, rule: MemberRule) -> MemberResult:
    """Services of members at work in their community; not registered is yellow from the close of June on."""
    services = at.to_date(at["community_services"])
    registered = at["in_community"] > 0
    yellow, _ = rule.beyond(registered.astype(float))
    in_season = at.year_is_known & (at.timeline.number[None, :] >= JUNE)
    yellow = at.of_closed(yellow & in_season)
    na = at["in_service"] == 0
    facts = ("community_services",)
    return at.result(services, earned(rule, services), yellow, nobody(at), na, facts)


def silence(at: MemberSetting) -> Array:
    """Closed months in a row without any trace of the member, counted from the data start on."""
    trace = sum((at[name] for name in _TRACES), np.zeros(at.shape)) > 0
    trace |= (np.arange(at.shape[1]) < at.cube.known_from)[None, :]
    return at.of_closed(at.run(np.ones(at.shape, dtype=bool), ~trace))


def has_lost_case(at: MemberSetting) -> Mask:
    """An open search for the member."""
    return np.asarray(at["lost_case"] > 0)


_TRACES = (
    "signins",
    "dues_payments",
    "courses_done",
    "service_records",
    "submissions",
    "proofs_approved",
    "thoughts_approved",
)

"""Class A with lights: theme days, dues, absence, appraisal, study, talks."""

from __future__ import annotations

import numpy as np

from data.indicators.member.counted import earned, nobody
from data.indicators.member.cube import Array, month_number
from data.indicators.member.facts import ABROAD, AGED, EXEMPT, FLOW_OUT, GRADES, MISSED
from data.indicators.member.rules import MemberRule
from data.indicators.member.setting import MemberResult, MemberSetting
from data.indicators.result import ratio

JUNE, DECEMBER = 6, 12


def theme_day(at: MemberSetting, rule: MemberRule) -> MemberResult:
    """Share of the theme days due in three closed months; a light needs enough of them."""
    n, d = at.last(at["theme_signed"], 3), at.last(at["theme_due"], 3)
    value = ratio(n, d)
    yellow, red = rule.beyond(value)
    points = earned(rule, at.to_date(at["theme_signed"]))
    facts = ("theme_signed",)
    return at.result(
        value, points, yellow & (d >= rule.yellow_from), red & (d >= rule.red_from), ~(d > 0), facts
    )


def unpaid(at: MemberSetting) -> tuple[Array, Array]:
    """(u, a): months in a row, and of the last twelve, still not fully paid at the cut-off of the column.

    Months without anything owed neither count nor break the run; a run is followed twelve months back.
    """
    owed, settled = at["dues_owed"] > 0, at["dues_settled"]
    first = month_number(at.cube.months[0])
    in_a_row, of_twelve = np.zeros(at.shape), np.zeros(at.shape)
    for j in range(at.shape[1]):
        running = np.ones(at.shape[0], dtype=bool)
        for i in range(j, max(j - 12, -1), -1):
            # Paid in full only after the cut-off of column j, or never.
            failing = owed[:, i] & ((settled[:, i] == 0) | (settled[:, i] > first + j))
            running &= failing | ~owed[:, i]
            in_a_row[:, j] += running & failing
            of_twelve[:, j] += failing
    return at.of_closed(in_a_row), at.of_closed(of_twelve)


def paid_in_time(at: MemberSetting) -> Array:
    """1 where the month's own obligation was paid in full before its cut-off."""
    own = month_number(at.cube.months[0]) + np.arange(at.shape[1])
    return ((at["dues_owed"] > 0) & (at["dues_settled"] > 0) & (at["dues_settled"] <= own[None, :])).astype(
        float
    )


def dues(at: MemberSetting, rule: MemberRule) -> MemberResult:
    """Months in a row without full payment; one unpaid month of the last twelve is yellow as well."""
    u, a = unpaid(at)
    yellow, red = rule.beyond(u)
    points = earned(rule, at.to_date(paid_in_time(at)))
    na = (at.of_closed(at["dues_owed"]) == 0) & ~(a > 0)
    return at.result(u, points, yellow | (a >= 1), red, na, ("dues_owed", "dues_settled", "dues_payments"))


def absence(at: MemberSetting) -> Array:
    """Months in a row with organisation life due and none signed; months without a due row are passed over."""
    due = at["life_due"] > 0
    return at.of_closed(at.run(due, at["life_signins"] == 0))


def life_gap(at: MemberSetting, rule: MemberRule) -> MemberResult:
    """Absence of those who must attend."""
    k = absence(at)
    yellow, red = rule.beyond(k)
    na = at.is_category(FLOW_OUT, AGED, ABROAD, EXEMPT) | np.isnan(k)
    return at.result(k, np.zeros(at.shape), yellow, red, na, ("life_due",))


def life_meeting(at: MemberSetting, rule: MemberRule) -> MemberResult:
    """1 once signed in at a life meeting of the year; na while the member was not called to one."""
    signed = (at.to_date(at["life_meeting_signins"]) > 0).astype(float)
    never = (signed == 0) & (at.to_date(at["life_meeting_due"]) == 0)
    return at.result(signed, earned(rule, signed), nobody(at), nobody(at), never, ("life_meeting_signins",))


def graded_points(at: MemberSetting, rule: MemberRule) -> Array:
    """Points of the grades given in the year to date."""
    given = at["grade_given"]
    worth = sum(
        (rule.levels[name] * (given == code) for code, name in enumerate(GRADES, 1)), np.zeros(at.shape)
    )
    return at.to_date(np.asarray(worth))


def appraisal(at: MemberSetting, rule: MemberRule) -> MemberResult:
    """Code of the last grade: lines are drawn on it; passed over though required is yellow."""
    grade = at["grade"]
    yellow, red = rule.beyond(np.where(grade == MISSED, np.nan, grade))
    missed = grade == MISSED
    return at.result(
        np.where(missed, np.nan, grade),
        graded_points(at, rule),
        yellow | missed,
        red,
        grade == 0,
        ("grade",),
    )


def study_hours(at: MemberSetting, rule: MemberRule) -> MemberResult:
    """Class hours of the year against the elapsed share of its target: yellow from June on, red in December."""
    hours = at.to_date(at["class_hours"] + at["online_hours"])
    number = at.timeline.number[None, :]
    target = np.where(at["on_committee"] > 0, rule.target_committee, rule.target) * number / 12
    yellow, red = rule.beyond(ratio(at.closed_flow(hours), target))
    yellow, red = yellow & (number >= JUNE), red & (number == DECEMBER)
    yellow, red = yellow & at.year_is_known, red & at.year_is_known
    facts = ("class_hours", "online_hours")
    return at.result(
        hours,
        earned(rule, hours),
        at.of_closed(yellow),
        at.of_closed(red),
        at["joined_last_half"] > 0,
        facts,
    )


def heart_talk(at: MemberSetting, rule: MemberRule) -> MemberResult:
    """Talks of the year; none at the close of December is yellow."""
    talks = at.to_date(at["talks"])
    yellow, _ = rule.beyond(talks)
    in_season = at.year_is_known & (at.timeline.number[None, :] == DECEMBER)
    yellow = at.of_closed(yellow & in_season)
    return at.result(talks, earned(rule, talks), yellow, nobody(at), nobody(at), ("talks",))

"""武进: 7 items, 200 points a year, accrued month by month; what was not asked of a member is not attainable."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from data.indicators.member.cube import Array
from data.indicators.member.facts import AGED, FLOW_OUT, GRADES, MISSED
from data.indicators.member.party_life import paid_in_time
from data.indicators.member.rules import MemberRule, MemberRules
from data.indicators.member.setting import MemberSetting
from data.indicators.result import ratio
from data.indicators.timeline import Mask

FULL_MARK = 200


class Accrual(NamedTuple):
    """Members × months: points earned and points that could be earned in each month, or already added up."""

    attained: Array
    attainable: Array


Item = Callable[[MemberSetting, MemberRule], Accrual]


def _months(at: MemberSetting, rule: MemberRule, share: Array, asked: Mask) -> Accrual:
    """A twelfth of the item for each month it is asked of a member who was there all month, to date."""
    monthly = rule.attainable / 12 * (asked & (at["settled"] > 0))
    return _to_date(at, np.nan_to_num(share) * monthly, monthly)


def _to_date(at: MemberSetting, attained: Array, attainable: Array) -> Accrual:
    """Added up over the closed months of the year that the data know."""
    return Accrual(*(at.to_date(at.closed_flow(points * at.is_known)) for points in (attained, attainable)))


def _quarter_end(at: MemberSetting) -> Mask:
    return np.asarray(at.timeline.quarter_position == 2)[None, :]


def info(at: MemberSetting, rule: MemberRule) -> Accrual:
    """A quarter of the item at each quarter end, by the share of filled fields."""
    quarterly = rule.attainable / 4 * (_quarter_end(at) & (at["settled"] > 0))
    return _to_date(at, at["info_share"] * quarterly, quarterly)


def _or_by_report(at: MemberSetting, rule: MemberRule, report: str, share: Array, asked: Mask) -> Accrual:
    """Who floated out earns the item by approved quarterly reports, the aged and infirm are not asked."""
    asked = asked & ~at.is_category(FLOW_OUT, AGED)
    monthly = rule.attainable / 12 * (asked & (at["settled"] > 0))
    quarterly = rule.attainable / 4 * (at["floating_due"] > 0) * (at["settled"] > 0)
    attained = np.nan_to_num(share) * monthly + (at[report] > 0) * quarterly
    return _to_date(at, attained, monthly + quarterly)


def meetings(at: MemberSetting, rule: MemberRule) -> Accrual:
    """Share of the meetings and lectures of the month that were signed; leave is not asked."""
    due = at["meetings_due"]
    return _or_by_report(at, rule, "proofs_approved", ratio(at["meetings_signed"], due), due > 0)


def activity_day(at: MemberSetting, rule: MemberRule) -> Accrual:
    """A valid sign-in in the month; on leave or with none held it is not asked."""
    signed = at["theme_signins"] > 0
    asked = signed | (at["theme_due"] > 0)
    return _or_by_report(at, rule, "thoughts_approved", signed.astype(float), asked)


def dues(at: MemberSetting, rule: MemberRule) -> Accrual:
    """Paid in full before the cut-off; not asked of the exempt."""
    return _months(at, rule, paid_in_time(at), at["dues_owed"] > 0)


def study(at: MemberSetting, rule: MemberRule) -> Accrual:
    """A twelfth of the year's hours each month; what is more carries forward inside the year."""
    hours, need = at["class_hours"] + at["online_hours"], rule.target / 12
    share = _carried(at, hours, need, at.timeline.number == 1)
    return _months(at, rule, share, np.ones(at.shape, dtype=bool))


def volunteer(at: MemberSetting, rule: MemberRule) -> Accrual:
    """Hours of the month; what is more carries forward inside the quarter. The aged and infirm are not asked."""
    share = _carried(at, at["service_hours"], rule.target, at.timeline.quarter_position == 0)
    return _months(at, rule, share, ~at.is_category(AGED))


def _carried(at: MemberSetting, hours: Array, need: float, restarts: Array) -> Array:
    """Share of ``need`` met in each month when surplus hours carry forward until a restart."""
    share, store = np.zeros(at.shape), np.zeros(at.shape[0])
    for j in range(at.shape[1]):
        store = hours[:, j] + (0 if restarts[j] else store)
        used = np.minimum(store, need)
        share[:, j], store = used / need, store - used
    return share


def appraisal(at: MemberSetting, rule: MemberRule) -> Accrual:
    """Once a year, in the month held: the life meeting attended, and the grade."""
    meeting, full = rule.levels["life_meeting"], rule.levels[GRADES[0]]
    called = at.to_date(at.closed_flow(at["life_meeting_due"] + at["life_meeting_signins"])) > 0
    signed = at.to_date(at.closed_flow(at["life_meeting_signins"])) > 0
    given = _last_of_year(at, at.closed_flow(at["grade_given"]))
    worth = sum(
        (rule.levels[name] * (given == code) for code, name in enumerate(GRADES, 1)), np.zeros(at.shape)
    )
    graded = (given > 0) & (given <= MISSED)
    return Accrual(np.asarray(signed * meeting + worth), called * meeting + graded * full)


def _last_of_year(at: MemberSetting, codes: Array) -> Array:
    """The last code other than 0 of the calendar year so far."""
    held = np.zeros(at.shape)
    for j, month in enumerate(at.timeline.number):
        before = held[:, j - 1] if j and month > 1 else np.zeros(at.shape[0])
        held[:, j] = np.where(codes[:, j] > 0, codes[:, j], before)
    return held


ITEMS: dict[str, Item] = {
    "wj_m_info": info,
    "wj_m_meetings": meetings,
    "wj_m_activity_day": activity_day,
    "wj_m_dues": dues,
    "wj_m_study": study,
    "wj_m_appraisal": appraisal,
    "wj_m_volunteer": volunteer,
}

# What each item is read from, for whoever asks where a point comes from.
READS: dict[str, tuple[str, ...]] = {
    "wj_m_info": ("info_share",),
    "wj_m_meetings": ("meetings_due", "meetings_signed", "proofs_approved", "floating_due"),
    "wj_m_activity_day": ("theme_signins", "theme_due", "thoughts_approved", "floating_due"),
    "wj_m_dues": ("dues_owed", "dues_settled"),
    "wj_m_study": ("class_hours", "online_hours"),
    "wj_m_appraisal": ("life_meeting_due", "life_meeting_signins", "grade_given"),
    "wj_m_volunteer": ("service_hours",),
}


def year_score(at: MemberSetting, rules: MemberRules) -> Array:
    """200 × points attained ÷ points attainable of the year to date; NaN for whoever is not scored or was asked
    nothing yet. An item whose feed is missing is not asked."""
    attained, attainable = np.zeros(at.shape), np.zeros(at.shape)
    for name, item in ITEMS.items():
        if not at.no_feed(*READS[name]):
            found = item(at, rules[name])
            attained += found.attained
            attainable += found.attainable
    return np.where(at.scored, FULL_MARK * ratio(attained, attainable), np.nan)

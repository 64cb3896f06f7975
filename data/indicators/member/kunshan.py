"""昆山: member points of five parts, full mark 100 a year; parts that do not apply are left out and rescaled."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from data.indicators.member.cube import Array
from data.indicators.member.party_life import paid_in_time
from data.indicators.member.rules import MemberRule, MemberRules
from data.indicators.member.setting import MemberSetting
from data.indicators.result import lights, ratio

Part = Callable[[MemberSetting, MemberRule], Array]
JUDGED_IN = (6, 12)


def _share_of_due(signed: str, due: str) -> Part:
    def part(at: MemberSetting, rule: MemberRule) -> Array:
        n, d = (at.to_date(at.closed_flow(at[name])) for name in (signed, due))
        return rule.attainable * ratio(n, d)

    return part


def _share_of_target(*facts: str) -> Part:
    def part(at: MemberSetting, rule: MemberRule) -> Array:
        hours = sum((at.to_date(at.closed_flow(at[name])) for name in facts), np.zeros(at.shape))
        return np.asarray(rule.attainable * np.minimum(1, hours / rule.target))

    return part


def _dues(at: MemberSetting, rule: MemberRule) -> Array:
    """A twelfth for each month paid in full; NaN for whoever owed nothing this year."""
    owed = at.to_date(at.closed_flow(at["dues_owed"]))
    paid = at.to_date(at.closed_flow(paid_in_time(at)))
    return np.where(owed > 0, rule.attainable / 12 * paid, np.nan)


# Parts of ks_member_points: what they are read from and how many points of their full mark were earned.
PARTS: dict[str, tuple[Part, tuple[str, ...]]] = {
    "ks_part_activities": (_share_of_due("others_signed", "others_due"), ("others_due",)),
    "ks_part_study": (_share_of_target("class_hours", "online_hours"), ("class_hours", "online_hours")),
    "ks_part_meetings": (_share_of_due("meetings_signed", "meetings_due"), ("meetings_due",)),
    "ks_part_dues": (_dues, ("dues_owed", "dues_settled")),
    "ks_part_volunteer": (_share_of_target("service_hours"), ("service_hours",)),
}


def points(at: MemberSetting, rules: MemberRules) -> Array:
    """Points of the year to date on the scale of all parts; NaN for whoever is not scored or before a month of
    the year has closed."""
    earned, full = np.zeros(at.shape), np.zeros(at.shape)
    for name, (part, facts) in PARTS.items():
        if not at.no_feed(*facts):
            found = part(at, rules[name])
            earned += np.nan_to_num(found)
            full += np.where(np.isnan(found), 0, rules[name].attainable)
    scale = sum(rules[name].attainable for name in PARTS)
    closed = at.to_date(at.closed_flow(np.ones(at.shape))) > 0
    return np.where(at.scored & closed, scale * ratio(earned, full), np.nan)


def judged(at: MemberSetting, rule: MemberRule, found: Array) -> Array:
    """Light of the points: at mid-year and at the end of the year only, na in every other month."""
    in_season = at.year_is_known & np.isin(at.timeline.number, JUDGED_IN)[None, :]
    yellow, red = rule.beyond(found)
    return lights(at.shape, yellow=yellow, red=red, na=~in_season | np.isnan(found))


def ranks(found: Array, branch: Array) -> tuple[Array, Array]:
    """Competition rank within the branch, and the share of all with fewer points, of one month.

    ``branch`` is where each member is enrolled, negative for nowhere; NaN for whoever has no points or no branch.
    """
    rank, share = np.full(found.shape, np.nan), np.full(found.shape, np.nan)
    ranked = np.flatnonzero(~np.isnan(found) & (branch >= 0))
    # Sums of shares leave dust behind the comma, which is no difference between members.
    points, of = np.round(found[ranked], 6), branch[ranked]
    order = np.lexsort((-points, of))
    points, of = points[order], of[order]
    new_branch = np.append(True, of[1:] != of[:-1])[: len(of)]
    new_points = new_branch | np.append(True, points[1:] != points[:-1])[: len(of)]
    place = np.arange(len(of))
    begins, ties = (np.maximum.accumulate(np.where(new, place, 0)) for new in (new_branch, new_points))
    rank[ranked[order]] = ties - begins + 1
    share[ranked[order]] = np.searchsorted(np.sort(points), points) / max(len(points), 1)
    return rank, share

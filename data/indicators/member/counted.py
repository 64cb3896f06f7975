"""Member indicators that count what was done in the year: points per unit up to a cap, hardly ever a light."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from data.indicators.member.cube import Array
from data.indicators.member.rules import MemberRule
from data.indicators.member.setting import MemberResult, MemberSetting

MemberFormula = Callable[[MemberSetting, MemberRule], MemberResult]


def earned(rule: MemberRule, units: Array) -> Array:
    """Points of the year to date: per full ``per`` units, within the cap of the year."""
    points = rule.points * np.floor(units / rule.per + 1e-9) if rule.per != 1 else rule.points * units
    return points if rule.cap is None else np.minimum(points, rule.cap)


def nobody(at: MemberSetting) -> Array:
    """A mask of no cell."""
    return np.zeros(at.shape, dtype=bool)


def counted(*facts: str) -> MemberFormula:
    """The sum of the facts in the year to date; no light."""

    def formula(at: MemberSetting, rule: MemberRule) -> MemberResult:
        units = at.to_date(_sum(at, facts))
        none = nobody(at)
        return at.result(units, earned(rule, units), none, none, none, facts)

    return formula


def counted_unless_never_due(fact: str, due: str) -> MemberFormula:
    """As ``counted``; na while nothing of the kind was due in the year."""

    def formula(at: MemberSetting, rule: MemberRule) -> MemberResult:
        units = at.to_date(at[fact])
        never = (units == 0) & (at.to_date(at[due]) == 0)
        return at.result(units, earned(rule, units), nobody(at), nobody(at), never, (fact,))

    return formula


def quarters(fact: str) -> MemberFormula:
    """Quarters of the year in which it happened at least once."""

    def formula(at: MemberSetting, rule: MemberRule) -> MemberResult:
        happened = at[fact]
        first_of_quarter = (at.to_date_of_quarter(happened) > 0) & (
            at.to_date_of_quarter(happened) - happened == 0
        )
        units = at.to_date(first_of_quarter.astype(float))
        return at.result(units, earned(rule, units), nobody(at), nobody(at), nobody(at), (fact,))

    return formula


def by_level(*pairs: tuple[str, str]) -> MemberFormula:
    """Honours: (fact, level) pairs, each level with its own points."""

    def formula(at: MemberSetting, rule: MemberRule) -> MemberResult:
        units = {level: at.to_date(at[fact]) for fact, level in pairs}
        points = sum((rule.levels[level] * n for level, n in units.items()), np.zeros(at.shape))
        value = sum(units.values(), np.zeros(at.shape))
        facts = tuple(fact for fact, _ in pairs)
        return at.result(value, np.asarray(points), nobody(at), nobody(at), nobody(at), facts)

    return formula


def committee_meetings(at: MemberSetting, rule: MemberRule) -> MemberResult:
    """Sign-ins at committee meetings; na for whoever holds no committee post."""
    units = at.to_date(at["committee_signins"])
    facts = ("committee_signins", "on_committee")
    na = at["on_committee"] == 0
    return at.result(units, earned(rule, units), nobody(at), nobody(at), na, facts)


def volunteer_hours(at: MemberSetting, rule: MemberRule) -> MemberResult:
    """Verified hours of the year, at most four a day."""
    hours = at.to_date(at["service_hours_capped"])
    none = nobody(at)
    return at.result(hours, earned(rule, hours), none, none, none, ("service_hours_capped",))


def _sum(at: MemberSetting, facts: tuple[str, ...]) -> Array:
    return np.asarray(sum((at[fact] for fact in facts), np.zeros(at.shape)))

"""What a score is made of in a district: its groups of items, with the points attained and attainable of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.profile import DistrictProfile
from data.indicators.rules import IndicatorRule
from data.queries.score_breakdown import ScoreBreakdown

POINTS_SET = "wj_b"
# Aspects of the points and what the branches make of them; none of them is an item.
_TOTALS = ("wj_b_aspect_", "wj_b_total", "wj_b_last_year")
_ASPECT = "wj_b_aspect_"
MOST_GROUPS = 6


@dataclass(frozen=True)
class Item:
    """One item: share 0-1 of its full marks now and a quarter before; None where nobody is scored."""

    indicator: str
    name: str
    group: str
    weight: float
    rate: float | None
    before: float | None


@dataclass(frozen=True)
class Group:
    """Points of one group a branch attains on average, and could have attained."""

    name: str
    attained: float
    attainable: float

    @property
    def rate(self) -> float:
        """Share attained."""
        return self.attained / self.attainable

    @property
    def lost(self) -> float:
        """Points lost."""
        return self.attainable - self.attained


def keeps_points(profile: DistrictProfile) -> bool:
    """Whether the 600 points are kept; else the light system with its weights is the score."""
    return POINTS_SET in profile.sets


def scored_rules(profile: DistrictProfile) -> tuple[IndicatorRule, ...]:
    """Rules with a weight, in order; of a set without weights all that have lines."""
    rules = profile.rules[POINTS_SET] if keeps_points(profile) else profile.light_rules
    kept = [rule for rule in rules if not rule.id.startswith(_TOTALS)]
    return tuple(rule for rule in kept if rule.weight) or tuple(r for r in kept if r.yellow or r.red)


def items_of(view: ScoreBreakdown, profile: DistrictProfile) -> tuple[Item, ...]:
    """Items by their share, the weakest first; those nobody is scored in last."""
    found = [
        Item(r.id, r.short, r.group, r.weight, view.rate(r.id), view.rate(r.id, view.before))
        for r in scored_rules(profile)
        if view.at(r.id) is not None
    ]
    return tuple(sorted(found, key=lambda item: (item.rate is None, item.rate or 0.0)))


def groups_of(view: ScoreBreakdown, profile: DistrictProfile) -> tuple[Group, ...]:
    """Groups in the order of the set; empty ones are left out."""
    items = items_of(view, profile)
    names = dict.fromkeys(rule.group for rule in scored_rules(profile) if rule.group)
    found = [_group(name, [i for i in items if i.group == name], view, profile) for name in names]
    return tuple(group for group in found if group.attainable > 0)[:MOST_GROUPS]


def _group(name: str, items: Sequence[Item], view: ScoreBreakdown, profile: DistrictProfile) -> Group:
    """Of the points the sums as they were booked; elsewhere the weights of the items somebody is scored in."""
    if not keeps_points(profile):
        scored = [(item.weight or 1.0, item.rate) for item in items if item.rate is not None]
        return Group(name, sum(w * rate for w, rate in scored), sum(w for w, _ in scored))
    aspects = (r.id for r in profile.rules[POINTS_SET] if r.id.startswith(_ASPECT) and r.group == name)
    total = view.at(next(aspects, ""))
    if total is None or total.total.value is None or not total.judged:
        return Group(name, 0.0, 0.0)
    months = (view.at(item.indicator) for item in items)
    booked = sum(month.total.value or 0.0 for month in months if month is not None)
    return Group(name, booked / total.judged, total.total.value / total.judged)

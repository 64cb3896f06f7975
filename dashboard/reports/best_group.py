"""{best}: the group of indicators in which a branch stands furthest above the mean of the district."""

from __future__ import annotations

import numpy as np

from dashboard.formats import score
from dashboard.profile import DistrictProfile
from dashboard.reports.grades import compared
from data.queries.report_branches import BranchCheck


def best_group(profile: DistrictProfile, check: BranchCheck) -> str | None:
    """Its name with both weighted mean scores; None where no group has a score and a weight."""
    groups: dict[str, list[tuple[float, float, float]]] = {}
    scores = {one.indicator: one for one in check.judged}
    for rule in profile.light_rules:
        one = scores.get(rule.id)
        if one is None or one.score is None or one.average_score is None or rule.weight <= 0:
            continue
        groups.setdefault(rule.group, []).append((one.score, one.average_score, rule.weight))
    groups.pop("", None)
    if not groups:
        return None
    means = {name: _weighted(found) for name, found in groups.items()}
    name = max(means, key=lambda group: means[group][0] - means[group][1])
    own, mean = means[name]
    side = compared(own, mean, 0.1)
    return f"{name}{score(own)}分，{side}{profile.words.whole}平均{score(mean)}分"


def _weighted(found: list[tuple[float, float, float]]) -> tuple[float, float]:
    own, mean, weights = np.array(found).T
    return float(np.average(own, weights=weights)), float(np.average(mean, weights=weights))

"""Lights and scores of branches, and the sums of committees and towns, from the naive findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data.readmodel.measures import MEASURES
from data.readmodel.results import RADAR_AXES
from tests.naive.cell import Cells
from tests.naive.district import last_of
from tests.naive.indicators import GREEN, NA, NODATA, RED, YELLOW, Branch, Finding
from tests.naive.indicators import INDICATORS as LIFE_AND_MEMBERS
from tests.naive.register import Register
from tests.naive.standing_indicators import STANDING

INDICATORS = {**LIFE_AND_MEMBERS, **STANDING}
WEIGHTS = {
    **dict(zip(LIFE_AND_MEMBERS, (5, 4, 3, 5, 6, 6, 4, 6, 4, 4, 5, 3, 3), strict=True)),
    **dict(zip(STANDING, (4, 4, 3, 4, 3, 6, 2, 3, 2, 2, 3, 3, 3), strict=True)),
}
# Limits that are dates are judged within the open month; of all others it shows the last closed month's light.
LIVE = ("hs_b_transfer", "hs_b_term", "hs_b_development", "hs_b_leadership")
RED_FOR_THE_BRANCH = (
    "hs_b_life_gap",
    "hs_b_member_assembly",
    "hs_b_theme_party_day",
    "hs_b_attendance_rate",
    "hs_b_life_meeting",
    "hs_b_dues_collection",
    "hs_b_term",
    "hs_b_development",
    "hs_b_unqualified",
    "hs_b_red_members",
    "hs_b_leadership",
    "hs_b_star",
)

Results = dict[tuple[int, str], dict[str, float | None]]


def branch_results(cells: Cells, months: list[str]) -> Results:
    """Value, score and light of every indicator, the branch's score and light, per branch and month."""
    results: Results = {}
    for org in {org for org, _ in cells}:
        branch = Branch(cells, org, months)
        for at, month in enumerate(months):
            found = {name: find(branch, at) for name, find in INDICATORS.items()}
            if at == len(months) - 1 and at > 0:
                before = {name: find(branch, at - 1) for name, find in INDICATORS.items()}
                lights = {name: (found if name in LIVE else before)[name].light for name in INDICATORS}
                score = None
            else:
                lights = {name: finding.light for name, finding in found.items()}
                score = branch_score(found) if branch.eligible(at) and at < len(months) - 1 else None
            row: dict[str, float | None] = {"score": score}
            row["light"] = branch_light(lights) if branch.eligible(at) else NA
            for name, finding in found.items():
                parts = (finding.value, finding.score, lights[name])
                row |= {
                    f"{name}_{part}": v for part, v in zip(("value", "score", "light"), parts, strict=True)
                }
            results[org, month] = row
    return results


def branch_light(lights: Mapping[str, int]) -> int:
    """The worst light; only some rules turn the branch red; grey when too much is not known."""
    if any(lights[name] == RED for name in RED_FOR_THE_BRANCH):
        return RED
    if sum(light == NODATA for light in lights.values()) > 8 / 26 * len(lights):
        return NODATA
    return YELLOW if any(light in (RED, YELLOW) for light in lights.values()) else GREEN


def branch_score(found: Mapping[str, Finding]) -> float | None:
    """支部诊疗分 over the scores that exist; none when they weigh less than half."""
    scores = {name: finding.score for name, finding in found.items() if finding.score is not None}
    weight = sum(WEIGHTS[name] for name in scores)
    if weight < sum(WEIGHTS.values()) / 2:
        return None
    return sum(WEIGHTS[name] * float(score) for name, score in scores.items()) / weight


def added(cell: Mapping[str, float | None], row: Mapping[str, Any]) -> dict[str, float]:
    """What one branch adds to every area above it; ``row`` has the radar axes too."""
    sums = {m.name: float(cell.get(m.name) or 0) for m in MEASURES if m.kind != "mark"}
    eligible = bool(cell["eligible"])
    for name, light in (("red", RED), ("yellow", YELLOW), ("green", GREEN), ("grey", NODATA)):
        sums[f"{name}_branches"] = float(eligible and row["light"] == light)
    for name in ("score", *RADAR_AXES, *(f"{indicator}_score" for indicator in INDICATORS)):
        known = eligible and row[name] is not None
        sums[f"{name}_sum"] = float(row[name]) if known else 0.0
        sums[f"{name}_count"] = float(known)
    for name in INDICATORS:
        sums[f"{name}_red"] = float(eligible and row[f"{name}_light"] == RED)
        sums[f"{name}_yellow"] = float(eligible and row[f"{name}_light"] == YELLOW)
    return sums


def above(register: Register, org: int, month: str) -> list[int]:
    """The superiors of an organisation at the end of a month, nearest first."""
    found: list[int] = []
    at: int | None = org
    while at is not None and len(found) < 20:
        row = register.org(at)
        if row is None:
            return []
        parent = row["parent_org_id"]
        for period in register.living("organization_parent_history"):
            ends = period["valid_to"]
            day = last_of(month)
            if period["org_id"] == at and period["valid_from"] <= day and (ends is None or day < ends):
                parent = period["parent_org_id"]
        if parent is not None:
            found.append(parent)
        at = parent
    return found


def area_sums(
    register: Register, contributions: Mapping[tuple[int, str], dict[str, float]]
) -> tuple[Results, Results]:
    """Sums per committee and per town and month; an area without branches has zeros and is left out here."""
    committees: Results = {}
    towns: Results = {}
    for (org, month), sums in contributions.items():
        for area in above(register, org, month):
            _add(committees.setdefault((area, month), {}), sums)
        row = register.org(org)
        if row is not None and row["town_id"] is not None:
            _add(towns.setdefault((row["town_id"], month), {}), sums)
    return committees, towns


def _add(total: dict[str, float | None], sums: Mapping[str, float]) -> None:
    for name, value in sums.items():
        total[name] = (total.get(name) or 0.0) + value

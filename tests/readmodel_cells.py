"""Invented numbers of every branch and month, as arrays: the cells under `tests/readmodel_district.py`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.clock import month_of
from data.readmodel.measures import MEASURES
from data.readmodel.measures.organisation_setup import INSTITUTIONS
from data.readmodel.results import BRANCH_INDICATORS, RADAR_AXES, Light, indicator_column

Row = dict[str, Any]
Cells = dict[str, NDArray[np.float64]]


def measures(leaves: list[Row], calendar: list[str], rng: np.random.Generator) -> Cells:
    """Every measure as a (branch, month) array; NaN is written as NULL."""
    shape = (len(leaves), len(calendar))
    founded = np.array([month_of(leaf["established_on"]) for leaf in leaves])
    alive = founded[:, None] <= np.array(calendar)[None, :]
    town = np.array([leaf["town_id"] for leaf in leaves])
    spirit = rng.normal(0, 0.025, (40,))[town] + rng.normal(0, 0.03, len(leaves))
    diligence = np.clip(0.93 + spirit[:, None] + rng.normal(0, 0.02, shape), 0.3, 1.0)
    season = np.array([{"07": 1.25, "02": 0.985}.get(month[5:], 1.0) for month in calendar])
    elapsed = np.ones(len(calendar))
    elapsed[-1] = 0.64
    cells: Cells = {measure.name: np.zeros(shape) for measure in MEASURES}
    _people(cells, alive, rng)
    _activities(cells, diligence, season * elapsed, rng)
    _duties(cells, diligence, rng)
    cells["index_points"] = cells["scored_members"] * np.clip(
        87 + 110 * spirit[:, None] + np.linspace(-2, 0, shape[1]) + rng.normal(0, 1.2, shape), 40, 100
    )
    cells["eligible"] = (founded[:, None] < np.array(calendar)[None, :]).astype(float)
    cells["founded"] = cells["active"] - cells["eligible"]
    cells["age_months"] = np.where(alive, 60.0, np.nan)
    for measure in MEASURES:
        if measure.kind == "current":
            cells[measure.name][:, :-1] = np.nan
    return {name: np.where(alive, values, np.nan) for name, values in cells.items()}


def _people(cells: Cells, alive: NDArray[np.bool_], rng: np.random.Generator) -> None:
    count = len(alive)
    growth = np.cumsum(rng.random(alive.shape) < 0.03, axis=1)
    base = rng.integers(8, 34, (len(alive), 1)) + growth
    cells["active"] = alive.astype(float)
    cells["members"] = np.where(alive, base, 0).astype(float)
    cells["full_members"] = np.floor(cells["members"] * 0.96)
    cells["scored_members"] = np.floor(cells["members"] * 0.88)
    for name, chance in (("admitted", 0.03), ("moved_in", 0.07), ("moved_out", 0.06)):
        cells[name] = (rng.random(alive.shape) < chance).astype(float) * alive
    left = cells["members"][:, -1].copy()
    shares = (0.06, 0.13, 0.12, 0.1, 0.11, 0.1, 0.13)
    bands = ("age_30", "age_35", "age_40", "age_45", "age_50", "age_55", "age_60")
    for name, share in zip(bands, shares, strict=True):
        taken = np.minimum(left, rng.binomial(cells["members"][:, -1].astype(int), share))
        cells[name][:, -1] = taken
        left -= taken
    unknown = np.minimum(left, rng.random(count) < 0.02)
    cells["age_unknown"][:, -1], cells["age_61"][:, -1] = unknown, left - unknown
    for name, share in (("women", 0.335), ("college", 0.57), ("minority", 0.01), ("floating_out", 0.02)):
        cells[name][:, -1] = rng.binomial(cells["members"][:, -1].astype(int), share)


def _activities(
    cells: Cells, diligence: NDArray[np.float64], pace: NDArray[np.float64], rng: np.random.Generator
) -> None:
    shape = diligence.shape
    for name, rate in (
        ("assemblies", 0.45), ("committee_meetings", 0.98), ("lectures", 0.4), ("theme_days", 1.02),
        ("group_meetings", 0.8), ("study_sessions", 0.7), ("deliberations", 0.2),
    ):  # fmt: skip
        expected = rate * pace[None, :] * np.ones(shape)
        cells[name] = np.floor(expected) * (rng.random(shape) < diligence**0.7) + (
            rng.random(shape) < (expected % 1) * diligence
        )
    held = ("assemblies", "committee_meetings", "lectures", "theme_days", "group_meetings")
    cells["life_activities"] = np.sum([cells[name] for name in held], axis=0)
    cells["activities"] = cells["life_activities"] + cells["study_sessions"] + cells["deliberations"]
    cells["activities_at_venue"] = rng.binomial(cells["activities"].astype(int), 0.72).astype(float)
    cells["backfilled"] = (rng.random(shape) < 0.02).astype(float)
    cells["groups"] = np.ones(shape)
    cells["groups_met"] = np.minimum(1, cells["group_meetings"])
    cells["required"] = np.floor(cells["life_activities"] * cells["members"] * 0.8)
    cells["present"] = rng.binomial(cells["required"].astype(int), diligence).astype(float)
    cells["on_leave"] = np.floor((cells["required"] - cells["present"]) * 0.6)
    cells["signins"] = cells["present"]


def _duties(cells: Cells, diligence: NDArray[np.float64], rng: np.random.Generator) -> None:
    shape = diligence.shape
    cells["dues_owed"] = np.floor(cells["members"] * 0.98)
    owed, paying = cells["dues_owed"].astype(int), np.minimum(1, diligence + 0.05)
    cells["dues_full"] = rng.binomial(owed, paying).astype(float)
    cells["dues_unpaid"] = np.floor((cells["dues_owed"] - cells["dues_full"]) * 0.8)
    cells["dues_short"] = cells["dues_owed"] - cells["dues_full"] - cells["dues_unpaid"]
    cells["transfer_steps"] = (rng.random(shape) < 0.1).astype(float)
    cells["transfer_steps_on_time"] = cells["transfer_steps"] * (rng.random(shape) < 0.95)
    cells["floating_due"] = rng.binomial(2, 0.3, shape).astype(float)
    cells["floating_reported"] = rng.binomial(cells["floating_due"].astype(int), 0.9).astype(float)
    cells["volunteer_hours"] = np.round(cells["members"] * rng.gamma(4, 0.35, shape), 1).astype(np.float64)
    cells["volunteer_times"] = np.floor(cells["volunteer_hours"] / 2)
    cells["study_hours"] = np.round(cells["members"] * rng.gamma(6, 0.48, shape), 1).astype(np.float64)
    cells["posts"] = rng.poisson(0.8, shape).astype(float)
    cells["disclosures"] = rng.poisson(0.3, shape).astype(float)
    cells["ledger_entries"] = np.ones(shape)
    _institutions(cells, diligence)
    marks = {"term_days": 400.0, "has_committee": 1.0, "has_secretary": 1.0, "committee_size": 5.0}
    for name, value in marks.items():
        cells[name] = np.full(shape, value)


def _institutions(cells: Cells, diligence: NDArray[np.float64]) -> None:
    """“8 + x”: monthly duties every month, quarterly ones every third, the yearly meetings once in twelve."""
    count, months = diligence.shape
    of_month, of_branch = np.arange(months)[None, :], np.arange(count)[:, None]
    every = {"assembly": 3, "lecture": 3, "life_meeting": 12, "appraisal": 12}
    for k, name in enumerate(INSTITUTIONS):
        due = (of_month + of_branch) % every.get(name, 1) == 0
        cells[f"{name}_due"] = due.astype(float)
        cells[f"{name}_done"] = (due & (diligence > 0.8 + 0.01 * k)).astype(float)


def results_of(cells: Cells, count: int, months: int, rng: np.random.Generator) -> Cells:
    """Lights, scores and axes; the open month carries the light of the last closed one."""
    shape, alive = (count, months), np.nan_to_num(cells["active"]) > 0
    results: Cells = {}
    per_indicator = 1 / count / len(BRANCH_INDICATORS)
    worst = np.full(shape, float(Light.GREEN))
    for k, indicator in enumerate(BRANCH_INDICATORS):
        draw = rng.random(shape)
        draw[:, -1] = draw[:, -2] if months > 1 else draw[:, -1]
        light = np.full(shape, float(Light.GREEN))
        light[draw < 43 * per_indicator] = Light.YELLOW
        light[draw < 9 * per_indicator] = Light.RED
        light[(np.arange(count) + k) % 23 == 0] = Light.NA
        best = np.where(light == Light.GREEN, 100, 70)
        score = np.where(light == Light.NA, np.nan, best - 12 * rng.random(shape))
        results[indicator_column(indicator, "light")] = np.where(alive, light, np.nan)
        results[indicator_column(indicator, "score")] = np.where(alive, score, np.nan)
        results[indicator_column(indicator, "value")] = np.where(alive, score / 100, np.nan)
        worst = np.maximum(worst, light)
    results["light"] = np.where(alive, worst, np.nan)
    fit = 92 + 3 * rng.standard_normal(shape) - 6 * (worst - Light.GREEN)
    results["score"] = np.where(alive, fit, np.nan)
    for axis, level in zip(RADAR_AXES, (86, 83, 88, 85, 90), strict=True):
        results[axis] = np.where(alive, np.clip(level + 5 * rng.standard_normal(shape), 0, 100), np.nan)
    return results


def summable(results: Cells) -> Cells:
    """The summable form of the results, still per branch."""
    light, found = results["light"], {}
    for code in (Light.RED, Light.YELLOW, Light.GREEN):
        found[f"{code.name.lower()}_branches"] = (light == code).astype(float)
    found["grey_branches"] = (light <= Light.NODATA).astype(float)
    for name in ("score", *RADAR_AXES):
        found[f"{name}_sum"] = np.nan_to_num(results[name])
        found[f"{name}_count"] = (~np.isnan(results[name])).astype(float)
    for indicator in BRANCH_INDICATORS:
        lights = results[indicator_column(indicator, "light")]
        found[f"{indicator}_red"] = (lights == Light.RED).astype(float)
        found[f"{indicator}_yellow"] = (lights == Light.YELLOW).astype(float)
        for part in ("score", "value"):
            known = results[indicator_column(indicator, part)]
            found[f"{indicator}_{part}_sum"] = np.nan_to_num(known)
            found[f"{indicator}_{part}_count"] = (~np.isnan(known)).astype(float)
    return found

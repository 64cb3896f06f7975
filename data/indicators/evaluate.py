"""From measures to the results of every branch and month: indicators, 诊疗分, branch light, radar axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from data.indicators.components import COMPONENTS, component_score, mean_of
from data.indicators.due_rules import DueRules
from data.indicators.member.rules import MemberRules
from data.indicators.result import Lights, Result, ratio
from data.indicators.rules import IndicatorRule, RadarAxis
from data.indicators.sets import BY_ID, RADAR_AXES
from data.indicators.setting import Setting
from data.indicators.timeline import Array, Timeline
from data.readmodel.cube import Cube
from data.readmodel.light import Light
from data.readmodel.results import BRANCH_COLUMNS, INDICATOR_PARTS, indicator_column

# Grey when more than 8 of 26 indicators have no data (§5.3), as a share because a district may enable fewer.
GREY_SHARE = 8 / 26
# 诊疗分 needs half of the weights (§5.4: 50 of 100).
SCORE_SHARE = 0.5


@dataclass(frozen=True)
class Catalogue:
    """The part of a district profile the evaluation needs.

    ``rules`` are the indicators computed and stored, in order. ``lights`` names those that light a branch and
    make its 诊疗分 (None: all of them); ``beneath`` holds rules of indicators that are not stored but that
    others build upon.
    """

    rules: Sequence[IndicatorRule]
    radar: Mapping[str, RadarAxis]
    lights: frozenset[str] | None = None
    beneath: Mapping[str, IndicatorRule] = field(default_factory=dict)
    due: DueRules = field(default_factory=DueRules)
    members: MemberRules = field(default_factory=dict)

    @property
    def indicators(self) -> tuple[str, ...]:
        """Ids of the stored indicators, in order."""
        return tuple(rule.id for rule in self.rules)

    @property
    def lighting(self) -> list[IndicatorRule]:
        """The rules of the light system."""
        return [rule for rule in self.rules if self.lights is None or rule.id in self.lights]

    @property
    def of_committees(self) -> list[IndicatorRule]:
        """The rules that judge committees and general branches themselves."""
        return [rule for rule in self.rules if BY_ID[rule.id].committees is not None]

    @property
    def columns(self) -> list[str]:
        """Columns of ``branch_results`` this catalogue fills."""
        parts = [indicator_column(i, part) for i in self.indicators for part in INDICATOR_PARTS]
        return [*BRANCH_COLUMNS, *parts]


@dataclass(frozen=True)
class Evaluation:
    """``columns``: name of a ``branch_results`` column → branches × months, NaN where na, nodata or unknown.
    ``averages``: what each indicator that compares with the district's mean compared with, per month."""

    columns: Mapping[str, Array]
    averages: Mapping[str, Array] = field(default_factory=dict)

    def light(self, column: str = "light") -> Array:
        """One light column as numbers (`Light`)."""
        return self.columns[column]


def evaluate(
    cube: Cube,
    catalogue: Catalogue,
    missing_families: frozenset[str] = frozenset(),
    averages: Mapping[str, Array] | None = None,
) -> Evaluation:
    """Results of all cells. The open month's lights are the current ones: see `_current`.

    A branch's results follow from its own measures and from the district's averages; with these given the cube may
    hold some of the branches.
    """
    at = setting_of(cube, catalogue, missing_families, averages)
    results = {rule.id: at.result(rule.id) for rule in catalogue.rules}
    current = {rule.id: _current(results[rule.id], rule) for rule in catalogue.rules}
    columns: dict[str, Array] = {}
    columns["light"] = _branch_light(at, current, catalogue.lighting).astype(float)
    columns["score"] = _composite(results, catalogue.lighting, at)
    for axis in RADAR_AXES:
        columns[axis] = _axis(at, catalogue.radar[axis])
    for name in ("score", *RADAR_AXES):
        # Half a month is no score: the open month shows what is attained, it is not compared with a full one.
        columns[name][:, -1] = np.nan
    for name, found in results.items():
        columns[indicator_column(name, "value")] = found.value
        columns[indicator_column(name, "score")] = found.score
        columns[indicator_column(name, "light")] = current[name].astype(float)
    return Evaluation(columns, at.averages)


def averages_now(
    cube: Cube,
    catalogue: Catalogue,
    missing_families: frozenset[str],
    averages: Mapping[str, Array],
) -> tuple[Mapping[str, Array], Array]:
    """The averages of the whole cube with the rows of the branches whose comparison changed because the averages are
    not the given ones any more, whatever their own measures did."""
    now = setting_of(cube, catalogue, missing_families)
    then = setting_of(cube, catalogue, missing_families, averages)
    moved = np.zeros(len(cube.branches), dtype=bool)
    for indicator in averages:
        new = now.result(indicator)
        if not np.array_equal(now.averages[indicator], averages[indicator], equal_nan=True):
            old = then.result(indicator)
            for part in ("value", "score", "light"):
                one, other = getattr(new, part), getattr(old, part)
                moved |= ~((one == other) | (np.isnan(one) & np.isnan(other))).all(axis=1)
    return now.averages, np.flatnonzero(moved)


def evaluate_committees(
    cube: Cube, catalogue: Catalogue, missing_families: frozenset[str] = frozenset()
) -> dict[str, Array]:
    """Columns of ``committee_months`` for the indicators that judge committees themselves: committees × months."""
    at = setting_of(cube, catalogue, missing_families)
    columns: dict[str, Array] = {}
    for rule in catalogue.of_committees:
        compute = BY_ID[rule.id].committees
        assert compute is not None
        found = compute(at, rule)
        parts = (found.value, found.score, _current(found, rule).astype(float))
        columns |= {
            indicator_column(rule.id, part): one for part, one in zip(INDICATOR_PARTS, parts, strict=True)
        }
    return columns


def setting_of(
    cube: Cube,
    catalogue: Catalogue,
    missing_families: frozenset[str] = frozenset(),
    averages: Mapping[str, Array] | None = None,
) -> Setting:
    """A setting whose ``result`` computes each indicator once, with the district's own rule."""
    rules = {**catalogue.beneath, **{rule.id: rule for rule in catalogue.rules}}
    known: dict[str, Result] = {}

    def result(indicator: str) -> Result:
        if indicator not in known:
            compute = BY_ID[indicator].compute
            if compute is None:
                raise LookupError(f"{indicator} has no formula over measures of branches")
            known[indicator] = compute(at, rules[indicator])
        return known[indicator]

    at = Setting(cube, Timeline(cube.months), missing_families, result, rules, dict(averages or {}))
    return at


def _current(found: Result, rule: IndicatorRule) -> Lights:
    """Lights with the open month standing for "now": a monthly light is the last closed month's, a limit that is
    a date is judged today (§11.7: no lights from an open month except those)."""
    light = found.light.copy()
    if not rule.live and light.shape[1] > 1:
        light[:, -1] = light[:, -2]
    return light


def _branch_light(at: Setting, lights: Mapping[str, Lights], rules: Sequence[IndicatorRule]) -> Lights:
    """Worst light of §5.3: only the rules that say so turn a branch red, every other red is yellow for it."""
    worst = np.full(at.shape, Light.GREEN, dtype=np.int8)
    nodata = np.zeros(at.shape)
    for rule in rules:
        light = lights[rule.id]
        nodata += light == Light.NODATA
        worst = np.maximum(worst, light if rule.turns_branch_red else np.minimum(light, Light.YELLOW))
    worst[(nodata > GREY_SHARE * len(rules)) & (worst < Light.RED)] = Light.NODATA
    worst[at.not_eligible] = Light.NA
    return np.asarray(worst)


def _composite(results: Mapping[str, Result], rules: Sequence[IndicatorRule], at: Setting) -> Array:
    """支部诊疗分: weighted mean of the scores that are neither na nor nodata; NaN below half of the weights."""
    weighted, weights = np.zeros(at.shape), np.zeros(at.shape)
    for rule in rules:
        score = results[rule.id].score
        known = ~np.isnan(score)
        weighted += np.where(known, score, 0) * rule.weight
        weights += known * rule.weight
    score = ratio(weighted, weights)
    enough = weights >= SCORE_SHARE * sum(rule.weight for rule in rules)
    return np.where(enough & ~at.not_eligible, score, np.nan)


def _axis(at: Setting, axis: RadarAxis) -> Array:
    scores = [
        component_score(at, name) if name in COMPONENTS else at.result(name).score for name in axis.components
    ]
    return np.where(at.not_eligible, np.nan, mean_of(scores))


def unknown_components(radar: Mapping[str, RadarAxis]) -> list[str]:
    """Components of the radar that are neither an indicator of branches nor a known component."""
    known = {entry.id for entry in BY_ID.values() if entry.compute is not None} | set(COMPONENTS)
    return sorted(name for axis in radar.values() for name in axis.components if name not in known)

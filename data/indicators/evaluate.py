"""From measures to the results of every branch and month: indicators, 诊疗分, branch light, radar axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from data.indicators.branch import FORMULAS, Setting
from data.indicators.components import COMPONENTS, component_score, mean_of
from data.indicators.result import Lights, Result, ratio
from data.indicators.rules import IndicatorRule, RadarAxis
from data.indicators.timeline import Array, Timeline
from data.readmodel.cube import Cube
from data.readmodel.results import BRANCH_COLUMNS, BRANCH_INDICATORS, RADAR_AXES, Light, indicator_column

# Grey when more than 8 of 26 indicators have no data (§5.3), as a share because a district may enable fewer.
GREY_SHARE = 8 / 26
# 诊疗分 needs half of the weights (§5.4: 50 of 100).
SCORE_SHARE = 0.5


@dataclass(frozen=True)
class Catalogue:
    """The part of a district profile the evaluation needs."""

    rules: Sequence[IndicatorRule]
    radar: Mapping[str, RadarAxis]


@dataclass(frozen=True)
class Evaluation:
    """``columns``: name of a ``branch_results`` column → branches × months, NaN where na, nodata or unknown."""

    columns: Mapping[str, Array]

    def light(self, column: str = "light") -> Array:
        """One light column as numbers (`Light`)."""
        return self.columns[column]


def evaluate(cube: Cube, catalogue: Catalogue, missing_families: frozenset[str] = frozenset()) -> Evaluation:
    """Results of all cells. The open month's lights are the current ones: see `_current`."""
    at = Setting(cube, Timeline(cube.months), missing_families)
    results = {rule.id: FORMULAS[rule.id](at, rule) for rule in catalogue.rules}
    current = {rule.id: _current(results[rule.id], rule) for rule in catalogue.rules}
    columns: dict[str, Array] = {name: np.full(at.shape, np.nan) for name in BRANCH_COLUMNS}
    columns["light"] = _branch_light(at, current, catalogue.rules).astype(float)
    columns["score"] = _composite(results, catalogue.rules, at)
    for axis in RADAR_AXES:
        columns[axis] = _axis(at, results, catalogue.radar[axis])
    for name in ("score", *RADAR_AXES):
        # Half a month is no score: the open month shows what is attained, it is not compared with a full one.
        columns[name][:, -1] = np.nan
    for indicator in BRANCH_INDICATORS:
        columns |= _indicator_columns(indicator, results.get(indicator), current.get(indicator), at.shape)
    return Evaluation(columns)


def _indicator_columns(
    indicator: str, found: Result | None, light: Lights | None, shape: tuple[int, int]
) -> dict[str, Array]:
    parts = {
        "value": np.full(shape, np.nan) if found is None else found.value,
        "score": np.full(shape, np.nan) if found is None else found.score,
        "light": np.full(shape, float(Light.NA)) if light is None else light.astype(float),
    }
    return {indicator_column(indicator, part): values for part, values in parts.items()}


def _current(found: Result, rule: IndicatorRule) -> Lights:
    """Lights with the open month standing for "now": a monthly light is the last closed month's, a limit that is
    a date is judged today (§11.7: no lights from an open month except those)."""
    light = found.light.copy()
    if not rule.live and light.shape[1] > 1:
        light[:, -1] = light[:, -2]
    return light


def _branch_light(at: Setting, lights: Mapping[str, Lights], rules: Sequence[IndicatorRule]) -> Lights:
    """Worst light of §5.3: only the rules that say so turn a branch red, every other red is yellow for it."""
    stacked = []
    nodata = np.zeros(at.shape)
    for rule in rules:
        light = lights[rule.id]
        nodata += light == Light.NODATA
        stacked.append(light if rule.turns_branch_red else np.minimum(light, Light.YELLOW))
    worst = np.maximum(np.max(stacked, axis=0), Light.GREEN).astype(np.int8)
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


def _axis(at: Setting, results: Mapping[str, Result], axis: RadarAxis) -> Array:
    scores = [
        results[name].score if name in results else component_score(at, name, results)
        for name in axis.components
        if name in results or name in COMPONENTS
    ]
    return np.where(at.not_eligible, np.nan, mean_of(scores))


def unknown_components(radar: Mapping[str, RadarAxis], rules: Sequence[IndicatorRule]) -> list[str]:
    """Components of the radar that are neither an enabled indicator nor a known component."""
    known = {rule.id for rule in rules} | set(COMPONENTS)
    return sorted(name for axis in radar.values() for name in axis.components if name not in known)

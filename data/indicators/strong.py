"""江宁, 六强六过硬: axes of an organisation from the scores of its indicators, and of its members from shares."""

from __future__ import annotations

import numpy as np

from data.indicators.components import mean_of
from data.indicators.entry import Formula
from data.indicators.result import Result, lights, ratio, result
from data.indicators.rules import IndicatorRule
from data.indicators.setting import Setting
from data.indicators.timeline import Array, Mask


def mean_score(*indicators: str) -> Formula:
    """Mean of the scores that are neither na nor nodata; an axis without any is a gap."""

    def formula(at: Setting, rule: IndicatorRule) -> Result:
        return _axis(at, rule, mean_of([at.result(name).score for name in indicators]), at.no_feed())

    return formula


def solid_share(numerator: str, denominator: str = "scored_members") -> Formula:
    """Percent of the scored members without what the axis counts against them."""

    def formula(at: Setting, rule: IndicatorRule) -> Result:
        share = 100 * ratio(at.cube[numerator], at.cube[denominator])
        return _axis(at, rule, share, at.no_feed("member_lights"))

    return formula


def _axis(at: Setting, rule: IndicatorRule, score: Array, no_feed: Mask) -> Result:
    yellow, red = rule.beyond(score)
    na = at.not_eligible | np.isnan(score)
    light = lights(at.shape, yellow=yellow, red=red, na=na, nodata=no_feed & ~at.not_eligible)
    return result(score, score, light)

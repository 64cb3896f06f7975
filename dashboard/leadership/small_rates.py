"""Rates of few cases are not told: below five a table says 小样本 and nothing is coloured."""

from __future__ import annotations

import numpy as np

from dashboard.formats import percent
from data.indicators.rules import IndicatorRule
from data.queries.leadership.sums import Row
from data.readmodel.light import Light

SMALLEST = 5
FEW = "小样本"


def rate_of(row: Row | None, numerator: str, denominator: str) -> float | None:
    """Share 0-1 of two columns; None without cases, below five of them or without a feed."""
    found = rate_shown(*((row or {}).get(name) for name in (numerator, denominator)))
    return found if isinstance(found, float) else None


def rate_shown(numerator: float | None, denominator: float | None) -> float | str | None:
    """What a cell of a rate shows: the share, 小样本, or nothing where there is no case or no feed."""
    if numerator is None or not denominator:
        return None
    return numerator / denominator if denominator >= SMALLEST else FEW


def light_of(rule: IndicatorRule, numerator: float | None, denominator: float | None) -> int | None:
    """The colour of a rate by the lines of a rule; None in order, of too few cases or unknown."""
    rate = rate_shown(numerator, denominator)
    if not isinstance(rate, float):
        return None
    for line, light in ((rule.red, Light.RED), (rule.yellow, Light.YELLOW)):
        if line is not None and line.crossed(np.array([rate]))[0]:
            return light.value
    return None


def legend(rule: IndicatorRule) -> str:
    """From where on rates are coloured, for the note of a table."""
    lines = ((rule.yellow, "黄"), (rule.red, "红"))
    said = [f"低于{percent(line.at, 0)}标{word}" for line, word in lines if line is not None]
    return f" · {'，'.join(said)}（不足{SMALLEST}名不标）" if said else ""

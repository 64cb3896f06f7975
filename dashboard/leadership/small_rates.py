"""Rates of few cases are not told: below five a table says 小样本."""

from __future__ import annotations

from data.queries.leadership.sums import Row

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

"""What a score is made of: every item of an organisation, and of the district beside it, at the ends of quarters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.indicators.sets import BY_ID
from data.queries.figures_of_month import Amount
from data.queries.indicator_months import IndicatorMonth
from data.queries.leadership.sums import Row, months_of, months_of_district
from data.queries.score_breakdown import ScoreBreakdown
from data.readmodel.light import Light
from data.readmodel.scoped import Place, ScopedReader

_AREA = ("red", "yellow", "score_sum", "score_count", "value_sum", "value_count")
_BRANCH = ("value", "score", "light")


def load(
    reader: ScopedReader, place: Place, indicators: Sequence[str], last: str, before: str
) -> ScoreBreakdown:
    """Items of one organisation; of a branch its own values, of what stands above the sums of its branches."""
    parts = _BRANCH if place.is_branch else _AREA
    names = [f"{indicator}_{part}" for indicator in indicators for part in parts]
    first, end = min(last, before), max(last, before)
    rows = months_of(reader, place, names, first, end)
    read = _of_branch if place.is_branch else _of_area
    found = {
        i: {m: read(i, rows[m]) for m in (before, last) if m in rows and _is_known(i, rows[m], parts)}
        for i in indicators
    }
    return ScoreBreakdown(last, before, {i: of for i, of in found.items() if of})


def of_district(reader: ScopedReader, indicators: Sequence[str], month: str) -> Mapping[str, IndicatorMonth]:
    """The same items of the whole district in one month; an indicator nobody is judged by is absent."""
    names = [f"{indicator}_{part}" for indicator in indicators for part in _AREA]
    row = months_of_district(reader, names, month, month).get(month)
    if row is None:
        return {}
    return {i: _of_area(i, row) for i in indicators if _is_known(i, row, _AREA)}


def _is_known(indicator: str, row: Row, parts: Sequence[str]) -> bool:
    """Whether anything was judged: not enabled or without data otherwise."""
    return any(row[f"{indicator}_{part}"] is not None for part in parts)


def _of_area(indicator: str, row: Row) -> IndicatorMonth:
    at = {part: row[f"{indicator}_{part}"] for part in _AREA}
    value = Amount.ratio(at["value_sum"], at["value_count"])
    return IndicatorMonth(
        at["red"] or 0,
        at["yellow"] or 0,
        at["value_count"] or 0,
        Amount.ratio(at["score_sum"], at["score_count"]),
        value,
        Amount.of(at["value_sum"]),
    )


def _of_branch(indicator: str, row: Row) -> IndicatorMonth:
    value, score, light = (row[f"{indicator}_{part}"] for part in _BRANCH)
    return IndicatorMonth(
        float(light == Light.RED),
        float(light == Light.YELLOW),
        float(value is not None),
        Amount("na") if score is None else Amount.of(score),
        Amount("na") if value is None else Amount.of(value),
        Amount.of(value),
    )


def known(indicator: str) -> bool:
    """Whether an indicator is one of branches, with columns of its own."""
    return BY_ID[indicator].level == "branch" and BY_ID[indicator].compute is not None

"""Every indicator for the whole district, month by month: lights, mean score, and its pooled value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from data.indicators.sets import BY_ID
from data.queries.figures_of_month import Amount
from data.readmodel.reader import Reader
from data.readmodel.results import AREA_PARTS, BRANCH_INDICATORS
from data.readmodel.schema import org_months


@dataclass(frozen=True)
class IndicatorMonth:
    """One indicator in one month: branches red and yellow, branches with a value, mean score, values.

    ``value`` is the pooled ratio where the indicator has one, else the mean of the branches that have a value;
    ``total`` is the sum of their values.
    """

    red: float
    yellow: float
    judged: float
    score: Amount
    value: Amount
    total: Amount


# Indicator → month → what is known; an indicator that is not enabled, or has no data in any month, is absent.
IndicatorMonths = Mapping[str, Mapping[str, IndicatorMonth]]


def district_indicators(reader: Reader, first: str, last: str) -> IndicatorMonths:
    """Months from ``first`` to ``last``, both included; the open month carries the lights of now."""
    names = {f"{i}_{part}" for i in BRANCH_INDICATORS for part in AREA_PARTS}
    names |= {name for i in BRANCH_INDICATORS for name in BY_ID[i].pooled or () if name in org_months.c}
    query = sa.select(org_months.c.period_month, *(org_months.c[name] for name in sorted(names))).where(
        org_months.c.org_id == reader.root_org_id,
        org_months.c.period_month >= first,
        org_months.c.period_month <= last,
    )
    found: dict[str, dict[str, IndicatorMonth]] = {}
    for row in reader.connection.execute(query).mappings():
        for indicator in BRANCH_INDICATORS:
            known = _indicator_month(row, indicator)
            if known is not None:
                found.setdefault(indicator, {})[row["period_month"]] = known
    return found


def _indicator_month(row: sa.RowMapping, indicator: str) -> IndicatorMonth | None:
    """None where no branch's light is known: not enabled, or no data."""
    parts = {part: row[f"{indicator}_{part}"] for part in AREA_PARTS}
    if parts["red"] is None and parts["yellow"] is None:
        return None
    pooled = BY_ID[indicator].pooled
    if pooled and all(name in row for name in pooled):
        value = Amount.ratio(row[pooled[0]], row[pooled[1]])
    else:
        value = Amount.ratio(parts["value_sum"], parts["value_count"])
    return IndicatorMonth(
        red=float(parts["red"] or 0),
        yellow=float(parts["yellow"] or 0),
        judged=float(parts["value_count"] or 0),
        score=Amount.ratio(parts["score_sum"], parts["score_count"]),
        value=value,
        total=Amount.of(parts["value_sum"]),
    )

"""The monthly check-up of the district: every indicator with its value, score and lights, and a year of scores."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from data.indicators.sets import BY_ID
from data.queries.figures_of_month import Amount, closed_month, trend_months
from data.queries.indicator_months import IndicatorMonth, district_indicators
from data.readmodel.reader import Reader
from data.readmodel.results import BRANCH_INDICATORS, indicator_column
from data.readmodel.schema import branch_results, nodes
from data.scope import Scope

TREND_MONTHS = 12
# Of gaps and ages a mean says nothing: the worst branch stands for the district (rulings 17).
_AGES = frozenset({"days", "months", "months unpaid", "quarters"})


@dataclass(frozen=True)
class CheckedIndicator:
    """One indicator at the last closed month; ``worst`` only of gaps and ages.

    ``scores`` is the mean score of each month of the view, None where there is none.
    """

    indicator: str
    month: IndicatorMonth
    worst: Amount | None
    scores: tuple[float | None, ...]

    @property
    def change(self) -> float | None:
        """Points of the mean score against the month before."""
        if len(self.scores) < 2 or self.scores[-1] is None or self.scores[-2] is None:
            return None
        return self.scores[-1] - self.scores[-2]


@dataclass(frozen=True)
class CheckUp:
    """Indicators by red, then yellow branches, the most first; months oldest first."""

    months: tuple[str, ...]
    indicators: tuple[CheckedIndicator, ...]


def load(reader: Reader, scope: Scope) -> CheckUp:
    """The last twelve closed months; indicators without a result in the last one are left out."""
    months = tuple(trend_months(closed_month(reader), TREND_MONTHS))
    last = months[-1]
    worst = _worst(reader, last)
    found = [
        CheckedIndicator(
            indicator,
            by_month[last],
            worst.get(indicator),
            tuple(by_month[m].score.value if m in by_month else None for m in months),
        )
        for indicator, by_month in district_indicators(reader, months[0], last).items()
        if last in by_month
    ]
    ordered = sorted(found, key=lambda item: (-item.month.red, -item.month.yellow))
    return CheckUp(months, tuple(ordered))


def _worst(reader: Reader, month: str) -> dict[str, Amount]:
    """The worst value of any branch, of indicators that count days or months."""
    ages = [i for i in BRANCH_INDICATORS if BY_ID[i].unit in _AGES]
    columns = []
    for indicator in ages:
        value = branch_results.c[indicator_column(indicator, "value")]
        worst = sa.func.min(value) if BY_ID[indicator].better == "up" else sa.func.max(value)
        columns.append(worst.label(indicator))
    # By the key of each organisation: by the month alone every month of the table would be read.
    every = sa.select(nodes.c.org_id)
    query = sa.select(*columns).where(
        branch_results.c.org_id.in_(every), branch_results.c.period_month == month
    )
    row = reader.connection.execute(query).one()
    return {i: Amount.of(row._mapping[i]) for i in ages}

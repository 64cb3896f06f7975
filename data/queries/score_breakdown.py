"""Where points get lost: every indicator of the district at the ends of the last two closed quarters."""

from __future__ import annotations

from dataclasses import dataclass

from data.clock import add_months
from data.queries.committee_scores import last_quarter, quarter_of
from data.queries.indicator_months import IndicatorMonth, IndicatorMonths, district_indicators
from data.readmodel.reader import Reader
from data.scope import Scope


@dataclass(frozen=True)
class ScoreBreakdown:
    """Sums of the district, month by month; ``last`` and ``before`` are the last months of two quarters."""

    last: str
    before: str
    indicators: IndicatorMonths

    @property
    def quarter(self) -> str:
        """The quarter shown."""
        return quarter_of(self.last)

    def at(self, indicator: str, month: str | None = None) -> IndicatorMonth | None:
        """One indicator at the end of the quarter, or of another month; None where it is not known."""
        return self.indicators.get(indicator, {}).get(month or self.last)

    def rate(self, indicator: str, month: str | None = None) -> float | None:
        """Mean share 0-1 of its full marks over the branches; None where no branch is scored."""
        found = self.at(indicator, month)
        return None if found is None or found.score.value is None else found.score.value / 100


def load(reader: Reader, scope: Scope) -> ScoreBreakdown:
    """The district as a whole in every exposure mode: no organisation is named."""
    last = last_quarter(reader)
    before = add_months(last, -3)
    return ScoreBreakdown(last, before, district_indicators(reader, before, last))

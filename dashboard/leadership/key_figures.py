"""Key figures of a month: a measure or a ratio of two, its change, where it comes from, a word where cases are few."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.leadership.comparing import difference, than_label
from dashboard.leadership.parts import Better, Kind, Number, Origin
from dashboard.leadership.registry import Asked
from dashboard.leadership.small_rates import FEW, SMALLEST, rate_of
from data.queries.leadership.sums import Row, ratio


@dataclass(frozen=True)
class KeyFigures:
    """What the key figures of one page are read from: the sums of its month, and of the month compared with."""

    asked: Asked
    now: Row | None
    then: Row | None

    def number(
        self,
        label: str,
        *columns: str,
        kind: Kind = "integer",
        unit: str = "",
        better: Better = "up",
        note: str = "",
        why: str = "",
        of: str = "",
    ) -> Number:
        """One column, or the first over the second; ``of`` names what it is traced to, else the first column is.

        A share of fewer than five cases is shown and says so.
        """
        here, before = _value(self.now, columns), _value(self.then, columns)
        cases = (self.now or {}).get(columns[-1]) or 0
        few = kind == "share" and here is not None and cases < SMALLEST
        return Number(
            label, here, kind, unit,
            change=difference(here, before), change_label=than_label(self.asked), better=better,
            origin=self._origin(of or columns[0]), note=FEW if few else note, why=why,
        )  # fmt: skip

    def rate(
        self, label: str, numerator: str, denominator: str, *, note: str = "", no_case: str = ""
    ) -> Number:
        """A share that is not shown where cases are few; ``no_case`` says why there is none without any."""
        pair = (numerator, denominator)
        return Number(
            label, rate_of(self.now, *pair), "share",
            change=difference(ratio(self.now, *pair), ratio(self.then, *pair)),
            change_label=than_label(self.asked), origin=self._origin(numerator), note=note,
            why=FEW if (self.now or {}).get(denominator) else no_case,
        )  # fmt: skip

    def _origin(self, of: str) -> Origin:
        return Origin(of, self.asked.place.org_id, self.asked.month)


def _value(row: Row | None, columns: tuple[str, ...]) -> float | None:
    return ratio(row, *columns) if len(columns) == 2 else (row or {}).get(columns[0])

"""Theme party day: branches that held it and those that did not, over twelve closed months and the open one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.queries.figures_of_month import Amount, closed_month, theme_day_months, trend_months
from data.readmodel.reader import Reader
from data.scope import Scope

CLOSED_MONTHS = 12


@dataclass(frozen=True)
class ThemeDayMonth:
    """One month: eligible branches and those of them with a theme day; ``held`` None: no data."""

    month: str
    eligible: int
    held: int | None

    @property
    def missed(self) -> int | None:
        """Eligible branches without a theme day."""
        return None if self.held is None else self.eligible - self.held

    @property
    def share(self) -> Amount:
        """Share 0-1 of eligible branches that held it; na without a branch."""
        return Amount.ratio(self.held, self.eligible)


@dataclass(frozen=True)
class ThemeDay:
    """``months`` are closed, oldest first; ``running`` is the open month, not to be compared with them."""

    months: tuple[ThemeDayMonth, ...]
    running: ThemeDayMonth

    @property
    def change(self) -> float | None:
        """Change of the share in the last closed month against the month before."""
        return self.months[-1].share.minus(self.months[-2].share)


def load(reader: Reader, scope: Scope) -> ThemeDay:
    """Counts of the district, the same in every exposure mode: no organisation is named."""
    span = trend_months(closed_month(reader), CLOSED_MONTHS)
    rows = theme_day_months(reader, span[0])
    return ThemeDay(
        tuple(_month(month, rows.get(month)) for month in span),
        _month(reader.version.open_month, rows.get(reader.version.open_month)),
    )


def _month(month: str, row: Mapping[str, float | None] | None) -> ThemeDayMonth:
    if row is None:
        return ThemeDayMonth(month, 0, None)
    held = row["held"]
    return ThemeDayMonth(month, round(row["eligible"] or 0), None if held is None else round(held))

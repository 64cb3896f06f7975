"""Which lines are crossed now: red and yellow branches of every indicator, against the check-up before."""

from __future__ import annotations

from dataclasses import dataclass

from data.queries.figures_of_month import closed_month
from data.queries.indicator_months import district_indicators
from data.readmodel.reader import Reader
from data.scope import Scope


@dataclass(frozen=True)
class CrossedLine:
    """Branches beyond the lines of one indicator now, and red and yellow together at the check-up before."""

    indicator: str
    red: float
    yellow: float
    before: float | None

    @property
    def change(self) -> float | None:
        """Branches more (or fewer) with a light than at the check-up before."""
        return None if self.before is None else self.red + self.yellow - self.before


@dataclass(frozen=True)
class WarningBoard:
    """Lines in catalogue order; ``compared`` is the month of the check-up before the last one."""

    lines: tuple[CrossedLine, ...]
    compared: str


def load(reader: Reader, scope: Scope) -> WarningBoard:
    """Lights of the open month; those that move once a month are still the last check-up's."""
    now, compared = reader.version.open_month, closed_month(reader, back=1)
    lines = []
    for indicator, months in district_indicators(reader, compared, now).items():
        if now in months:
            known = months.get(compared)
            before = None if known is None else known.red + known.yellow
            lines.append(CrossedLine(indicator, months[now].red, months[now].yellow, before))
    return WarningBoard(tuple(lines), compared)

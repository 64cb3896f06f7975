"""Key figures of the right wing: how well the district's organisation life is led, by closed months."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from data.clock import add_months, cutoff
from data.queries.figures_of_month import (
    Amount,
    KeyFigure,
    amount_of,
    closed_month,
    district_months,
    figure_of,
    theme_day_months,
    trend_months,
)
from data.readmodel.reader import Reader
from data.readmodel.schema import org_warnings
from data.scope import Scope

# The window of d_warning_closed_rate (indicators.md): warnings raised in the last three closed months.
CLOSED_RATE_MONTHS = 3


@dataclass(frozen=True)
class Lights:
    """Branches with a red or a yellow light now."""

    red: Amount
    yellow: Amount

    @property
    def both(self) -> Amount:
        """Branches with any of the two."""
        if self.red.value is None or self.yellow.value is None:
            return Amount("nodata")
        return Amount.of(self.red.value + self.yellow.value)


@dataclass(frozen=True)
class KeyFiguresRight:
    """Four figures; ``index`` stands where lights may not be shown, ``lights`` where they may."""

    theme_days: KeyFigure
    dues: KeyFigure
    index: KeyFigure | None
    lights: Lights | None
    warnings_closed: KeyFigure


def load(reader: Reader, scope: Scope) -> KeyFiguresRight:
    """Rates of the last closed month. Lights are read only where the scope may name them."""
    month = closed_month(reader)
    span = [add_months(month, -len(trend_months(month))), *trend_months(month)]
    life = theme_day_months(reader, span[0])
    dues = district_months(reader, ("dues_full", "dues_owed"), span[0])
    return KeyFiguresRight(
        theme_days=figure_of(
            "theme_day_share", month, {m: amount_of(life, m, "held", over="eligible") for m in span}
        ),
        dues=figure_of(
            "hs_b_dues_collection",
            month,
            {m: amount_of(dues, m, "dues_full", over="dues_owed") for m in span},
        ),
        index=None if scope.names_lights else _index(reader, month, span),
        lights=_lights(reader) if scope.names_lights else None,
        warnings_closed=_closed_rate(reader, month),
    )


def _index(reader: Reader, month: str, span: list[str]) -> KeyFigure:
    rows = district_months(reader, ("index_points", "scored_members"), span[0])
    return figure_of(
        "d_index_avg", month, {m: amount_of(rows, m, "index_points", over="scored_members") for m in span}
    )


def _lights(reader: Reader) -> Lights:
    """The row of the open month carries the light of now."""
    month = reader.version.open_month
    rows = district_months(reader, ("red_branches", "yellow_branches"), month)
    return Lights(amount_of(rows, month, "red_branches"), amount_of(rows, month, "yellow_branches"))


def _closed_rate(reader: Reader, month: str) -> KeyFigure:
    """Closed ÷ raised of the warnings raised in each window of three closed months, false alarms left out.

    No warning at all is na: nothing was to be closed. The trend shows the windows as they stand today.
    """
    months = trend_months(month)
    first = add_months(months[0], 1 - CLOSED_RATE_MONTHS)
    # Literals, not parameters: PostgreSQL must see the same expression in SELECT and GROUP BY.
    start, length = sa.literal_column("1"), sa.literal_column("7")
    raised_month = sa.func.substr(sa.cast(org_warnings.c.raised_at, sa.String), start, length)
    is_closed = sa.case((org_warnings.c.state == "closed", 1), else_=0)
    query = (
        sa.select(raised_month, sa.func.count(), sa.func.sum(is_closed))
        .where(org_warnings.c.state != "invalid")
        .where(
            org_warnings.c.raised_at >= cutoff(add_months(first, -1)),
            org_warnings.c.raised_at < cutoff(month),
        )
        .group_by(raised_month)
    )
    by_month = {m: (raised, closed) for m, raised, closed in reader.connection.execute(query)}
    amounts = {}
    for m in months:
        window = [by_month.get(add_months(m, -k), (0, 0)) for k in range(CLOSED_RATE_MONTHS)]
        amounts[m] = Amount.ratio(sum(closed for _, closed in window), sum(raised for raised, _ in window))
    return figure_of("d_warning_closed_rate", month, amounts)

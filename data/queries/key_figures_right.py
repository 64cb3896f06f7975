"""Key figures of the right wing: how well the district's organisation life is led, by closed months."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from data.clock import add_months, cutoff, last_day, month_of
from data.queries.figures_of_month import (
    Amount,
    KeyFigure,
    amount_of,
    closed_month,
    district_months,
    figure_of,
    month_before_in_year,
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
    """Pooled points of the year per scored member; in January there is no change: the year begins again."""
    rows = district_months(reader, ("index_points", "scored_members"), span[0])
    amounts = {m: amount_of(rows, m, "index_points", over="scored_members") for m in span}
    figure = figure_of("d_index_avg", month, amounts)
    return figure if month_before_in_year(month) else replace(figure, change=None)


def _lights(reader: Reader) -> Lights:
    """The row of the open month carries the light of now."""
    month = reader.version.open_month
    rows = district_months(reader, ("red_branches", "yellow_branches"), month)
    return Lights(amount_of(rows, month, "red_branches"), amount_of(rows, month, "yellow_branches"))


def _closed_rate(reader: Reader, month: str) -> KeyFigure:
    """Closed ÷ raised of the warnings raised in three closed months, false alarms left out.

    No warning at all is na: nothing was to be closed. Earlier points of the trend are taken as they stood
    the same number of months before now, else old warnings would always look better than new ones.
    """
    months = trend_months(month)
    now = reader.version.as_of or reader.version.published_at
    moments = [months_before(now, back) for back in range(len(months))]
    raised = [add_months(month, -back) for back in range(len(months) + CLOSED_RATE_MONTHS - 1)]
    counts = _warnings_raised(reader, raised, moments)
    amounts = {}
    for back, m in enumerate(reversed(months)):
        window = sum(counts[back : back + CLOSED_RATE_MONTHS], Counter[int]())
        closed = sum(n for since, n in window.items() if since >= back)
        amounts[m] = Amount.ratio(closed, window.total())
    return figure_of("d_warning_closed_rate", month, amounts)


def _warnings_raised(reader: Reader, months: list[str], moments: list[datetime]) -> list[Counter[int]]:
    """Warnings raised in each month (newest first) by the last of the moments (newest first) that saw them closed,
    -1 for none: one pass over the table for every point of the trend."""
    w = org_warnings.c
    raised_in = sa.case(*((w.raised_at >= cutoff(add_months(m, -1)), i) for i, m in enumerate(months)))
    by = reversed(list(enumerate(moments)))
    closed_by = sa.case(*((w.verified_at <= moment, i) for i, moment in by), else_=-1)
    # Grouped by position: to PostgreSQL a CASE written twice has other parameters, so is another expression.
    query = (
        sa.select(raised_in, sa.case((w.state == "closed", closed_by), else_=-1), sa.func.count())
        .where(
            w.state != "invalid",
            w.raised_at >= cutoff(add_months(months[-1], -1)),
            w.raised_at < cutoff(months[0]),
        )
        .group_by(sa.literal_column("1"), sa.literal_column("2"))
    )
    found = [Counter[int]() for _ in months]
    for month, closed, count in reader.connection.execute(query):
        found[month][closed] = count
    return found


def months_before(moment: datetime, count: int) -> datetime:
    """The same day and time ``count`` months earlier, or the last day of a shorter month."""
    month = add_months(month_of(moment.date()), -count)
    day = min(moment.day, last_day(month).day)
    return moment.replace(year=int(month[:4]), month=int(month[5:]), day=day)

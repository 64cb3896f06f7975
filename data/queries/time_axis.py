"""Organisation life on the time axis: 24 closed months and the open one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from data.clock import add_months, months_between
from data.readmodel.reader import Reader
from data.readmodel.schema import branch_months, org_months
from data.scope import Scope

CLOSED_MONTHS = 24
_MEETINGS = ("assemblies", "committee_meetings", "group_meetings", "lectures")


@dataclass(frozen=True)
class LifeMonth:
    """One month: 三会一课 held (None: no data), eligible branches, those of them with a theme day."""

    month: str
    meetings: int | None
    eligible: int
    with_theme_day: int

    @property
    def theme_day_share(self) -> float | None:
        """Share 0-1 of eligible branches that held the theme party day; None without an eligible branch."""
        return self.with_theme_day / self.eligible if self.eligible else None


@dataclass(frozen=True)
class TimeAxis:
    """Months oldest first; the last one is open, and complete up to ``until``."""

    months: tuple[LifeMonth, ...]
    until: date


def load(reader: Reader, scope: Scope) -> TimeAxis:
    """The district's organisation life: the same in every exposure mode, no organisation is named."""
    last = reader.version.open_month
    span = months_between(add_months(last, -CLOSED_MONTHS), last)
    meetings = _meetings(reader, span[0])
    theme_days = _theme_days(reader, span[0])
    until = (reader.version.as_of or reader.version.published_at).date()
    return TimeAxis(tuple(LifeMonth(m, meetings.get(m), *theme_days.get(m, (0, 0))) for m in span), until)


def _meetings(reader: Reader, first: str) -> dict[str, int | None]:
    parts = [org_months.c[name] for name in _MEETINGS]
    held = sa.case(
        (sa.and_(*(part.is_(None) for part in parts)), None),
        else_=sum((sa.func.coalesce(part, 0) for part in parts[1:]), sa.func.coalesce(parts[0], 0)),
    )
    query = sa.select(org_months.c.period_month, held).where(
        org_months.c.org_id == reader.root_org_id, org_months.c.period_month >= first
    )
    rows = reader.connection.execute(query)
    return {month: None if total is None else round(total) for month, total in rows}


def _theme_days(reader: Reader, first: str) -> dict[str, tuple[int, int]]:
    """(eligible, with a theme day) by month, branch by branch: a sum of theme days would count one twice."""
    held = sa.case((branch_months.c.theme_days >= 1, 1), else_=0)
    query = (
        sa.select(branch_months.c.period_month, sa.func.count(), sa.func.sum(held))
        .where(branch_months.c.period_month >= first, branch_months.c.eligible == 1)
        .group_by(branch_months.c.period_month)
    )
    return {month: (int(n), int(done)) for month, n, done in reader.connection.execute(query)}

"""Red and yellow lights: the open ones by name (internal), or what became of them in numbers (reception)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

import sqlalchemy as sa

from data.clock import add_months, first_day, month_of, months_between
from data.readmodel.reader import Reader
from data.readmodel.schema import nodes, org_months, org_warnings, towns
from data.scope import Scope

MAX_ROWS, MAX_RED = 6, 4
# Six of each of 13 indicators in two levels.
MAX_CANDIDATES = 156
TREND_MONTHS = 12
_ENDED = ("rectified", "closed", "invalid")


@dataclass(frozen=True)
class OpenWarning:
    """One open warning about an organisation; ``due_on`` None: the limit follows from the level."""

    level: str
    town: str | None
    organisation: str
    indicator: str
    state: str
    raised_at: datetime
    due_on: date | None


@dataclass(frozen=True)
class OpenWarnings:
    """Internal view: rows of every kind there is, red first and the newest of each; counts of the district."""

    rows: tuple[OpenWarning, ...]
    open_count: int
    red_branches: float | None
    yellow_branches: float | None
    closed_this_month: int
    today: date


@dataclass(frozen=True)
class RectifiedMonth:
    """Warnings raised in a month and how many of these are rectified by now."""

    month: str
    raised: int
    rectified: int


@dataclass(frozen=True)
class RectifiedIndicator:
    """The same by indicator, over all months of the view."""

    indicator: str
    raised: int
    rectified: int


@dataclass(frozen=True)
class Rectified:
    """Reception view: no organisation, no light; months oldest first, indicators by number rectified."""

    months: tuple[RectifiedMonth, ...]
    indicators: tuple[RectifiedIndicator, ...]

    @property
    def raised(self) -> int:
        """Warnings of all months."""
        return sum(month.raised for month in self.months)

    @property
    def rectified(self) -> int:
        """Rectified ones among them."""
        return sum(month.rectified for month in self.months)


def load(reader: Reader, scope: Scope) -> OpenWarnings | Rectified:
    """Reception mode never selects an organisation or a level."""
    return _open(reader) if scope.names_lights else _rectified(reader)


def _open(reader: Reader) -> OpenWarnings:
    red, yellow = _branches_by_light(reader)
    return OpenWarnings(
        rows=_chosen(_open_rows(reader)),
        open_count=_count(reader, org_warnings.c.state.not_in(_ENDED)),
        red_branches=red,
        yellow_branches=yellow,
        closed_this_month=_count(
            reader,
            org_warnings.c.state == "closed",
            org_warnings.c.verified_at >= datetime.combine(first_day(reader.version.open_month), time()),
        ),
        today=(reader.version.as_of or reader.version.published_at).date(),
    )


def _open_rows(reader: Reader) -> list[OpenWarning]:
    """The newest open warnings of each indicator: one month end may raise a hundred of a single kind."""
    turn = sa.func.row_number().over(
        partition_by=(org_warnings.c.level, org_warnings.c.indicator_id),
        order_by=(org_warnings.c.raised_at.desc(), org_warnings.c.warning_id),
    )
    newest = sa.select(org_warnings, turn.label("turn")).where(org_warnings.c.state.not_in(_ENDED)).subquery()
    query = (
        sa.select(
            newest.c.level,
            towns.c.name,
            nodes.c.short_name,
            newest.c.indicator_id,
            newest.c.state,
            newest.c.raised_at,
            newest.c.rectify_due_on,
        )
        .join(nodes, nodes.c.org_id == newest.c.org_id)
        .outerjoin(towns, towns.c.town_id == nodes.c.town_id)
        .where(newest.c.turn <= MAX_ROWS)
        .order_by(newest.c.turn, newest.c.raised_at.desc(), newest.c.warning_id)
        .limit(MAX_CANDIDATES)
    )
    return [OpenWarning(*row) for row in reader.connection.execute(query)]


def _chosen(rows: list[OpenWarning]) -> tuple[OpenWarning, ...]:
    """Six rows, red before yellow; red leaves two places to yellow where there is any."""
    red = [row for row in rows if row.level == "red"]
    yellow = [row for row in rows if row.level != "red"]
    kept = red[: max(MAX_RED, MAX_ROWS - len(yellow))]
    return tuple([*kept, *yellow][:MAX_ROWS])


def _branches_by_light(reader: Reader) -> tuple[float | None, float | None]:
    query = sa.select(org_months.c.red_branches, org_months.c.yellow_branches).where(
        org_months.c.org_id == reader.root_org_id,
        org_months.c.period_month == reader.version.open_month,
    )
    row = reader.connection.execute(query).one_or_none()
    return (row.red_branches, row.yellow_branches) if row else (None, None)


def _count(reader: Reader, *conditions: sa.ColumnElement[bool]) -> int:
    query = sa.select(sa.func.count()).select_from(org_warnings).where(*conditions)
    return int(reader.connection.execute(query).scalar_one())


def _rectified(reader: Reader) -> Rectified:
    last = add_months(reader.version.open_month, -1)
    span = months_between(add_months(last, 1 - TREND_MONTHS), last)
    cells = _cells(reader, span[0])
    by_month = {m: [0, 0] for m in span}
    by_indicator: dict[str, list[int]] = {}
    for month, indicator, raised, rectified in cells:
        for total in (by_month[month], by_indicator.setdefault(indicator, [0, 0])):
            total[0] += raised
            total[1] += rectified
    ordered = sorted(by_indicator.items(), key=lambda item: (-item[1][1], -item[1][0], item[0]))
    return Rectified(
        tuple(RectifiedMonth(m, *by_month[m]) for m in span),
        tuple(RectifiedIndicator(name, *total) for name, total in ordered),
    )


def _cells(reader: Reader, first: str) -> list[tuple[str, str, int, int]]:
    """(month raised, indicator, raised, rectified) from ``first`` up to the last closed month."""
    year = sa.extract("year", org_warnings.c.raised_at)
    month = sa.extract("month", org_warnings.c.raised_at)
    done = sa.func.count(org_warnings.c.rectified_at)
    query = (
        sa.select(
            year,
            month,
            org_warnings.c.indicator_id,
            sa.func.count(),
            done,
        )
        .where(org_warnings.c.state != "invalid")
        .where(org_warnings.c.raised_at >= datetime.combine(first_day(first), time()))
        .where(org_warnings.c.raised_at < datetime.combine(first_day(reader.version.open_month), time()))
        .group_by(year, month, org_warnings.c.indicator_id)
    )
    rows = reader.connection.execute(query)
    return [(month_of(date(int(y), int(m), 1)), name, n, done) for y, m, name, n, done in rows]

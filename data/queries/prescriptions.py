"""What is to be done in the district: the indicators with most lights now, their limits, and what may help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from data.queries.indicator_months import district_indicators
from data.readmodel.reader import Reader
from data.readmodel.schema import org_warnings, tallies
from data.scope import Scope

_ENDED = ("rectified", "closed", "invalid")


@dataclass(frozen=True)
class Ailment:
    """One indicator with lights now; ``due_on`` is the next limit of its open warnings, ``overdue`` those past."""

    indicator: str
    red: float
    yellow: float
    due_on: date | None
    overdue: int


@dataclass(frozen=True)
class Prescriptions:
    """Ailments by red, then yellow branches; ``resources`` counts the library by kind, empty without data."""

    ailments: tuple[Ailment, ...]
    resources: dict[str, float]
    today: date


def load(reader: Reader, scope: Scope) -> Prescriptions:
    """Lights of the open month; indicators without any light are left out."""
    now = reader.version.open_month
    today = (reader.version.as_of or reader.version.published_at).date()
    limits = _limits(reader, today)
    found = [
        Ailment(indicator, months[now].red, months[now].yellow, *limits.get(indicator, (None, 0)))
        for indicator, months in district_indicators(reader, now, now).items()
        if months[now].red + months[now].yellow > 0
    ]
    ordered = sorted(found, key=lambda item: (-item.red, -item.yellow))
    return Prescriptions(tuple(ordered), _resources(reader), today)


def _limits(reader: Reader, today: date) -> dict[str, tuple[date | None, int]]:
    """Next limit from today on, and warnings past theirs, of the open warnings by indicator."""
    due = org_warnings.c.rectify_due_on
    query = (
        sa.select(
            org_warnings.c.indicator_id,
            sa.func.min(sa.case((due >= today, due))),
            sa.func.sum(sa.case((due < today, 1), else_=0)),
        )
        .where(org_warnings.c.state.not_in(_ENDED))
        .group_by(org_warnings.c.indicator_id)
    )
    return {
        indicator: (next_due, int(late)) for indicator, next_due, late in reader.connection.execute(query)
    }


def _resources(reader: Reader) -> dict[str, float]:
    query = sa.select(tallies.c.key, tallies.c.value).where(
        tallies.c.tally == "resources", tallies.c.town_id == 0, tallies.c.key.not_like("%|%")
    )
    return {row.key: row.value for row in reader.connection.execute(query)}

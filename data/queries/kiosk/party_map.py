"""The towns on the visitor's map: how many organisations, villages, positions and activities each has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from data.queries.figures_of_month import closed_month
from data.queries.kiosk.cells import whole
from data.queries.small_cells import small_cells
from data.readmodel.reader import Reader
from data.readmodel.schema import branch_months, nodes, public_places, tallies, towns


@dataclass(frozen=True)
class Town:
    """One town. ``theme_days`` is the share 0-1 of its branches with a theme party day in the last closed month."""

    town_id: int
    name: str
    organisations: int | None
    villages: int
    communities: int
    activities: int | None
    theme_days: float | None
    centres: int


@dataclass(frozen=True)
class PartyMap:
    """Towns by their code; ``month`` is that of the activities (the open one), ``closed`` that of the theme days."""

    month: str
    closed: str
    towns: tuple[Town, ...]


def load(reader: Reader) -> PartyMap:
    """Counts of organisations and activities only, never of persons."""
    month, closed = reader.version.open_month, closed_month(reader)
    organisations = _tally(reader, "organisations", "", "type|")
    activities = _tally(reader, "activities_by_type", month, "")
    held, centres = _theme_days(reader, closed), _centres(reader)
    rows = reader.connection.execute(sa.select(towns).order_by(towns.c.code)).all()
    return PartyMap(
        month,
        closed,
        tuple(
            Town(
                town_id=row.town_id,
                name=row.name,
                organisations=whole(organisations.get(row.town_id, 0 if organisations else None)),
                villages=row.villages,
                communities=row.communities,
                activities=whole(activities.get(row.town_id, 0 if activities else None)),
                theme_days=held.get(row.town_id),
                centres=centres.get(row.town_id, 0),
            )
            for row in rows
        ),
    )


def _tally(reader: Reader, name: str, month: str, prefix: str) -> dict[int, float]:
    """Sum of the keys that begin so, by town; empty without data."""
    t = tallies.c
    query = (
        sa.select(t.town_id, sa.func.sum(t.value))
        .where(t.tally == name, t.period_month == month, t.key.startswith(prefix, autoescape=True))
        .group_by(t.town_id)
    )
    return {row[0]: row[1] for row in reader.connection.execute(query)}


def _theme_days(reader: Reader, month: str) -> Mapping[int, float | None]:
    """Branches with a theme day ÷ branches that owe one; None where the feed is missing, in a town of one to four such
    branches, and in another one so that the district's share does not give it away."""
    m = branch_months.c
    held = sa.func.sum(sa.case((m.theme_days >= 1, 1), else_=0))
    unknown = sa.func.sum(sa.case((m.theme_days.is_(None), 1), else_=0))
    query = (
        sa.select(nodes.c.town_id, held, unknown, sa.func.count())
        .select_from(branch_months.join(nodes, nodes.c.org_id == m.org_id))
        .where(m.period_month == month, m.eligible == 1, nodes.c.town_id.is_not(None))
        .group_by(nodes.c.town_id)
    )
    rows = reader.connection.execute(query).all()
    hidden = small_cells({str(town): float(all_) for town, _, _, all_ in rows}).hidden
    return {
        town: None if missing == all_ or str(town) in hidden else done / all_
        for town, done, missing, all_ in rows
    }


def _centres(reader: Reader) -> dict[int, int]:
    p = public_places.c
    query = (
        sa.select(p.town_id, sa.func.count())
        .where(p.source == "venue", p.town_id.is_not(None))
        .group_by(p.town_id)
    )
    return {row[0]: row[1] for row in reader.connection.execute(query)}

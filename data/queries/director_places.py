"""What a director can put into focus: the towns in the order of the walk, and the town of an organisation."""

from __future__ import annotations

import sqlalchemy as sa

from data.readmodel.reader import Reader
from data.readmodel.schema import nodes, towns


def towns_of(reader: Reader) -> list[tuple[int, str]]:
    """(town id, name) in the order of their codes."""
    query = sa.select(towns.c.town_id, towns.c.name).order_by(towns.c.code)
    return [(int(row.town_id), str(row.name)) for row in reader.connection.execute(query)]


def place_of(reader: Reader, org_id: int) -> tuple[int | None, str] | None:
    """(town, short name) of a living organisation; None when there is none of this number."""
    query = sa.select(nodes.c.town_id, nodes.c.short_name).where(
        nodes.c.org_id == org_id, nodes.c.dissolved_on.is_(None)
    )
    row = reader.connection.execute(query).one_or_none()
    return None if row is None else (row.town_id, str(row.short_name))

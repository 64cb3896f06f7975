"""The towns the focus of the wall walks through."""

from __future__ import annotations

import sqlalchemy as sa

from data.readmodel.reader import Reader
from data.readmodel.schema import towns


def load(reader: Reader) -> tuple[int, ...]:
    """Town ids ordered by their division code, the same on every wall."""
    found = reader.connection.execute(sa.select(towns.c.town_id).order_by(towns.c.code))
    return tuple(found.scalars())

"""The direction as it is stored: the newest row holds, a command adds the next one or finds that it was overtaken."""

from __future__ import annotations

from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from data.accounts.store import make_tables
from data.direction.direction import UNDIRECTED, Direction
from data.direction.schema import METADATA, direction
from data.driver_errors import accounts_errors
from data.errors import DirectionOvertaken

_COLUMNS = [direction.c[name] for name in Direction.__dataclass_fields__]


class Directions:
    """What was ordered, in the side database."""

    def __init__(self, store: sa.Engine) -> None:
        self._store = store

    def prepare(self) -> None:
        """Make the tables that are missing. Raises AccountsUnreachable."""
        make_tables(self._store, METADATA)

    def current(self) -> Direction:
        """What holds now; UNDIRECTED before the first command. Raises AccountsUnreachable."""
        query = sa.select(*_COLUMNS).order_by(direction.c.number.desc()).limit(1)
        with accounts_errors(self._store), self._store.connect() as connection:
            row = connection.execute(query).one_or_none()
        return UNDIRECTED if row is None else Direction(*row)

    def take(self, ordered: Direction) -> None:
        """Store what was ordered after the direction before it.

        Raises DirectionOvertaken when another command has its number already, AccountsUnreachable.
        """
        with accounts_errors(self._store):
            try:
                # One statement and no reading before it: two writers meet at the key, not at a lock.
                with self._store.begin() as connection:
                    connection.execute(direction.insert(), asdict(ordered))
            except IntegrityError as error:
                raise DirectionOvertaken(ordered.number) from error

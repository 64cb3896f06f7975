"""The direction as it is stored: the newest row holds, a command adds the next one or finds that it was overtaken."""

from __future__ import annotations

from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from data.accounts.audit import Witness, unwitnessed
from data.accounts.store import make_tables
from data.direction.direction import UNDIRECTED, Direction
from data.direction.docent import Docent, Said
from data.direction.schema import METADATA, direction, docent
from data.driver_errors import accounts_errors
from data.errors import DirectionOvertaken

# The newest command holds; a few before it tell what led to it, the audit tells the rest.
KEPT = 200

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

    def docent(self, number: int) -> Docent | None:
        """The docent's words that came with this command; None without. Raises AccountsUnreachable."""
        query = sa.select(docent).where(docent.c.number == number)
        with accounts_errors(self._store), self._store.connect() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        said, following = Said(row.scene, row.text), Said(row.next_scene, row.next_text)
        return Docent(row.title, row.step, row.steps, row.seconds, said, following)

    def take(self, ordered: Direction, witness: Witness = unwitnessed, words: Docent | None = None) -> None:
        """Store what was ordered after the direction before it, with its witness and what the docent says to it.

        Raises DirectionOvertaken when another command has its number already, AccountsUnreachable.
        """
        with accounts_errors(self._store), self._store.begin() as connection:
            try:
                # A write and no reading before it: two writers meet at the key, not at a lock.
                connection.execute(direction.insert(), asdict(ordered))
            except IntegrityError as error:
                raise DirectionOvertaken(ordered.number) from error
            witness(connection)
            connection.execute(direction.delete().where(direction.c.number <= ordered.number - KEPT))
            connection.execute(docent.delete())
            if words is not None:
                connection.execute(docent.insert(), _row(ordered.number, words))


def _row(number: int, words: Docent) -> dict[str, object]:
    return {
        "number": number, "title": words.title, "step": words.step, "steps": words.steps,
        "seconds": words.seconds, "scene": words.now.scene, "text": words.now.text,
        "next_scene": words.next.scene, "next_text": words.next.text,
    }  # fmt: skip

"""Reading the public store: all that the kiosk and the wall for visitors are handed.

``data.queries.kiosk.DOCUMENTS`` registers the documents of the kiosk; those of the wall for visitors are made from
the panels' registry.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from pydantic import ValidationError

from data.driver_errors import read_model_errors
from data.errors import DocumentMissing, DocumentUnreadable, DocumentWithdrawn, ReadModelEmpty
from data.public.document import decode
from data.public.schema import documents, versions
from data.public.store import with_schema
from data.public.withdrawal import Withdrawn
from data.readmodel.reader import Feed, Version, snapshot
from data.readmodel.viewer import open_viewer

View = TypeVar("View")


@dataclass(frozen=True)
class PublicReader:
    """One transaction over one state of the public store; ``feed.checked_at`` tells how old its truth is."""

    connection: sa.Connection
    version: Version
    feed: Feed

    def document(self, name: str, kind: type[View]) -> View:
        """The last document of this name that could be made. Raises DocumentMissing, DocumentWithdrawn and
        DocumentUnreadable."""
        try:
            return decode(self._line(name).body, kind)
        except ValidationError as error:
            raise DocumentUnreadable(name, f"{error.error_count()} values are not of {kind}") from error

    def is_behind(self, name: str) -> bool:
        """Whether the document is of an older version, because it could not be made anew. Raises DocumentMissing and
        DocumentWithdrawn."""
        return self._line(name).failed_since is not None

    def _line(self, name: str) -> sa.Row[Any]:
        found = self.connection.execute(sa.select(documents).where(documents.c.name == name)).one_or_none()
        if found is None:
            raise DocumentMissing(name)
        if found.withdrawn is not None:
            raise DocumentWithdrawn(name, found.withdrawn)
        return found


def open_public(url: str) -> sa.Engine:
    """An engine that only reads the public store; a missing SQLite file is an error and never made."""
    return with_schema(open_viewer(url))


@contextmanager
def open_public_reader(engine: sa.Engine) -> Iterator[PublicReader]:
    """A reader of the newest state. Raises ReadModelUnreachable and ReadModelEmpty."""
    with read_model_errors(engine), snapshot(engine) as connection:
        yield PublicReader(connection, *_newest(connection))


def read_public_version(engine: sa.Engine) -> tuple[Version, Feed]:
    """The version the documents were made from and the feed, for the version poll.

    Raises ReadModelUnreachable and ReadModelEmpty.
    """
    with read_model_errors(engine), engine.connect() as connection:
        return _newest(connection)


def read_withdrawn(engine: sa.Engine) -> list[Withdrawn]:
    """Documents whose text was taken away, by name. Raises ReadModelUnreachable."""
    c = documents.c
    query = sa.select(c.name, c.withdrawn, c.failed_since).where(c.withdrawn.is_not(None)).order_by(c.name)
    with read_model_errors(engine), engine.connect() as connection:
        return [Withdrawn(*row) for row in connection.execute(query)]


def _newest(connection: sa.Connection) -> tuple[Version, Feed]:
    row = connection.execute(sa.select(versions)).one_or_none()
    if row is None:
        raise ReadModelEmpty(connection.engine.url)
    version = Version(
        row.number, row.published_at, row.as_of, row.open_month, row.district, row.is_demo, row.boot_id,
        row.edition,
    )  # fmt: skip
    # Why the source does not answer is for operators: it may name machines.
    return version, Feed(row.feed_state, row.checked_at, None)

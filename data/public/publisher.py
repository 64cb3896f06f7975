"""Publishing for visitors: the documents made of the newest read model, those that changed replaced at once.

It runs beside the projector and may fail without harm to it: visitors' screens then show the last documents with
their age, but none that could not be made anew for longer than ``oldest``.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from data.clock import Clock
from data.driver_errors import read_model_errors
from data.public.document import Document, encode
from data.public.schema import SCHEMA_VERSION, documents, versions
from data.public.store import lock, prepare_public
from data.public.withdrawal import OLDEST, withdraw
from data.readmodel.reader import Feed, Reader, Version, open_reader, read_version

log = logging.getLogger(__name__)

# The documents of one version; which there are may hang on it (one per town).
Catalogue = Callable[[Reader], Iterable[Document[Any]]]


@dataclass(frozen=True)
class Published:
    """What one run did; ``made`` 0 when the version was known and only the age of the feed went on. ``withdrawn`` are
    documents whose text was taken away by this run."""

    version: int
    made: int
    changed: int
    failed: int
    duration_s: float
    withdrawn: int = 0


@dataclass
class Publisher:
    """Keeps one public store equal to what visitors may know of one read model; not thread-safe."""

    read_model: sa.Engine
    store: sa.Engine
    catalogue: Catalogue
    clock: Clock
    oldest: timedelta = OLDEST
    _known: object = field(default=None, init=False)

    def run(self) -> Published:
        """Publish what is newer than the last run; the first run of a process always compares every document.

        Raises ReadModelUnreachable and ReadModelEmpty; the last documents then stand.
        """
        started = time.perf_counter()
        # After an error everything is compared again, and a store that was deleted is made anew.
        known, self._known = self._known, None
        if known is None:
            prepare_public(self.store)
        version, feed = read_version(self.read_model)
        made = changed = failed = withdrawn = 0
        with read_model_errors(self.store), self.store.begin() as connection:
            lock(connection)
            if _name_of(version) != known:
                with open_reader(self.read_model) as reader:
                    version, feed = reader.version, reader.feed
                    bodies = self._bodies(reader, _stored(connection))
                    made, failed = len(bodies), sum(body is None for body in bodies.values())
                    changed = self._write(connection, bodies)
                    withdrawn = withdraw(connection, reader, self.clock(), self.oldest)
            _write_version(connection, version, feed, is_other=changed + withdrawn > 0)
        # What failed is tried again by the next run.
        self._known = None if failed else _name_of(version)
        return Published(version.number, made, changed, failed, time.perf_counter() - started, withdrawn)

    def _bodies(self, reader: Reader, stored: Iterable[str]) -> dict[str, str | None]:
        """JSON of every document by name; None of one that could not be made, and of the stored ones that nobody knows
        of because the catalogue broke off."""
        found: dict[str, str | None] = {}
        savepoint = reader.connection.begin_nested()
        try:
            self._make(reader, found)
        except Exception:
            log.exception("the list of public documents broke off: version %s", reader.version.number)
            # One more that has no name: something failed, even where nothing is stored yet.
            return dict.fromkeys(stored) | {"": None} | found
        finally:
            savepoint.rollback()
        return found

    def _make(self, reader: Reader, found: dict[str, str | None]) -> None:
        for document in self.catalogue(reader):
            # A savepoint: PostgreSQL refuses every statement after a failed one, and the others must go on.
            savepoint = reader.connection.begin_nested()
            try:
                found[document.name] = encode(document.load(reader), document.type)
            except Exception:
                log.exception("public document %s failed: version %s", document.name, reader.version.number)
                found[document.name] = None
            finally:
                savepoint.rollback()

    def _write(self, connection: sa.Connection, bodies: Mapping[str, str | None]) -> int:
        """Replace what differs; returns how many documents are other ones now."""
        c = documents.c
        stored = {row.name: row for row in connection.execute(sa.select(c.name, c.digest, c.failed_since))}
        digests = {name: _digest(body) for name, body in bodies.items() if body is not None}
        renewed = [
            name for name, digest in digests.items()
            if name not in stored or stored[name].digest != digest or stored[name].failed_since is not None
        ]  # fmt: skip
        gone = [name for name in stored if name not in bodies or name in renewed]
        rows = [{"name": name, "digest": digests[name], "body": bodies[name]} for name in renewed]
        if gone:
            connection.execute(documents.delete().where(c.name.in_(gone)))
        if rows:
            connection.execute(documents.insert(), rows)
        behind = [name for name, body in bodies.items() if body is None]
        if behind:
            now_behind = sa.and_(c.name.in_(behind), c.failed_since.is_(None))
            connection.execute(documents.update().where(now_behind).values(failed_since=self.clock()))
        return len(rows)


def _name_of(version: Version) -> object:
    """A rebuilt read model counts from 1 again."""
    return version.number, version.published_at


def _digest(body: str) -> str:
    return hashlib.sha1(body.encode()).hexdigest()


def _stored(connection: sa.Connection) -> list[str]:
    return list(connection.execute(sa.select(documents.c.name)).scalars())


def _write_version(connection: sa.Connection, version: Version, feed: Feed, *, is_other: bool) -> None:
    """``is_other``: documents are not those that screens have of this version, which has another edition then."""
    before = connection.execute(sa.select(versions)).one_or_none()
    is_same = before is not None and _name_of(version) == (before.number, before.published_at)
    values = {
        "edition": before.edition + is_other if is_same and before is not None else 0,
        "number": version.number,
        "published_at": version.published_at,
        "as_of": version.as_of,
        "open_month": version.open_month,
        "district": version.district,
        "is_demo": version.is_demo,
        "boot_id": version.boot_id,
        "feed_state": feed.state,
        "checked_at": feed.checked_at,
        "schema_version": SCHEMA_VERSION,
    }
    if connection.execute(versions.update().values(**values)).rowcount == 0:
        connection.execute(versions.insert().values(**values))

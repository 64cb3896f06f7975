"""Reading the read model: a short transaction that pins one version, and the cheap question "which version?"."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from data.driver_errors import read_model_errors
from data.errors import ReadModelEmpty
from data.readmodel.schema import feeds, nodes, versions


@dataclass(frozen=True)
class Version:
    """One published state of the read model; ``as_of`` is the change time of the newest source row in it. ``edition``
    counts what changed of a public store since, without another state: a document withdrawn, or made at last."""

    number: int
    published_at: datetime
    as_of: datetime | None
    open_month: str
    district: str
    is_demo: bool
    boot_id: str
    edition: int = 0


@dataclass(frozen=True)
class Feed:
    """Whether the projector reaches its source: state is ok, unreachable, broken or never."""

    state: str
    checked_at: datetime | None
    reason: str | None


@dataclass(frozen=True)
class Reader:
    """One transaction over one version; every query of a picture takes the same reader."""

    connection: sa.Connection
    version: Version
    feed: Feed
    root_org_id: int


@contextmanager
def open_reader(engine: sa.Engine) -> Iterator[Reader]:
    """A reader pinned to the newest version. Raises ReadModelUnreachable and ReadModelEmpty."""
    with read_model_errors(engine), snapshot(engine) as connection:
        version = _newest(connection)
        root = connection.execute(
            sa.select(nodes.c.org_id).where(nodes.c.parent_org_id.is_(None))
        ).scalar_one()
        yield Reader(connection, version, read_feed(connection), root)


@contextmanager
def snapshot(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction in which every statement sees the same state, whatever is published meanwhile.

    Neither engine does that by itself: PostgreSQL looks anew at each statement (READ COMMITTED), Python's
    sqlite3 begins no transaction for a SELECT.
    """
    with engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN")
            yield connection


def _newest(connection: sa.Connection) -> Version:
    row = connection.execute(sa.select(versions).order_by(versions.c.version.desc()).limit(1)).one_or_none()
    if row is None:
        raise ReadModelEmpty(connection.engine.url)
    return Version(
        row.version, row.published_at, row.as_of, row.open_month, row.district, row.is_demo, row.boot_id
    )


def read_version(engine: sa.Engine) -> tuple[Version, Feed]:
    """The newest version and the state of its feed, for the version poll: two indexed reads.

    Raises ReadModelUnreachable and ReadModelEmpty.
    """
    with read_model_errors(engine), engine.connect() as connection:
        return _newest(connection), read_feed(connection)


def read_feed(connection: sa.Connection) -> Feed:
    """The state of the operational feed as the projector last wrote it."""
    row = connection.execute(sa.select(feeds).where(feeds.c.name == "operational")).one_or_none()
    return Feed(row.state, row.checked_at, row.reason) if row else Feed("never", None, None)

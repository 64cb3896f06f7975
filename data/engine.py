"""Opening a database by its URL: settings per kind of engine, and the files an embedded one consists of."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa

# Names of SQLAlchemy's dialects for one family of servers: mysql:// may well lead to a MariaDB.
MYSQL_KINDS = ("mysql", "mariadb")

# Whatever a server has made its default: texts, quotes and times mean the same in every session of ours.
_MYSQL_SESSION = (
    "SET NAMES utf8mb4",
    "SET SESSION sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
    "SET SESSION time_zone = '+08:00'",
)

# What SQLite puts beside a database file.
_SUFFIXES = ("", "-wal", "-shm")


def open_engine(url: str, *, write_ahead: bool = True, patience_s: int | None = None) -> sa.Engine:
    """An engine that may make and write the database; nothing is connected yet.

    SQLite waits 30 s for other writers and gets its folder made; ``write_ahead`` False leaves its journal
    alone, for a bulk load that wants the file to itself. ``patience_s`` is how long a server is waited for that is not
    there, None as long as the system does: minutes.
    """
    file = _file(url)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    engine = _engine(url, server_patience_s=patience_s)
    if write_ahead and engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _write_ahead)
    return engine


def open_existing(url: str, *, read_only: bool = True, patience_s: int = 30) -> sa.Engine:
    """An engine over a database that is there already: a missing SQLite file is an error and never made.

    ``read_only`` binds SQLite; a server has its account for that. ``patience_s`` is how long SQLite waits for
    a writer.
    """
    engine = _engine(url, patience_s)
    file = _file(url)
    if file is not None:
        mode = "ro" if read_only else "rw"

        @sa.event.listens_for(engine, "do_connect")
        def as_it_is(_dialect: Any, _record: Any, arguments: list[Any], options: dict[str, Any]) -> None:
            arguments[0], options["uri"] = f"file:{quote(str(file.absolute()))}?mode={mode}", True

    return engine


def _engine(url: str, patience_s: int = 30, server_patience_s: int | None = None) -> sa.Engine:
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite":
        waits = _server_waits(parsed, server_patience_s)
        return with_session(sa.create_engine(parsed, pool_pre_ping=True, connect_args=waits))
    # A file is opened anew each time (0.2 ms): a pooled connection would go on with a file that was deleted or
    # replaced, and take it for the living database for ever.
    pool = {} if _file(url) is None else {"poolclass": sa.NullPool}
    engine = sa.create_engine(parsed, connect_args={"timeout": patience_s}, **pool)
    sa.event.listen(engine, "connect", _tune_sqlite)
    return engine


def _server_waits(url: sa.URL, patience_s: int | None) -> dict[str, int]:
    """What the driver is told of ``patience_s``; only PostgreSQL's can also give up a connection that fell silent."""
    if patience_s is None:
        return {}
    waits = {"connect_timeout": patience_s}
    return waits | ({"tcp_user_timeout": patience_s * 1000} if url.get_backend_name() == "postgresql" else {})


def with_session(engine: sa.Engine) -> sa.Engine:
    """The engine with the sessions of MySQL and MariaDB set up; any other as it is."""
    if engine.dialect.name in MYSQL_KINDS:
        # Before SQLAlchemy itself looks how this server quotes.
        sa.event.listen(engine, "connect", _tune_mysql, insert=True)
    return engine


def _tune_mysql(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        for statement in _MYSQL_SESSION:
            cursor.execute(statement)


def remove_embedded(url: str) -> None:
    """Delete an embedded database with its journal; nothing for a server or where no file is."""
    file = _file(url)
    for suffix in _SUFFIXES if file is not None else ():
        with suppress(FileNotFoundError):
            Path(f"{file}{suffix}").unlink()


def _file(url: str) -> Path | None:
    parsed = sa.make_url(url)
    embedded = parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:")
    return Path(str(parsed.database)) if embedded else None


def _tune_sqlite(connection: Any, _record: object) -> None:
    # 64 MB of pages: a rebuild reads every fact once through its index.
    connection.execute("PRAGMA cache_size=-65536")


def _write_ahead(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")

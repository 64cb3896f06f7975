"""Opening a database by its URL: settings per kind of engine, and the files an embedded one consists of."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import NoSuchModuleError

from data.errors import SourceUnsupported

# What SQLite puts beside a database file.
_SUFFIXES = ("", "-wal", "-shm")


def open_engine(url: str, *, write_ahead: bool = True) -> sa.Engine:
    """An engine for an operational database or a read model; nothing is connected yet.

    SQLite waits 30 s for other writers and gets its folder made; ``write_ahead`` False leaves its journal
    alone, for a bulk load that wants the file to itself. Raises SourceUnsupported without a driver.
    """
    parsed = sa.make_url(url)
    try:
        if parsed.get_backend_name() != "sqlite":
            return sa.create_engine(parsed, pool_pre_ping=True)
    except (NoSuchModuleError, ImportError) as error:
        raise SourceUnsupported(parsed.drivername, "a Python driver") from error
    file = _file(url)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(parsed, connect_args={"timeout": 30})
    if write_ahead:
        sa.event.listen(engine, "connect", _tune_sqlite)
    return engine


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
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    # 64 MB of pages: a rebuild reads every fact once through its index.
    cursor.execute("PRAGMA cache_size=-65536")
    cursor.close()

"""Opening the operational database for looks at evidence: only to read, few connections, statements of bounded time."""

from __future__ import annotations

import time
from typing import Any

import sqlalchemy as sa

from data.engine import MYSQL_KINDS, open_existing, with_session

POOL, WAIT_S, STATEMENT_S = 2, 3, 10
# SQLite asks after so many of its own steps whether it shall go on: some 0.1 ms.
_STEPS = 20_000


def open_evidence(url: str) -> sa.Engine:
    """An engine of its own, so that looking at evidence never takes a connection of the projection's."""
    kind = sa.make_url(url).get_backend_name()
    if kind == "sqlite":
        engine = open_existing(url, patience_s=WAIT_S)
        _limit_sqlite(engine)
        return engine
    limits = {"pool_size": POOL, "max_overflow": 0, "pool_timeout": WAIT_S, "pool_pre_ping": True}
    if kind == "postgresql":
        options = f"-c statement_timeout={STATEMENT_S * 1000} -c default_transaction_read_only=on"
        arguments: dict[str, Any] = {"options": options, "connect_timeout": WAIT_S}
        return sa.create_engine(url, connect_args=arguments, **limits)
    if kind in MYSQL_KINDS:
        engine = with_session(sa.create_engine(url, connect_args={"connect_timeout": WAIT_S}, **limits))
        sa.event.listen(engine, "connect", _limit_mysql)
        return engine
    return sa.create_engine(url, **limits)


def _limit_sqlite(engine: sa.Engine) -> None:
    @sa.event.listens_for(engine, "before_cursor_execute")
    def start(connection: sa.Connection, *_rest: object) -> None:
        until = time.monotonic() + STATEMENT_S
        raw: Any = connection.connection.driver_connection
        raw.set_progress_handler(lambda: int(time.monotonic() > until), _STEPS)


def _limit_mysql(connection: Any, _record: object) -> None:
    """MySQL counts milliseconds of reading statements, MariaDB seconds of all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT VERSION()")
        (version,) = cursor.fetchone()
        limit = (
            f"max_statement_time = {STATEMENT_S}"
            if "MariaDB" in version
            else f"max_execution_time = {STATEMENT_S * 1000}"
        )
        cursor.execute(f"SET SESSION {limit}")
        cursor.execute("SET SESSION TRANSACTION READ ONLY")

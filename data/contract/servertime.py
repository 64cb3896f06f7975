"""The database server's own clock as Asia/Shanghai wall-clock time, in each engine's words."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

# SQLite keeps datetimes as text: exactly the form SQLAlchemy writes, or comparisons would be off. Its clock
# has milliseconds; 'now' is one and the same instant for a statement and all the triggers it fires.
SQLITE_NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now', '+8 hours') || '000'"
# Independent of the zones of server and session; inside a trigger the beginning of the statement that fired it.
MYSQL_NOW = "TIMESTAMPADD(HOUR, 8, UTC_TIMESTAMP(6))"
POSTGRESQL_NOW = "clock_timestamp() AT TIME ZONE 'Asia/Shanghai'"


class server_now(FunctionElement[Any]):  # noqa: N801 - reads as the SQL function it is
    """The server's wall clock in Asia/Shanghai, without zone, at the moment of the write."""

    type = sa.DateTime()
    inherit_cache = True


@compiles(server_now)
def _standard(element: server_now, compiler: Any, **options: Any) -> str:
    return "CURRENT_TIMESTAMP"


@compiles(server_now, "sqlite")
def _sqlite(element: server_now, compiler: Any, **options: Any) -> str:
    return f"({SQLITE_NOW})"


@compiles(server_now, "postgresql")
def _postgresql(element: server_now, compiler: Any, **options: Any) -> str:
    return f"({POSTGRESQL_NOW})"


@compiles(server_now, "mysql", "mariadb")
def _mysql(element: server_now, compiler: Any, **options: Any) -> str:
    return f"({MYSQL_NOW})"

"""Opening the read model for a screen: only to read, never made, noticed at once when it is replaced."""

from __future__ import annotations

import sqlalchemy as sa

# A screen would rather say "down" than wait; the next poll asks again.
CONNECT_S = 3


def open_viewer(url: str) -> sa.Engine:
    """An engine that only reads.

    A SQLite file is opened anew for each reader (0.2 ms): a pooled connection would go on reading a file that
    was deleted or replaced, and show it as fresh for ever. A missing file is an error, it is never created.
    """
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return sa.create_engine(parsed, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_S})
    read_only = parsed.set(database=f"file:{parsed.database}", query={"mode": "ro", "uri": "true"})
    return sa.create_engine(read_only, poolclass=sa.NullPool, connect_args={"timeout": CONNECT_S})

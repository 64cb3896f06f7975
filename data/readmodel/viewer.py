"""Opening the read model for a screen: only to read, never made, noticed at once when it is replaced."""

from __future__ import annotations

import sqlalchemy as sa

from data.engine import open_existing

# A screen would rather say "down" than wait; the next poll asks again.
CONNECT_S = 3


def open_viewer(url: str) -> sa.Engine:
    """An engine that only reads.

    A replaced SQLite file is noticed at once, a missing one is an error and never made.
    """
    if sa.make_url(url).get_backend_name() == "sqlite":
        return open_existing(url, patience_s=CONNECT_S)
    return sa.create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_S})

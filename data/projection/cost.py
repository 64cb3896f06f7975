"""What one run costs the operational database: statements sent and rows read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa


@dataclass
class Cost:
    """Counted while the run goes on; rows are those that came over the connection, not those the engine looked at."""

    statements: int = 0
    rows: int = 0


@contextmanager
def counted(connection: sa.Connection, cost: Cost) -> Iterator[None]:
    """Count every statement of this connection while the block runs."""

    def sent(*_: Any) -> None:
        cost.statements += 1

    sa.event.listen(connection, "after_cursor_execute", sent)
    try:
        yield
    finally:
        sa.event.remove(connection, "after_cursor_execute", sent)

"""Deleting rows by hand: DELETE where a trigger makes it soft, elsewhere the words it is refused with."""

from __future__ import annotations

import sqlalchemy as sa

from data.contract.servertime import MYSQL_NOW
from data.engine import MYSQL_KINDS


def deletion(engine: sa.Engine, table: str, where: str = "1 = 1") -> str:
    """The statement that deletes these rows softly."""
    if engine.dialect.name in MYSQL_KINDS:
        return f"UPDATE {table} SET deleted_at = {MYSQL_NOW} WHERE ({where}) AND deleted_at IS NULL"
    return f"DELETE FROM {table} WHERE {where}"

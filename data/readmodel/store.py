"""The schema of the read model: made in an empty store, emptied when it is older, refused when it is newer."""

from __future__ import annotations

import sqlalchemy as sa

from data.driver_errors import read_model_errors
from data.errors import ReadModelNewer
from data.readmodel.schema import METADATA, SCHEMA_VERSION, versions


def prepare(engine: sa.Engine) -> None:
    """Make the tables of an empty store; a store of an older schema is emptied, a newer one refused.

    Raises ReadModelNewer and ReadModelUnreachable. What is emptied is a projection and is rebuilt from the source.
    """
    with read_model_errors(engine):
        _prepare(engine)


def _prepare(engine: sa.Engine) -> None:
    inspector = sa.inspect(engine)
    if inspector.has_table("versions"):
        found = _schema_version(engine)
        if found is not None and found > SCHEMA_VERSION:
            raise ReadModelNewer(found, SCHEMA_VERSION)
        if found is not None and (found < SCHEMA_VERSION or not _complete(inspector)):
            METADATA.drop_all(engine)
    METADATA.create_all(engine)


def _schema_version(engine: sa.Engine) -> int | None:
    with engine.connect() as connection:
        found: int | None = connection.execute(sa.select(sa.func.max(versions.c.schema_version))).scalar_one()
        return found


def _complete(inspector: sa.Inspector) -> bool:
    """Whether every table has the columns this program writes."""
    for table in METADATA.tables.values():
        if not inspector.has_table(table.name):
            return False
        if {c["name"] for c in inspector.get_columns(table.name)} != {c.name for c in table.c}:
            return False
    return True

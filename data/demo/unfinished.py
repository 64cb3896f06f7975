"""What a generation on a server was making, so that one that was interrupted goes on where it stood.

The same specification, seed and moment draw the same rows in the same order: what each table holds is the beginning of
what it gets, and needs only to be passed over.
"""

from __future__ import annotations

import zlib
from datetime import datetime

import sqlalchemy as sa

from data.contract import METADATA
from data.demo.spec import DistrictSpec
from data.driver_errors import source_errors

_work = sa.Table(
    "demo_unfinished",
    sa.MetaData(),
    sa.Column("digest", sa.String(8), nullable=False),
    sa.Column("seed", sa.BigInteger, nullable=False),
    sa.Column("now", sa.DateTime, nullable=False),
)
NAME = _work.name


def begin(engine: sa.Engine, spec: DistrictSpec, seed: int, now: datetime) -> None:
    """Note what is being made; an embedded file is thrown away and made anew instead."""
    if engine.dialect.name == "sqlite":
        return
    _work.drop(engine, checkfirst=True)
    _work.create(engine)
    with engine.begin() as connection:
        connection.execute(_work.insert().values(digest=_digest(spec), seed=seed, now=now))


def end(engine: sa.Engine) -> None:
    """The last row and the last index are there."""
    _work.drop(engine, checkfirst=True)


def begun_at(engine: sa.Engine, spec: DistrictSpec, seed: int) -> datetime | None:
    """The moment an interrupted generation of the same district was made for, None where there is none. Raises
    SourceUnreachable."""
    mine = (_work.c.digest == _digest(spec), _work.c.seed == seed)
    with source_errors(engine), engine.connect() as connection:
        if not sa.inspect(connection).has_table(NAME):
            return None
        now: datetime | None = connection.execute(sa.select(_work.c.now).where(*mine)).scalar_one_or_none()
    return now


def rows_there(engine: sa.Engine) -> dict[str, int]:
    """Rows of every table of the contract, counted; a table that is not there is left out."""
    present = set(sa.inspect(engine).get_table_names())
    with engine.connect() as connection:
        return {
            name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for name, table in METADATA.tables.items()
            if name in present
        }


def _digest(spec: DistrictSpec) -> str:
    return f"{zlib.crc32(repr(spec).encode()):08x}"

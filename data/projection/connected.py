"""Which tables of the contract, or views in their place, the operational database really has."""

from __future__ import annotations

import sqlalchemy as sa

from data.contract import METADATA
from data.contract.structure import read_columns, relation_names
from data.errors import ContractBroken
from data.projection.changes import watched_tables

# Without these there is no tree and no screen.
INDISPENSABLE = ("organizations", "divisions")


def missing_tables(connection: sa.Connection) -> frozenset[str]:
    """Watched tables that are absent or lack a column. Raises ContractBroken for an indispensable one."""
    inspector = sa.inspect(connection)
    present = relation_names(inspector)
    missing = set()
    for name in watched_tables():
        lacking = _lacking(inspector, name) if name in present else ["*"]
        if lacking and name in INDISPENSABLE:
            column = None if lacking == ["*"] else lacking[0]
            raise ContractBroken(name, column, "missing, nothing can be projected")
        if lacking:
            missing.add(name)
    return frozenset(missing)


def _lacking(inspector: sa.Inspector, name: str) -> list[str]:
    found = read_columns(inspector, name).keys()
    wanted = [
        column.name
        for column in METADATA.tables[name].c
        if column.info.get("personal") != "P2" or not column.nullable
    ]
    return [column for column in wanted if column not in found]

"""The contract's own consistency: references, codes, keys, defaults and indexes lead somewhere."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from data.contract import ACTIVITY_TYPES, ENUMS, METADATA
from data.contract.changes import add_trigger_statements, drop_trigger_statements
from data.contract.check import PROJECTED_TABLES
from data.contract.indexes import REQUIRED_INDEXES, all_indexes
from data.contract.structure import CORE_TABLES
from data.errors import SourceUnsupported

COLUMNS = [column for table in METADATA.tables.values() for column in table.columns]


def test_there_are_71_tables_and_49_code_lists() -> None:
    # activity_type is the 49th list: it is a table of its own.
    assert (len(METADATA.tables), len(ENUMS) + 1, len(ACTIVITY_TYPES)) == (71, 49, 24)


def test_every_reference_leads_to_a_primary_key() -> None:
    for column in COLUMNS:
        target = column.info.get("references")
        if target:
            table, key = target.split(".")
            assert METADATA.tables[table].c[key].primary_key, column


def test_every_code_list_named_by_a_column_exists() -> None:
    named = {column.info.get("enum") for column in COLUMNS} - {None, "activity_type"}
    assert named <= set(ENUMS)


def test_every_default_of_a_coded_column_is_one_of_its_codes() -> None:
    coded = [c for c in COLUMNS if c.info.get("enum") and c.info["default"] is not None]
    assert len(coded) >= 4
    for column in coded:
        assert column.info["default"] in ENUMS[column.info["enum"]], column


def test_codes_fit_their_columns() -> None:
    for column in COLUMNS:
        for code in ENUMS.get(column.info.get("enum") or "", {}):
            assert isinstance(column.type, sa.String)
            assert len(code) <= (column.type.length or 0), (column, code)


def test_every_table_has_one_key_and_its_change_index() -> None:
    for table in METADATA.tables.values():
        (key,) = table.primary_key
        (changes,) = [index for index in table.indexes if str(index.name).endswith("_changes")]
        assert [column.name for column in changes.columns] == ["updated_at", key.name]


def test_required_indexes_name_columns_that_exist() -> None:
    for index in REQUIRED_INDEXES:
        assert set(index.columns) | set(index.tail) <= set(METADATA.tables[index.table].c.keys()), index
        assert index.reason


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql", "mysql"])
def test_index_names_are_unique_and_short_enough_for_postgresql(dialect: str) -> None:
    names = [str(index.name) for table in METADATA.tables.values() for index in all_indexes(table, dialect)]
    assert len(names) == len(set(names))
    assert max(len(name) for name in names) <= 63


def test_making_indexes_leaves_the_contract_as_it_is() -> None:
    before = {table.name: len(table.indexes) for table in METADATA.tables.values()}
    for table in METADATA.tables.values():
        all_indexes(table, "sqlite")
    assert before == {table.name: len(table.indexes) for table in METADATA.tables.values()}


def test_core_and_projected_tables_are_tables_of_the_contract() -> None:
    assert set(METADATA.tables) >= CORE_TABLES | set(PROJECTED_TABLES)
    assert set(PROJECTED_TABLES) >= CORE_TABLES


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_every_trigger_that_is_added_can_be_dropped(dialect: str) -> None:
    def name(statement: str, after: str) -> Any:
        return statement.split(f"{after} ")[1].split()[0]

    for table in METADATA.tables.values():
        added = {
            name(s.replace("IF NOT EXISTS ", ""), "TRIGGER") for s in add_trigger_statements(table, dialect)
        }
        assert added <= {name(s, "IF EXISTS") for s in drop_trigger_statements(table, dialect)}


def test_an_engine_without_our_triggers_is_refused_by_name() -> None:
    with pytest.raises(SourceUnsupported, match="oracle"):
        add_trigger_statements(METADATA.tables["members"], "oracle")

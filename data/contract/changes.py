"""The change contract (schema §2.5) as triggers, so that a row written by hand is seen like any other.

Whatever a client writes, ``updated_at`` is the database server's time and never decreases, and a DELETE marks
the row as deleted instead of removing it. A trigger of MySQL or MariaDB may not write to its own table: there a
DELETE is refused, and the refusal says what to write instead. Other engines need a single write service.
"""

from __future__ import annotations

import sqlalchemy as sa

from data.contract.servertime import MYSQL_NOW, POSTGRESQL_NOW, SQLITE_NOW
from data.engine import MYSQL_KINDS
from data.errors import SourceUnsupported

_KINDS = ("insert", "update", "delete")


def add_trigger_statements(table: sa.Table, dialect_name: str) -> list[str]:
    """DDL that makes one table obey the change contract; running it twice changes nothing."""
    if dialect_name == "sqlite":
        return _sqlite(table.name)
    if dialect_name == "postgresql":
        return _postgresql(table)
    if dialect_name in MYSQL_KINDS:
        return _mysql(table.name)
    raise SourceUnsupported(dialect_name, "the change triggers of the contract")


def drop_trigger_statements(table: sa.Table, dialect_name: str) -> list[str]:
    """DDL that removes the triggers of one table, before a bulk load."""
    if dialect_name == "sqlite" or dialect_name in MYSQL_KINDS:
        return [f"DROP TRIGGER IF EXISTS {table.name}_on_{kind}" for kind in _KINDS]
    names = [f"{table.name}_on_change", f"{table.name}_on_delete", f"{table.name}_on_unnumbered"]
    return [f"DROP TRIGGER IF EXISTS {name} ON {table.name}" for name in names]


def shared_statements(dialect_name: str) -> list[str]:
    """DDL that has to run once, before the triggers of the tables."""
    return list(_POSTGRESQL_FUNCTIONS) if dialect_name == "postgresql" else []


def _sqlite(name: str) -> list[str]:
    # A value equal to this statement's 'now' was written by a trigger or by the column default. Leaving it
    # alone ends the recursion, and saves the second write for every row that keeps to the default.
    stale = f"NEW.updated_at IS NOT ({SQLITE_NOW})"
    return [
        f"""CREATE TRIGGER IF NOT EXISTS {name}_on_insert AFTER INSERT ON {name} WHEN {stale}
        BEGIN UPDATE {name} SET updated_at = {SQLITE_NOW} WHERE rowid = NEW.rowid; END""",
        f"""CREATE TRIGGER IF NOT EXISTS {name}_on_update AFTER UPDATE ON {name} WHEN {stale}
        BEGIN UPDATE {name} SET updated_at = max({SQLITE_NOW}, OLD.updated_at) WHERE rowid = NEW.rowid; END""",
        # RAISE(IGNORE) gives up the deletion of this row only, and keeps what the trigger has written.
        f"""CREATE TRIGGER IF NOT EXISTS {name}_on_delete BEFORE DELETE ON {name}
        BEGIN
            UPDATE {name} SET deleted_at = {SQLITE_NOW}, updated_at = max({SQLITE_NOW}, OLD.updated_at)
            WHERE rowid = OLD.rowid AND deleted_at IS NULL;
            SELECT RAISE(IGNORE);
        END""",
    ]


_POSTGRESQL_FUNCTIONS = (
    f"""CREATE OR REPLACE FUNCTION contract_stamp_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.updated_at := {POSTGRESQL_NOW};
        IF TG_OP = 'UPDATE' THEN
            NEW.updated_at := greatest(NEW.updated_at, OLD.updated_at);
        END IF;
        RETURN NEW;
    END $$""",
    f"""CREATE OR REPLACE FUNCTION contract_soft_delete() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        EXECUTE format('UPDATE %I.%I SET deleted_at = $1 WHERE %I = ($2).%I AND deleted_at IS NULL',
                       TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_ARGV[0], TG_ARGV[0])
        USING {POSTGRESQL_NOW}, OLD;
        RETURN NULL;
    END $$""",
    # Not an identity column: its sequence would lag behind the keys that bulk loads and people write
    # explicitly, and collide with them. The lock makes writers without keys take turns per table.
    """CREATE OR REPLACE FUNCTION contract_number_row() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        following bigint;
    BEGIN
        PERFORM pg_advisory_xact_lock(TG_RELID::bigint);
        EXECUTE format('SELECT coalesce(max(%I), 0) + 1 FROM %I.%I',
                       TG_ARGV[0], TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO following;
        NEW := jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], following));
        RETURN NEW;
    END $$""",
)


def _postgresql(table: sa.Table) -> list[str]:
    name = table.name
    key = next(iter(table.primary_key)).name
    statements = [
        f"""CREATE OR REPLACE TRIGGER {name}_on_change BEFORE INSERT OR UPDATE ON {name}
        FOR EACH ROW EXECUTE FUNCTION contract_stamp_change()""",
        f"""CREATE OR REPLACE TRIGGER {name}_on_delete BEFORE DELETE ON {name}
        FOR EACH ROW EXECUTE FUNCTION contract_soft_delete('{key}')""",
    ]
    if isinstance(table.c[key].type, sa.Integer):
        statements.append(
            f"""CREATE OR REPLACE TRIGGER {name}_on_unnumbered BEFORE INSERT ON {name}
            FOR EACH ROW WHEN (NEW.{key} IS NULL) EXECUTE FUNCTION contract_number_row('{key}')"""
        )
    return statements


def _mysql(name: str) -> list[str]:
    refused = f"soft delete only: UPDATE {name} SET deleted_at = <now in Asia/Shanghai> WHERE ..."
    return [
        f"""CREATE TRIGGER IF NOT EXISTS {name}_on_insert BEFORE INSERT ON {name}
        FOR EACH ROW SET NEW.updated_at = {MYSQL_NOW}""",
        f"""CREATE TRIGGER IF NOT EXISTS {name}_on_update BEFORE UPDATE ON {name}
        FOR EACH ROW SET NEW.updated_at = GREATEST({MYSQL_NOW}, OLD.updated_at)""",
        f"""CREATE TRIGGER IF NOT EXISTS {name}_on_delete BEFORE DELETE ON {name}
        FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '{refused}'""",
    ]

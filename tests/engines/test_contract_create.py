"""What a contract database does by itself, the same on every engine."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from data.contract import METADATA, attendances, organizations, source_systems
from data.contract.create import add_triggers, create, create_indexes, create_tables, drop_triggers
from data.contract.servertime import server_now
from data.engine import open_engine
from tests.engines.deletion import deletion

SIGN_IN = "INSERT INTO attendances (activity_id, member_id, status) VALUES (1, 7, 'present')"


def server_time(engine: sa.Engine) -> datetime:
    with engine.connect() as connection:
        return connection.execute(sa.select(server_now())).scalar_one()


def sql(engine: sa.Engine, *statements: str) -> None:
    """What somebody types into sqlite3 or psql: each statement a transaction of its own."""
    for statement in statements:
        with engine.begin() as connection:
            connection.exec_driver_sql(statement)


def rows(engine: sa.Engine, table: sa.Table = attendances) -> list[sa.Row[Any]]:
    with engine.connect() as connection:
        return list(connection.execute(table.select().order_by(*table.primary_key)))


class ContractDatabase:
    @pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
    def test_every_table_column_and_index_exists(self, operational: sa.Engine) -> None:
        found = sa.inspect(operational)
        for table in METADATA.tables.values():
            columns = {column["name"] for column in found.get_columns(table.name)}
            assert columns == {column.name for column in table.columns}
            indexes = {index["name"] for index in found.get_indexes(table.name)}
            assert {index.name for index in table.indexes} <= indexes

    def test_creating_twice_changes_nothing(self, operational: sa.Engine) -> None:
        sql(operational, SIGN_IN)
        create(operational)
        assert len(rows(operational)) == 1

    def test_tables_without_indexes_take_indexes_and_triggers_later(self, empty: sa.Engine) -> None:
        create_tables(empty, indexes=False)
        assert not sa.inspect(empty).get_indexes("attendances")
        steps: list[tuple[str, int, int]] = []
        create_indexes(empty, lambda name, done, total: steps.append((name, done, total)))
        assert steps[-1][1] == steps[-1][2] == len(steps)
        add_triggers(empty)
        sql(empty, SIGN_IN, deletion(empty, "attendances"))
        assert len(rows(empty)) == 1

    def test_a_row_inserted_by_hand_gets_key_defaults_and_server_time(self, operational: sa.Engine) -> None:
        before = server_time(operational)
        sql(operational, SIGN_IN)
        (row,) = rows(operational)
        after = server_time(operational)
        assert row.attendance_id == 1
        assert row.is_required is True
        assert before <= row.recorded_at <= after
        assert before <= row.created_at <= after
        assert before <= row.updated_at <= after

    @pytest.mark.parametrize("claimed", ["2001-01-01 00:00:00", "2099-01-01 00:00:00.000000"])
    def test_updated_at_is_server_time_whatever_the_client_wrote(
        self, operational: sa.Engine, claimed: str
    ) -> None:
        before = server_time(operational)
        columns = "activity_id, member_id, status, created_at, updated_at"
        sql(
            operational,
            f"INSERT INTO attendances ({columns}) VALUES (1, 7, 'present', '{claimed}', '{claimed}')",
        )
        assert before <= rows(operational)[0].updated_at <= server_time(operational)
        sql(operational, f"UPDATE attendances SET updated_at = '{claimed}'")
        assert before <= rows(operational)[0].updated_at <= server_time(operational)

    def test_an_update_moves_updated_at_forward(self, operational: sa.Engine) -> None:
        sql(operational, SIGN_IN)
        first = rows(operational)[0].updated_at
        while server_time(operational) <= first + timedelta(milliseconds=1):
            pass
        sql(operational, "UPDATE attendances SET status = 'leave'")
        row = rows(operational)[0]
        assert row.status == "leave"
        assert row.updated_at > first
        assert row.created_at <= first

    def test_updated_at_never_decreases_when_the_server_clock_was_ahead(self, operational: sa.Engine) -> None:
        sql(operational, SIGN_IN)
        drop_triggers(operational)
        sql(operational, "UPDATE attendances SET updated_at = '2099-01-01 00:00:00.000000'")
        add_triggers(operational)
        sql(operational, "UPDATE attendances SET status = 'leave'")
        assert rows(operational)[0].updated_at == datetime(2099, 1, 1)

    def test_a_delete_marks_every_row_it_names_and_removes_none(self, operational: sa.Engine) -> None:
        sql(operational, SIGN_IN, SIGN_IN.replace("7", "8"), SIGN_IN.replace("7", "9"))
        before = server_time(operational)
        sql(operational, deletion(operational, "attendances", "member_id > 7"))
        kept, *deleted = rows(operational)
        assert kept.deleted_at is None
        assert [row.member_id for row in deleted] == [8, 9]
        assert all(before <= row.deleted_at <= row.updated_at for row in deleted)

    def test_deleting_again_keeps_the_first_time_of_deletion(self, operational: sa.Engine) -> None:
        sql(operational, SIGN_IN, deletion(operational, "attendances"))
        first = rows(operational)[0].deleted_at
        sql(operational, deletion(operational, "attendances"))
        assert rows(operational)[0].deleted_at == first

    def test_rows_without_a_key_are_numbered_after_the_highest(self, operational: sa.Engine) -> None:
        columns = "attendance_id, activity_id, member_id, status"
        sql(
            operational,
            f"INSERT INTO attendances ({columns}) VALUES (900, 1, 1, 'present')",
            "INSERT INTO attendances (activity_id, member_id, status) "
            "VALUES (1, 2, 'present'), (1, 3, 'present')",
        )
        assert [row.attendance_id for row in rows(operational)] == [900, 901, 902]

    def test_core_inserts_without_a_key_learn_it(self, operational: sa.Engine) -> None:
        with operational.begin() as connection:
            result = connection.execute(
                source_systems.insert().values(code="core", name="核心"),
            )
            assert result.inserted_primary_key == (1,)

    def test_a_short_insert_of_an_organization_is_enough(self, operational: sa.Engine) -> None:
        sql(
            operational,
            "INSERT INTO organizations (org_code, name, short_name, org_type, path, depth, sector, "
            "established_on) VALUES ('X', '某区委', '区委', 'district_committee', '/1/', 0, 'other', "
            "'1990-01-01')",
        )
        (row,) = rows(operational, organizations)
        assert (row.org_id, row.is_public) == (1, False)


class KeptKeys:
    """What engines with partial indexes do beyond that: duplicates are refused, not only found by `check`."""

    def test_a_deleted_row_holds_no_key(self, operational: sa.Engine) -> None:
        sql(operational, SIGN_IN, "DELETE FROM attendances", SIGN_IN)
        assert len(rows(operational)) == 2
        with pytest.raises(sa.exc.IntegrityError):
            sql(operational, SIGN_IN)

    def test_a_missing_member_counts_as_a_value_in_a_unique_key(self, operational: sa.Engine) -> None:
        insert = (
            "INSERT INTO warnings (indicator_id, level, subject_type, org_id, period, raised_at, state) "
            "VALUES ('hs_b_life_gap', 'red', 'org', 3, '2026-05', '2026-06-01 00:00:00', 'raised')"
        )
        sql(operational, insert)
        with pytest.raises(sa.exc.IntegrityError):
            sql(operational, insert)


class TestOnSqlite(ContractDatabase, KeptKeys):
    @pytest.fixture
    def operational(self, sqlite_operational: sa.Engine) -> sa.Engine:
        return sqlite_operational

    @pytest.fixture
    def empty(self, sqlite_empty: sa.Engine) -> sa.Engine:
        return sqlite_empty

    def test_times_written_by_triggers_have_the_text_form_sqlalchemy_writes(
        self, operational: sa.Engine
    ) -> None:
        sql(operational, SIGN_IN, "UPDATE attendances SET status = 'leave'", "DELETE FROM attendances")
        with operational.connect() as connection:
            query = "SELECT created_at, updated_at, deleted_at, recorded_at FROM attendances"
            for text in connection.exec_driver_sql(query).one():
                assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}", text)

    def test_triggers_end_even_where_recursive_triggers_are_on(self, operational: sa.Engine) -> None:
        with operational.begin() as connection:
            connection.exec_driver_sql("PRAGMA recursive_triggers = ON")
            connection.exec_driver_sql(SIGN_IN)
            connection.exec_driver_sql("UPDATE attendances SET updated_at = '2099-01-01 00:00:00.000000'")
            connection.exec_driver_sql("DELETE FROM attendances")
        assert rows(operational)[0].deleted_at is not None


@pytest.mark.postgresql
class TestOnPostgresql(ContractDatabase, KeptKeys):
    @pytest.fixture
    def operational(self, postgresql_operational: sa.Engine) -> sa.Engine:
        return postgresql_operational

    @pytest.fixture
    def empty(self, postgresql_empty: sa.Engine) -> sa.Engine:
        return postgresql_empty

    def test_comments_reach_the_catalogue(self, operational: sa.Engine) -> None:
        assert sa.inspect(operational).get_table_comment("attendances")["text"] == "签到"


@pytest.mark.mariadb
class TestOnMariadb(ContractDatabase):
    @pytest.fixture
    def operational(self, mariadb_operational: sa.Engine) -> sa.Engine:
        return mariadb_operational

    @pytest.fixture
    def empty(self, mariadb_empty: sa.Engine) -> sa.Engine:
        return mariadb_empty

    @pytest.mark.parametrize(
        "statement", ["DELETE FROM attendances", "REPLACE INTO {columns} VALUES {values}"]
    )
    def test_what_would_remove_a_row_is_refused_and_says_what_to_write_instead(
        self, operational: sa.Engine, statement: str
    ) -> None:
        sql(operational, SIGN_IN)
        columns, values = "attendances (attendance_id, activity_id, member_id, status)", "(1, 2, 7, 'leave')"
        with pytest.raises(sa.exc.DBAPIError, match="UPDATE attendances SET deleted_at"):
            sql(operational, statement.format(columns=columns, values=values))
        assert [(row.activity_id, row.deleted_at) for row in rows(operational)] == [(1, None)]

    def test_names_compare_exactly_and_moments_keep_their_microseconds(self, operational: sa.Engine) -> None:
        late = datetime(2026, 11, 30, 23, 59, 59, 600_000)
        with operational.begin() as connection:
            for code in ("Abc", "abc"):
                connection.execute(source_systems.insert().values(code=code, name="𠮷", last_sync_at=late))
            c = source_systems.c
            found = connection.execute(sa.select(c.name, c.last_sync_at).where(c.code == "abc")).all()
        assert found == [("𠮷", late)]

    def test_mariadb_in_its_own_name_is_the_same_database(self, operational: sa.Engine) -> None:
        engine = open_engine(operational.url.set(drivername="mariadb+pymysql").render_as_string(False))
        create(engine)
        sql(engine, SIGN_IN)
        assert len(rows(operational)) == 1
        engine.dispose()

    def test_comments_reach_the_catalogue(self, operational: sa.Engine) -> None:
        assert sa.inspect(operational).get_table_comment("attendances")["text"] == "签到"

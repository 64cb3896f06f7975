"""`check` names and counts what is wrong in a live database, the same on every engine."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from data.contract import METADATA
from data.contract.check import check
from data.contract.create import drop_triggers
from data.contract.findings import Finding, Severity
from data.errors import SourceUnreachable
from tests.engines.broken_districts import (
    ATTENDANCE,
    BROKEN_ROWS,
    BROKEN_STRUCTURE,
    DELETED,
    DISTRICT,
    INDEX,
    MEMBERSHIP,
    TYPE,
    UNIQUE,
    harm,
)
from tests.engines.reading_account import reading_account


def run(engine: sa.Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in filter(None, (harm(engine, statement) for statement in statements)):
            connection.exec_driver_sql(statement)


def found(engine: sa.Engine, code: str, place: str) -> Finding:
    findings = check(engine).findings
    matching = [finding for finding in findings if (finding.code, finding.place) == (code, place)]
    assert len(matching) == 1, findings
    return matching[0]


class CheckedDatabase:
    @pytest.fixture
    def district(self, operational: sa.Engine) -> sa.Engine:
        run(operational, TYPE, *DISTRICT)
        return operational

    def test_an_empty_but_complete_database_passes(self, operational: sa.Engine) -> None:
        report = check(operational)
        assert (list(report.findings), report.exit_code, report.can_project) == ([], 0, True)

    def test_a_good_district_passes(self, district: sa.Engine) -> None:
        assert list(check(district).findings) == []

    @pytest.mark.parametrize(("harms", "code", "place", "count", "sample"), BROKEN_ROWS)
    def test_broken_rows_are_named_and_counted(
        self, district: sa.Engine, harms: list[str], code: str, place: str, count: int, sample: str | None
    ) -> None:
        run(district, *harms)
        finding = found(district, code, place)
        assert finding.count == count
        assert (sample in finding.samples) is (sample is not None)

    @pytest.mark.parametrize(("broken", "code", "place", "severity"), BROKEN_STRUCTURE)
    def test_broken_structure_is_named(
        self, district: sa.Engine, broken: str, code: str, place: str, severity: Severity
    ) -> None:
        drop_triggers(district)
        if district.dialect.name == "sqlite" and "DROP COLUMN" in broken:
            run(district, "DROP INDEX IF EXISTS rx_activities_org_id_period_month")
        run(district, broken)
        assert found(district, code, place).severity is severity
        assert check(district).exit_code == (2 if severity is Severity.BLOCKS else 1)

    def test_more_than_five_broken_rows_are_all_counted_and_five_are_shown(self, district: sa.Engine) -> None:
        run(district, *(ATTENDANCE.format(100 + n, 700 + n) for n in range(8)))
        finding = found(district, "orphan-row", "attendances.member_id")
        assert (finding.count, len(finding.samples)) == (8, 5)

    def test_a_deleted_row_breaks_nothing(self, district: sa.Engine) -> None:
        run(district, ATTENDANCE.format(21, 77), DELETED.format("attendances", "attendance_id = 21"))
        assert list(check(district).findings) == []

    def test_the_guest_of_another_branch_is_no_stranger(self, district: sa.Engine) -> None:
        run(district, ATTENDANCE.format(21, 6))
        run(district, "UPDATE attendances SET is_required = {false} WHERE attendance_id = 21")
        assert list(check(district).findings) == []

    def test_a_missing_index_says_what_it_costs(self, district: sa.Engine) -> None:
        run(district, INDEX.format("rx_attendances_activity_id_member_id", "attendances"))
        run(district, UNIQUE.format("attendances_activity_id_member_id"))
        assert "共 1 行" in found(district, "missing-index", "attendances").detail

    def test_steps_are_reported_to_the_end(self, operational: sa.Engine) -> None:
        steps: list[tuple[int, int]] = []
        check(operational, lambda name, done, total: steps.append((done, total)))
        assert [done for done, _ in steps] == list(range(1, steps[0][1] + 1))


class CheckedServer(CheckedDatabase):
    """What there is where accounts have rights."""

    def test_the_right_to_select_is_enough(self, district: sa.Engine) -> None:
        with reading_account(district, "only_reader", tuple(METADATA.tables)) as reader:
            assert list(check(reader).findings) == []

    def test_a_table_that_may_not_be_read_is_named_and_the_rest_is_checked(self, district: sa.Engine) -> None:
        run(district, MEMBERSHIP.format(5, 3))
        readable = [name for name in METADATA.tables if name != "posts"]
        with reading_account(district, "half_reader", readable) as reader:
            findings = check(reader).findings
        assert {finding.table for finding in findings} == {"posts", "memberships"}
        assert "two-open-memberships" in {finding.code for finding in findings}

    def test_a_view_does_as_well_as_a_table(self, district: sa.Engine) -> None:
        run(
            district,
            "ALTER TABLE posts RENAME TO stored_posts",
            "CREATE VIEW posts AS SELECT * FROM stored_posts",
        )
        with reading_account(district, "view_reader", tuple(METADATA.tables)) as reader:
            found = {(finding.code, finding.table) for finding in check(reader).findings}
        assert {place for place in found if place[0] not in ("missing-index", "nullable-column")} == set()
        run(district, "DROP VIEW posts", "ALTER TABLE stored_posts RENAME TO posts")


class TestOnSqlite(CheckedDatabase):
    @pytest.fixture
    def operational(self, sqlite_operational: sa.Engine) -> sa.Engine:
        return sqlite_operational

    def test_a_wrong_type_is_named_with_both_types(self, sqlite_empty: sa.Engine) -> None:
        run(sqlite_empty, "CREATE TABLE posts (post_id INTEGER PRIMARY KEY, title INTEGER)")
        finding = found(sqlite_empty, "wrong-type", "posts.title")
        assert "应为 text，实为 integer" in finding.detail

    def test_null_in_a_needed_column_is_counted(self, sqlite_empty: sa.Engine) -> None:
        run(
            sqlite_empty,
            "CREATE TABLE posts (post_id INTEGER PRIMARY KEY, title VARCHAR(160), deleted_at DATETIME)",
            "INSERT INTO posts (title) VALUES ('a'), (NULL)",
        )
        assert found(sqlite_empty, "nullable-column", "posts.title").severity is Severity.NOTE
        assert found(sqlite_empty, "null-value", "posts.title").count == 1


@pytest.mark.postgresql
class TestOnPostgresql(CheckedServer):
    @pytest.fixture
    def operational(self, postgresql_operational: sa.Engine) -> sa.Engine:
        return postgresql_operational

    def test_a_wrong_type_is_named_with_both_types(self, operational: sa.Engine) -> None:
        run(operational, "ALTER TABLE posts ALTER title TYPE integer USING 0")
        assert "应为 text，实为 integer" in found(operational, "wrong-type", "posts.title").detail

    def test_null_in_a_needed_column_is_counted(self, operational: sa.Engine) -> None:
        run(operational, *DISTRICT[:3], "ALTER TABLE organizations ALTER sector DROP NOT NULL")
        run(operational, "UPDATE organizations SET sector = NULL WHERE org_id = 3")
        assert found(operational, "null-value", "organizations.sector").samples == ("3",)

    def test_an_unreachable_database_is_named_without_its_password(self, operational: sa.Engine) -> None:
        nowhere = sa.create_engine(operational.url.set(password="geheim", database="absent"))
        with pytest.raises(SourceUnreachable, match="absent") as caught:
            check(nowhere)
        nowhere.dispose()
        assert "geheim" not in str(caught.value)


@pytest.mark.mariadb
class TestOnMariadb(CheckedServer):
    @pytest.fixture
    def operational(self, mariadb_operational: sa.Engine) -> sa.Engine:
        return mariadb_operational

    def test_a_wrong_type_is_named_with_both_types(self, operational: sa.Engine) -> None:
        run(operational, "ALTER TABLE posts MODIFY title integer")
        assert "应为 text，实为 integer" in found(operational, "wrong-type", "posts.title").detail

    def test_null_in_a_needed_column_is_counted(self, operational: sa.Engine) -> None:
        run(operational, *DISTRICT[:3], "ALTER TABLE organizations MODIFY sector varchar(16)")
        run(operational, "UPDATE organizations SET sector = NULL WHERE org_id = 3")
        assert found(operational, "null-value", "organizations.sector").samples == ("3",)

    @pytest.mark.parametrize(
        ("changed", "reason"),
        [
            ({"database": "absent"}, "Unknown database 'absent'"),
            ({"username": "nobody", "password": "geheim"}, "Access denied for user 'nobody'"),
            ({"port": 1}, "Can't connect to MySQL server"),
        ],
    )
    def test_what_keeps_us_out_is_said_without_password(
        self, operational: sa.Engine, changed: dict[str, Any], reason: str
    ) -> None:
        nowhere = sa.create_engine(operational.url.set(**changed))
        with pytest.raises(SourceUnreachable) as caught:
            check(nowhere)
        nowhere.dispose()
        assert caught.value.reason.startswith(reason)
        assert "geheim" not in str(caught.value)

"""`check` names and counts what is wrong in a live database, the same on every engine."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from data.contract.check import check
from data.contract.create import drop_triggers
from data.contract.findings import Finding, Severity
from data.errors import SourceUnreachable

ORG = (
    "INSERT INTO organizations (org_id, org_code, name, short_name, org_type, parent_org_id, path, depth, "
    "sector, established_on) VALUES ({0}, 'c{0}', 'n', 'n', '{1}', {2}, '/', 0, 'village', '2001-01-01')"
)
MEMBER = (
    "INSERT INTO members (member_id, member_no, name, gender, joined_on) "
    "VALUES ({0}, 'm{0}', '党员', 'F', '2010-01-01')"
)
MEMBERSHIP = (
    "INSERT INTO memberships (member_id, branch_org_id, started_on, start_reason) "
    "VALUES ({0}, {1}, '2020-01-01', 'admitted')"
)
TYPE = (
    "INSERT INTO activity_types (activity_type, name_zh, is_life, is_study, sort_no) "
    "VALUES ('theme_party_day', '主题党日', {true}, {false}, 1)"
)
ACTIVITY = (
    "INSERT INTO activities (activity_id, org_id, activity_type, title, status, started_at, period_month) "
    "VALUES ({0}, 2, 'theme_party_day', 't', 'held', '2026-05-03 09:00:00.000000', '2026-05')"
)
ATTENDANCE = (
    "INSERT INTO attendances (attendance_id, activity_id, member_id, status, sign_method, signed_at) "
    "VALUES ({0}, 10, {1}, 'present', 'qr', '2026-05-03 09:00:00.000000')"
)
OBLIGATION = (
    "INSERT INTO dues_obligations (obligation_id, member_id, branch_org_id, dues_month, basis_type, "
    "payable_amount, due_on) VALUES ({0}, {1}, 2, '2026-05', 'retired', 10, '2026-05-31')"
)
PAYMENT = (
    "INSERT INTO dues_payments (payment_id, member_id, amount, paid_at, channel) "
    "VALUES (40, 5, 10, '2026-05-04 10:00:00.000000', 'mobile')"
)
ALLOCATION = "INSERT INTO dues_payment_allocations (payment_id, obligation_id, amount) VALUES (40, 30, {0})"
TRANSFER = (
    "INSERT INTO transfers (transfer_id, direction, reason, applied_at, state) "
    "VALUES (50, 'within', 'job_change', '2026-05-01 08:00:00.000000', 'pending')"
)
STEP = (
    "INSERT INTO transfer_steps (step_id, transfer_id, step_seq, step_type, handler_org_id, opened_at, "
    "decided_at, decision) VALUES ({0}, 50, {1}, 'branch_register', 2, '{2}', '{3}', '{4}')"
)

DISTRICT = [
    ORG.format(1, "district_committee", "NULL"),
    ORG.format(2, "branch", 1),
    ORG.format(3, "branch", 1),
    MEMBER.format(5),
    MEMBER.format(6),
    MEMBERSHIP.format(5, 2),
    MEMBERSHIP.format(6, 3),
    ACTIVITY.format(10),
    ATTENDANCE.format(20, 5),
    OBLIGATION.format(30, 5),
    PAYMENT,
    ALLOCATION.format(10),
    TRANSFER,
    STEP.format(60, 1, "2026-05-01 08:00:00.000000", "2026-05-02 08:00:00.000000", "approve"),
    STEP.format(61, 2, "2026-05-02 08:00:00.000000", "2026-05-02 09:00:00.000000", "approve"),
]

# What is done to the good district → code, place, number of rows, a sample key.
BROKEN_ROWS = [
    ([ORG.format(9, "branch", "NULL")], "several-roots", "organizations", 2, "9"),
    (["UPDATE organizations SET parent_org_id = 2 WHERE org_id = 1"], "no-root", "organizations", 0, None),
    (
        [
            ORG.format(8, "general_branch", 9),
            ORG.format(9, "general_branch", 8),
        ],
        "cyclic-tree",
        "organizations",
        2,
        "8",
    ),
    ([ORG.format(9, "branch", 2)], "branch-below-branch", "organizations", 1, "9"),
    ([ORG.format(9, "party_group", 1)], "group-not-below-branch", "organizations", 1, "9"),
    (
        ["UPDATE organizations SET dissolved_on = '2000-01-01' WHERE org_id = 3"],
        "dissolved-before-founded",
        "organizations",
        1,
        "3",
    ),
    ([MEMBERSHIP.format(5, 3)], "two-open-memberships", "memberships", 1, "5"),
    ([MEMBERSHIP.format(5, 3)], "overlapping-periods", "memberships", 1, "3"),
    (["DELETE FROM memberships WHERE member_id = 6"], "member-without-branch", "members", 1, "6"),
    (
        ["UPDATE members SET full_member_on = '2009-01-01' WHERE member_id = 6"],
        "full-before-joining",
        "members",
        1,
        "6",
    ),
    (
        ["UPDATE activities SET started_at = '2099-05-03 09:00:00.000000'"],
        "future-activity",
        "activities",
        1,
        "10",
    ),
    (
        ["UPDATE attendances SET signed_at = '2099-05-03 09:00:00.000000'"],
        "future-sign-in",
        "attendances",
        1,
        "20",
    ),
    (
        ["UPDATE dues_payments SET paid_at = '2099-05-03 09:00:00.000000'"],
        "future-payment",
        "dues_payments",
        1,
        "40",
    ),
    (["UPDATE activities SET started_at = NULL"], "held-without-start", "activities", 1, "10"),
    (["UPDATE activities SET period_month = '2026-06'"], "wrong-period-month", "activities", 1, "10"),
    (["UPDATE attendances SET signed_at = NULL"], "sign-in-without-time", "attendances", 1, "20"),
    ([ATTENDANCE.format(21, 6)], "required-stranger", "attendances", 1, "21"),
    (
        ["UPDATE dues_payment_allocations SET amount = 10.01"],
        "allocated-above-paid",
        "dues_payments",
        1,
        "40",
    ),
    (
        ["UPDATE dues_obligations SET payable_amount = 0"],
        "exempt-without-reason",
        "dues_obligations",
        1,
        "30",
    ),
    (
        ["UPDATE transfer_steps SET decision = 'reject' WHERE step_id = 60"],
        "transfer-step-order",
        "transfer_steps",
        1,
        "61",
    ),
    ([ATTENDANCE.format(21, 77)], "orphan-row", "attendances.member_id", 1, "21"),
    (["UPDATE attendances SET sign_method = 'fax'"], "unknown-code", "attendances.sign_method", 1, "fax"),
    (
        ["DROP INDEX ux_dues_obligations_member_id_dues_month", OBLIGATION.format(31, 5)],
        "duplicate-key",
        "dues_obligations.member_id,dues_month",
        1,
        "30",
    ),
]

BROKEN_STRUCTURE = [
    ("DROP TABLE posts", "missing-table", "posts", Severity.NOTE),
    ("DROP TABLE attendances", "missing-table", "attendances", Severity.BLOCKS),
    ("ALTER TABLE venues DROP COLUMN area_sqm", "missing-column", "venues.area_sqm", Severity.NOTE),
    (
        "ALTER TABLE activities DROP COLUMN class_hours",
        "missing-column",
        "activities.class_hours",
        Severity.BLOCKS,
    ),
    ("DROP INDEX ix_activities_changes", "missing-index", "activities", Severity.NOTE),
    ("DROP INDEX rx_activities_org_id_period_month", "missing-index", "activities", Severity.NOTE),
]


def run(engine: sa.Engine, *statements: str) -> None:
    sqlite = engine.dialect.name == "sqlite"
    with engine.begin() as connection:
        for statement in statements:
            text = statement.replace("{true}", "1" if sqlite else "true")
            connection.exec_driver_sql(text.replace("{false}", "0" if sqlite else "false"))


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

    @pytest.mark.parametrize(("harm", "code", "place", "count", "sample"), BROKEN_ROWS)
    def test_broken_rows_are_named_and_counted(
        self, district: sa.Engine, harm: list[str], code: str, place: str, count: int, sample: str | None
    ) -> None:
        run(district, *harm)
        finding = found(district, code, place)
        assert finding.count == count
        assert (sample in finding.samples) is (sample is not None)

    @pytest.mark.parametrize(("harm", "code", "place", "severity"), BROKEN_STRUCTURE)
    def test_broken_structure_is_named(
        self, district: sa.Engine, harm: str, code: str, place: str, severity: Severity
    ) -> None:
        drop_triggers(district)
        if district.dialect.name == "sqlite" and "DROP COLUMN" in harm:
            run(district, "DROP INDEX IF EXISTS rx_activities_org_id_period_month")
        run(district, harm)
        assert found(district, code, place).severity is severity
        assert check(district).exit_code == (2 if severity is Severity.BLOCKS else 1)

    def test_more_than_five_broken_rows_are_all_counted_and_five_are_shown(self, district: sa.Engine) -> None:
        run(district, *(ATTENDANCE.format(100 + n, 700 + n) for n in range(8)))
        finding = found(district, "orphan-row", "attendances.member_id")
        assert (finding.count, len(finding.samples)) == (8, 5)

    def test_a_deleted_row_breaks_nothing(self, district: sa.Engine) -> None:
        run(district, ATTENDANCE.format(21, 77), "DELETE FROM attendances WHERE attendance_id = 21")
        assert list(check(district).findings) == []

    def test_the_guest_of_another_branch_is_no_stranger(self, district: sa.Engine) -> None:
        run(district, ATTENDANCE.format(21, 6))
        false = "0" if district.dialect.name == "sqlite" else "false"
        run(district, f"UPDATE attendances SET is_required = {false} WHERE attendance_id = 21")
        assert list(check(district).findings) == []

    def test_a_missing_index_says_what_it_costs(self, district: sa.Engine) -> None:
        run(district, "DROP INDEX rx_attendances_activity_id_member_id")
        run(district, "DROP INDEX ux_attendances_activity_id_member_id")
        assert "共 1 行" in found(district, "missing-index", "attendances").detail

    def test_steps_are_reported_to_the_end(self, operational: sa.Engine) -> None:
        steps: list[tuple[int, int]] = []
        check(operational, lambda name, done, total: steps.append((done, total)))
        assert [done for done, _ in steps] == list(range(1, steps[0][1] + 1))


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
class TestOnPostgresql(CheckedDatabase):
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

    def test_the_right_to_select_is_enough(self, district: sa.Engine) -> None:
        run(
            district,
            "DROP ROLE IF EXISTS only_reader",
            "CREATE ROLE only_reader LOGIN",
            "GRANT SELECT ON ALL TABLES IN SCHEMA public TO only_reader",
        )
        reader = sa.create_engine(district.url.set(username="only_reader"))
        findings = list(check(reader).findings)
        reader.dispose()
        assert findings == []

    def test_a_table_that_may_not_be_read_is_named_and_the_rest_is_checked(self, district: sa.Engine) -> None:
        run(
            district,
            "CREATE ROLE half_reader LOGIN",
            "GRANT SELECT ON ALL TABLES IN SCHEMA public TO half_reader",
            "REVOKE SELECT ON posts FROM half_reader",
            MEMBERSHIP.format(5, 3),
        )
        reader = sa.create_engine(district.url.set(username="half_reader"))
        findings = check(reader).findings
        reader.dispose()
        assert {finding.table for finding in findings if finding.code == "not-checkable"} == {"posts"}
        assert "two-open-memberships" in {finding.code for finding in findings}

    def test_an_unreachable_database_is_named_without_its_password(self, operational: sa.Engine) -> None:
        nowhere = sa.create_engine(operational.url.set(password="geheim", database="absent"))
        with pytest.raises(SourceUnreachable, match="absent") as caught:
            check(nowhere)
        nowhere.dispose()
        assert "geheim" not in str(caught.value)

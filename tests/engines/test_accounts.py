"""Accounts, sessions, locks and the audit, the same on every engine."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from data.accounts import account, audit, login_failures, oidc_requests, passwords, sessions
from data.accounts.login import Admitted, Attempt, Change, Refused, change_password, log_in, log_out
from data.accounts.store import open_accounts
from data.errors import AccountExists, AccountsUnreachable, PasswordRefused
from tests.engines.conftest import PostgresqlServer

NOW = datetime(2026, 11, 20, 9, 0)
GOOD, NEW = "correct horse battery", "seven blue teapots"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", CHEAP)


def later(**ago: float) -> datetime:
    return NOW + timedelta(**ago)


def attempt(password: str, now: datetime = NOW, login: str = "chen", *, demo: bool = False) -> Attempt:
    return Attempt(login, password, now, "10.0.0.7", demo)


def outcomes(engine: sa.Engine) -> list[tuple[str, str, str]]:
    return [(line.login, line.action, line.outcome) for line in reversed(audit.newest(engine, 100))]


class AccountsDatabase:
    @pytest.fixture
    def engine(self, url: str) -> Iterator[sa.Engine]:
        engine = open_accounts(url)
        account.add(engine, "Chen", "组织部", "district_org_dept", 1, GOOD, NOW, must_change=False)
        yield engine
        engine.dispose()

    def admitted(self, engine: sa.Engine, now: datetime = NOW) -> Admitted:
        found = log_in(engine, attempt(GOOD, now))
        assert isinstance(found, Admitted)
        return found

    def test_a_right_password_opens_a_session_whatever_the_case_of_the_login(self, engine: sa.Engine) -> None:
        found = log_in(engine, attempt(GOOD, login=" CHEN "))
        assert isinstance(found, Admitted)
        viewer = sessions.viewer_of(engine, found.token, later(minutes=1))
        assert viewer is not None
        assert (viewer.login, viewer.role, viewer.org_id) == ("chen", "district_org_dept", 1)
        with engine.connect() as connection:
            stored = connection.execute(sa.text("SELECT token_sha256 FROM sessions")).scalar_one()
        assert found.token not in stored

    def test_every_way_to_be_wrong_is_answered_alike(self, engine: sa.Engine) -> None:
        account.add(engine, "gone", "停用", "operator", 1, GOOD, NOW)
        account.set_active(engine, account.one(engine, "gone").id, False, NOW)
        account.add(engine, "sso", "无密码", "operator", 1, None, NOW)
        account.add(engine, "demo", "演示", "operator", 1, GOOD, NOW, is_demo=True)
        for login, password in (("chen", "x"), ("nobody", GOOD), ("gone", GOOD), ("sso", ""), ("demo", GOOD)):
            assert log_in(engine, attempt(password, login=login)) == Refused()
        assert isinstance(log_in(engine, attempt(GOOD, login="demo", demo=True)), Admitted)
        # A password typed as login is written nowhere.
        log_in(engine, attempt("x", login="my secret passphrase"))
        with engine.connect() as connection:
            rows = connection.execute(sa.text("SELECT login_sha256 FROM login_failures")).all()
        assert "passphrase" not in repr(rows) + repr(audit.newest(engine, 100))

    def test_unknown_logins_are_verified_like_known_ones(
        self, engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tried: list[str] = []

        class Counting(PasswordHasher):
            def verify(self, hash: str | bytes, password: str | bytes) -> bool:
                tried.append(str(password))
                return super().verify(hash, password)

        monkeypatch.setattr(passwords, "HASHER", Counting(1, 8, 1))
        log_in(engine, attempt("one", login="nobody"))
        log_in(engine, attempt("two"))
        assert tried == ["one", "two"]

    @pytest.mark.parametrize("login", ["chen", "nobody"])
    def test_five_failures_lock_for_a_quarter_of_an_hour_and_five_more_for_twice_that(
        self, engine: sa.Engine, login: str
    ) -> None:
        for _ in range(4):
            assert log_in(engine, attempt("wrong", login=login)) == Refused()
        assert log_in(engine, attempt("wrong", login=login)) == Refused(later(minutes=15))
        assert log_in(engine, attempt(GOOD, later(minutes=14), login)) == Refused(later(minutes=15))
        again = later(minutes=15)
        for _ in range(4):
            assert log_in(engine, attempt("wrong", again, login)) == Refused()
        assert log_in(engine, attempt("wrong", again, login)) == Refused(again + timedelta(minutes=30))

    def test_a_login_forgets_the_failures_before_it_and_so_does_a_day(self, engine: sa.Engine) -> None:
        for _ in range(4):
            log_in(engine, attempt("wrong"))
        self.admitted(engine)
        for _ in range(4):
            assert log_in(engine, attempt("wrong")) == Refused()
        tomorrow = later(days=1, seconds=1)
        assert log_in(engine, attempt("wrong", tomorrow)) == Refused()
        assert account.one(engine, "chen").failed == 1

    def test_guessing_in_parallel_gains_nothing(self, engine: sa.Engine) -> None:
        guesses = ["wrong"] * 12 + [GOOD]
        for _ in range(4):
            log_in(engine, attempt("wrong"))
        assert login_failures.locked_until(engine, "chen", NOW) is None
        # All of them were verified before any was judged; the first judged is the fifth failure.
        settled = [login_failures.settle(engine, "chen", guess == GOOD, NOW) for guess in guesses]
        assert settled == [later(minutes=15)] * 13

    def test_failures_at_once_are_all_counted(self, engine: sa.Engine) -> None:
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _: log_in(engine, attempt("wrong")), range(8)))
        assert account.one(engine, "chen").failed == 5
        assert answers.count(Refused()) == 4
        assert answers.count(Refused(later(minutes=15))) == 4

    def test_logins_at_once_get_a_session_each(self, engine: sa.Engine) -> None:
        with ThreadPoolExecutor(8) as pool:
            tokens = list(pool.map(lambda _: self.admitted(engine).token, range(8)))
        assert len(set(tokens)) == 8
        log_out(engine, account.one(engine, "chen").viewer, tokens[0], NOW, "")
        living = [sessions.viewer_of(engine, token, NOW) is not None for token in tokens]
        assert living == [False] + [True] * 7

    def test_a_session_ends_after_half_an_hour_without_an_act(self, engine: sa.Engine) -> None:
        token = self.admitted(engine).token
        # The page asking by itself keeps nothing alive, a person does.
        assert sessions.session_of(engine, token, later(minutes=29), acts=False) is not None
        assert sessions.viewer_of(engine, token, later(minutes=30)) is None
        token = self.admitted(engine).token
        assert sessions.viewer_of(engine, token, later(minutes=29)) is not None
        assert sessions.viewer_of(engine, token, later(minutes=58)) is not None
        assert sessions.viewer_of(engine, token, later(minutes=88)) is None

    def test_a_session_ends_after_twelve_hours_in_any_case(self, engine: sa.Engine) -> None:
        token = self.admitted(engine).token
        for minutes in range(20, 720, 20):
            assert sessions.viewer_of(engine, token, later(minutes=minutes)) is not None
        assert sessions.viewer_of(engine, token, later(minutes=719)) is not None
        assert sessions.viewer_of(engine, token, later(hours=12)) is None

    def test_a_changed_token_is_no_token(self, engine: sa.Engine) -> None:
        token = self.admitted(engine).token
        for wrong in ("", token[:-1], token + "A", token.swapcase(), "x" * 10_000, "\ud800", "' OR 1=1 --"):
            assert sessions.viewer_of(engine, wrong, NOW) is None

    def test_a_new_password_ends_all_sessions_and_the_old_password(self, engine: sa.Engine) -> None:
        first, second = self.admitted(engine), self.admitted(engine)
        token = change_password(engine, first.account.viewer, Change(GOOD, NEW, NEW), NOW)
        assert isinstance(token, str)
        assert sessions.viewer_of(engine, first.token, NOW) is None
        assert sessions.viewer_of(engine, second.token, NOW) is None
        assert sessions.viewer_of(engine, token, NOW) is not None
        assert log_in(engine, attempt(GOOD)) == Refused()
        assert isinstance(log_in(engine, attempt(NEW)), Admitted)

    def test_guessing_the_current_password_from_within_a_session_locks_as_well(
        self, engine: sa.Engine
    ) -> None:
        viewer = self.admitted(engine).account.viewer
        for _ in range(4):
            assert change_password(engine, viewer, Change("wrong", NEW, NEW), NOW) == Refused()
        assert change_password(engine, viewer, Change("wrong", NEW, NEW), NOW) == Refused(later(minutes=15))
        assert change_password(engine, viewer, Change(GOOD, NEW, NEW), NOW) == Refused(later(minutes=15))

    @pytest.mark.parametrize(
        ("new", "repeated", "rule"),
        [
            ("short", "short", "至少 12"),
            ("x" * 129, "x" * 129, "至多 128"),
            ("this is chen of the office", "", "用户名"),
            ("Password2026!", "", "常见"),
            ("１２３４５６７８９０１２", "", "连续"),
            ("aaaabbbbaaaa", "", "重复"),
            (NEW, NEW + "x", "不一致"),
            (GOOD, GOOD, "相同"),
        ],
    )
    def test_a_new_password_that_breaks_a_rule_changes_nothing(
        self, engine: sa.Engine, new: str, repeated: str, rule: str
    ) -> None:
        viewer = self.admitted(engine).account.viewer
        with pytest.raises(PasswordRefused, match=rule):
            change_password(engine, viewer, Change(GOOD, new, repeated), NOW)
        self.admitted(engine)

    def test_a_one_time_password_opens_no_page_until_it_is_changed(self, engine: sa.Engine) -> None:
        given = passwords.one_time()
        account.add(engine, "new", "新账号", "operator", 1, given, NOW)
        found = log_in(engine, attempt(given, login="new"))
        assert isinstance(found, Admitted)
        assert sessions.viewer_of(engine, found.token, NOW) is None
        token = change_password(engine, found.account.viewer, Change(given, NEW, NEW), NOW)
        assert isinstance(token, str)
        assert sessions.viewer_of(engine, token, NOW) is not None

    def test_a_disabled_account_is_out_at_once_and_back_with_a_new_login_only(
        self, engine: sa.Engine
    ) -> None:
        token = self.admitted(engine).token
        account.set_active(engine, account.one(engine, "chen").id, False, NOW)
        assert sessions.viewer_of(engine, token, NOW) is None
        account.set_active(engine, account.one(engine, "chen").id, True, NOW)
        assert sessions.viewer_of(engine, token, NOW) is None

    def test_a_hash_of_weaker_parameters_is_replaced_at_the_next_login(
        self, engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
        self.admitted(engine)
        assert "m=16,t=2" in str(account.password_hash(engine, account.one(engine, "chen").id))
        self.admitted(engine)

    def test_a_login_is_given_once(self, engine: sa.Engine) -> None:
        with pytest.raises(AccountExists):
            account.add(engine, "CHEN", "另一个", "operator", 1, None, NOW)

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE audit SET outcome = 'ok'",
            "UPDATE audit SET reason = 'x' WHERE id = 1",
            "DELETE FROM audit",
            "DELETE FROM audit WHERE id = 1",
        ],
    )
    def test_nothing_changes_a_line_of_the_audit(self, engine: sa.Engine, statement: str) -> None:
        self.refuses(engine, statement)

    def refuses(self, engine: sa.Engine, statement: str) -> None:
        log_in(engine, attempt("wrong"))
        before: list[Any] = audit.newest(engine, 10)
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), engine.begin() as connection:
            connection.exec_driver_sql(statement)
        assert audit.newest(engine, 10) == before != []

    def test_logins_of_every_outcome_stand_in_the_audit(self, engine: sa.Engine) -> None:
        token = self.admitted(engine).token
        log_out(engine, account.one(engine, "chen").viewer, token, NOW, "")
        for _ in range(6):
            log_in(engine, attempt("wrong"))
        log_in(engine, attempt("wrong", login="nobody"))
        refused = [("chen", "login", "refused")] * 4 + [("chen", "login", "locked")] * 2
        unknown = [("", "login", "refused-unknown")]
        assert outcomes(engine) == [("chen", "login", "ok"), ("chen", "logout", "ok"), *refused, *unknown]
        assert {line.address for line in audit.newest(engine, 7)} == {"10.0.0.7"}

    def test_a_login_of_the_single_sign_on_is_taken_once_and_within_ten_minutes(
        self, engine: sa.Engine
    ) -> None:
        begun = oidc_requests.begin(engine, "/leadership/x", NOW)
        assert oidc_requests.take(engine, begun.state, later(minutes=10)) == begun
        assert oidc_requests.take(engine, begun.state, NOW) is None
        late = oidc_requests.begin(engine, "/leadership/x", NOW)
        assert oidc_requests.take(engine, late.state, later(minutes=11)) is None

    def test_opening_twice_at_once_keeps_what_is_there(self, engine: sa.Engine, url: str) -> None:
        with ThreadPoolExecutor(4) as pool:
            for again in pool.map(lambda _: open_accounts(url), range(4)):
                again.dispose()
        assert account.one(engine, "chen").name == "组织部"


class TestSqliteAccounts(AccountsDatabase):
    @pytest.fixture
    def url(self, tmp_path: Path) -> str:
        return f"sqlite:///{tmp_path / 'accounts' / 'accounts.db'}"

    def test_replacing_a_line_is_no_way_round_the_audit(self, engine: sa.Engine) -> None:
        columns = "id, at, login, action, page, subject, reason, address, outcome"
        values = "1, '2026-11-20', '', '', '', '', '', '', ''"
        self.refuses(engine, f"INSERT OR REPLACE INTO audit ({columns}) VALUES ({values})")

    def test_the_file_is_for_its_owner_only(self, engine: sa.Engine) -> None:
        file = Path(str(engine.url.database))
        assert file.stat().st_mode & 0o077 == 0

    def test_a_file_that_is_no_database_is_told_as_such(self, tmp_path: Path) -> None:
        (tmp_path / "accounts.db").write_bytes(b"no database" * 100)
        with pytest.raises(AccountsUnreachable, match="not a database"):
            open_accounts(f"sqlite:///{tmp_path / 'accounts.db'}")


@pytest.mark.postgresql
class TestPostgresqlAccounts(AccountsDatabase):
    @pytest.fixture
    def url(self, postgresql_server: PostgresqlServer) -> Iterator[str]:
        name = postgresql_server.new_database()
        yield postgresql_server.url(name)
        postgresql_server.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def test_emptying_the_table_is_no_way_round_the_audit(self, engine: sa.Engine) -> None:
        self.refuses(engine, "TRUNCATE audit")

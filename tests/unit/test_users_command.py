"""`app.py users` and the accounts of the demo: what is made, what is refused, and that all of it is audited."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from click.testing import CliRunner, Result

from commands.demo_accounts import ensure_demo_accounts
from commands.users import users
from dashboard.settings import load_settings
from data.accounts import account, audit, passwords
from data.accounts.demo import DEMO_PASSWORD
from data.accounts.login import Admitted, Attempt, log_in
from data.accounts.store import open_accounts
from data.engine import open_engine
from data.errors import AccountUnknown, SettingError
from data.readmodel.schema import nodes, versions
from tests.readmodel_district import fill

NOW = datetime(2026, 11, 20, 9, 0)
Run = Callable[..., Result]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """A small district in the embedded read model of the settings."""
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    store = open_engine(load_settings().read_model)
    fill(store, towns=3, months=2, branches=30)
    return store


@pytest.fixture
def accounts(store: sa.Engine) -> sa.Engine:
    return open_accounts(load_settings().accounts)


@pytest.fixture
def run(store: sa.Engine) -> Run:
    def invoke(*arguments: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(users, arguments, input=typed)

    return invoke


def place(store: sa.Engine, *where: sa.ColumnElement[bool]) -> sa.Row[tuple[object, ...]]:
    with store.connect() as connection:
        return connection.execute(sa.select(nodes).where(*where).order_by(nodes.c.position)).first()  # type: ignore[return-value]


def one_time(result: Result) -> str:
    found = re.search(r"^one-time password: (\S+)$", result.output, re.M)
    assert found is not None, result.output
    return found[1]


def test_an_account_gets_a_password_that_is_shown_once_and_changed_at_the_first_login(
    run: Run, store: sa.Engine, accounts: sa.Engine
) -> None:
    branch = place(store, nodes.c.org_type == "branch")
    password = one_time(run("add", "wang", "--role", "branch_secretary", "--org", branch.org_code))
    found = log_in(accounts, Attempt("wang", password, NOW))
    assert isinstance(found, Admitted)
    assert (found.account.org_id, found.account.must_change) == (branch.org_id, True)
    assert password not in repr(audit.newest(accounts, 9))
    again = one_time(run("reset", "wang"))
    assert again != password
    assert not isinstance(log_in(accounts, Attempt("wang", password, NOW)), Admitted)
    assert isinstance(log_in(accounts, Attempt("wang", again, NOW)), Admitted)


@pytest.mark.parametrize(
    ("role", "kind", "reason"),
    [
        ("branch_secretary", "committee", "needs a branch"),
        ("committee_admin", "branch", "needs a committee"),
        ("committee_admin", "district", "needs a committee"),
        ("district_leader", "committee", "sees the whole district"),
    ],
)
def test_a_role_is_given_for_an_organisation_of_its_kind_only(
    run: Run, store: sa.Engine, accounts: sa.Engine, role: str, kind: str, reason: str
) -> None:
    condition = {"district": nodes.c.depth == 0, "committee": nodes.c.depth == 1}.get(
        kind, nodes.c.org_type == "branch"
    )
    refused = run("add", "li", "--role", role, "--org", place(store, condition).org_code)
    assert isinstance(refused.exception, SettingError)
    assert reason in str(refused.exception)
    assert account.find(accounts, "li") is None


def test_a_password_that_is_asked_for_is_not_shown_and_follows_the_rules(
    run: Run, accounts: sa.Engine
) -> None:
    command = ("add", "zhao", "--role", "operator", "--ask")
    weak = run(*command, typed="short\nshort\n")
    assert (weak.exit_code, "至少 12 个字符" in weak.output) == (1, True)
    made = run(*command, typed="seven blue teapots\nseven blue teapots\n")
    assert "teapots" not in made.output
    assert "one-time" not in made.output
    assert isinstance(log_in(accounts, Attempt("zhao", "seven blue teapots", NOW)), Admitted)


def test_an_account_is_disabled_enabled_and_unlocked_by_name_and_every_step_is_audited(
    run: Run, accounts: sa.Engine
) -> None:
    password = one_time(run("add", "qian", "--role", "district_leader", "--name", "区委领导"))
    run("disable", "qian")
    assert not isinstance(log_in(accounts, Attempt("qian", password, NOW)), Admitted)
    run("enable", "qian")
    for _ in range(5):
        log_in(accounts, Attempt("qian", "wrong", datetime.now().replace(year=2099)))  # noqa: DTZ005
    assert "locked until" in run("list").output
    run("unlock", "qian")
    assert "locked" not in run("list").output
    done = [line.action for line in reversed(audit.newest(accounts, 99)) if line.action != "login"]
    assert done == ["account_added", "account_disabled", "account_enabled", "account_unlocked"]
    assert "account_unlocked" in run("audit", "--last", "1").output
    assert isinstance(run("disable", "nobody").exception, AccountUnknown)


def test_the_demo_has_an_account_per_role_that_a_new_district_puts_right(
    run: Run, store: sa.Engine, accounts: sa.Engine
) -> None:
    settings = load_settings()
    made = ensure_demo_accounts(settings, lambda: NOW)
    assert [one.role for one in made] == [
        "district_leader",
        "district_org_dept",
        "committee_admin",
        "branch_secretary",
        "operator",
    ]
    for one in made:
        entered = log_in(accounts, Attempt(one.login, DEMO_PASSWORD, NOW, demo_allowed=True))
        assert isinstance(entered, Admitted)
    committee, branch = (place(store, nodes.c.org_id == one.org_id) for one in made[2:4])
    assert committee.position < branch.position < committee.subtree_end
    assert (committee.depth, branch.org_type) == (1, "branch")
    with store.begin() as connection:
        connection.execute(
            sa.update(nodes).where(nodes.c.org_id == branch.org_id).values(dissolved_on=NOW.date())
        )
    assert ensure_demo_accounts(settings, lambda: NOW)[3].org_id != branch.org_id
    assert isinstance(run("reset", "leader").exception, SettingError)


def test_real_data_gets_no_demo_account(store: sa.Engine, accounts: sa.Engine) -> None:
    with store.begin() as connection:
        connection.execute(sa.update(versions).values(is_demo=False))
    assert ensure_demo_accounts(load_settings(), lambda: NOW) == []
    assert account.all_accounts(accounts) == []

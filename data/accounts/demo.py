"""Accounts of a demo: one per role, with a password everybody may know; refused unless the data is synthetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from data.accounts import account, login_failures
from data.accounts.account import Account
from data.accounts.schema import accounts
from data.driver_errors import accounts_errors
from data.viewer import Role

DEMO_PASSWORD = "vanguard-demo-2026"


@dataclass(frozen=True)
class DemoAccount:
    """A demo account as it should be."""

    login: str
    name: str
    role: Role
    org_id: int


def ensure(engine: sa.Engine, wanted: Sequence[DemoAccount], now: datetime) -> list[Account]:
    """Make the demo accounts, or put them right where the district was generated anew.

    An account of the same login that is no demo account stays as it is and is left out.
    """
    made = []
    for one in wanted:
        found = account.find(engine, one.login)
        if found is None:
            shown = (one.login, one.name, one.role, one.org_id)
            found = account.add(engine, *shown, DEMO_PASSWORD, now, must_change=False, is_demo=True)
        if found.is_demo:
            _put_right(engine, found, one)
            login_failures.forget(engine, one.login)
            made.append(account.one(engine, one.login))
    return made


def offered(engine: sa.Engine) -> list[Account]:
    """Demo accounts that can be used, in the order they were made."""
    found = [
        one for one in account.all_accounts(engine) if one.is_demo and one.active and not one.must_change
    ]
    return sorted(found, key=lambda one: one.id)


def _put_right(engine: sa.Engine, found: Account, wanted: DemoAccount) -> None:
    changed = {"name": wanted.name, "role": wanted.role, "org_id": wanted.org_id}
    if any(getattr(found, name) != value for name, value in changed.items()):
        with accounts_errors(engine), engine.begin() as connection:
            connection.execute(accounts.update().where(accounts.c.id == found.id).values(changed))

"""Accounts as an administrator keeps them: added, listed, disabled, given a new one-time password."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from data.accounts import login_failures
from data.accounts.passwords import hashed
from data.accounts.schema import accounts, sessions
from data.driver_errors import accounts_errors
from data.errors import AccountExists, AccountUnknown, SettingError
from data.storable import storable
from data.viewer import ROLES, Role, Viewer

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")


@dataclass(frozen=True)
class Account:
    """One account; ``locked_until`` lies in the future while too many failures lock it."""

    id: int
    login: str
    name: str
    role: Role
    org_id: int
    must_change: bool
    active: bool
    is_demo: bool
    oidc_subject: str | None
    created_at: datetime
    last_login_at: datetime | None
    has_password: bool
    failed: int = 0
    locked_until: datetime | None = None

    @property
    def viewer(self) -> Viewer:
        """The account as it looks at pages."""
        return Viewer(self.id, self.login, self.name, self.role, self.org_id)


_STORED = [accounts.c[name] for name in Account.__dataclass_fields__ if name in accounts.c]


def written_login(text: str) -> str:
    """A login as it is stored and compared: lower case, without blanks around it."""
    return storable(text).strip().lower()


def add(
    engine: sa.Engine,
    login: str,
    name: str,
    role: Role,
    org_id: int,
    password: str | None,
    now: datetime,
    *,
    must_change: bool = True,
    is_demo: bool = False,
) -> Account:
    """Add an account; ``password`` None lets it in by single sign-on only.

    Raises AccountExists, SettingError for a login or role that cannot be, AccountsUnreachable.
    """
    login = written_login(login)
    if not _LOGIN.fullmatch(login):
        raise SettingError("LOGIN", login, "2 to 64 of a-z 0-9 . _ @ -, the first a letter or digit")
    if role not in ROLES:
        raise SettingError("ROLE", role, f"unknown; one of {', '.join(ROLES)}")
    row = {
        "login": login,
        "name": name[:80],
        "role": role,
        "org_id": org_id,
        "password_hash": None if password is None else hashed(password),
        "must_change": must_change and password is not None,
        "active": True,
        "is_demo": is_demo,
        "created_at": now,
    }
    with accounts_errors(engine):
        try:
            with engine.begin() as connection:
                connection.execute(accounts.insert(), row)
        except IntegrityError as error:
            raise AccountExists(login) from error
    return one(engine, login)


def all_accounts(engine: sa.Engine) -> list[Account]:
    """Every account, by login, with its failures."""
    with accounts_errors(engine), engine.connect() as connection:
        failures = login_failures.by_digest(connection)
        rows = connection.execute(_select().order_by(accounts.c.login)).all()
    return [_account(row, failures) for row in rows]


def find(engine: sa.Engine, login: str) -> Account | None:
    """The account of a login; None when nobody has it."""
    with accounts_errors(engine), engine.connect() as connection:
        row = connection.execute(_select().where(accounts.c.login == written_login(login))).one_or_none()
        return None if row is None else _account(row, login_failures.by_digest(connection, row.login))


def one(engine: sa.Engine, login: str) -> Account:
    """The account of a login. Raises AccountUnknown."""
    found = find(engine, login)
    if found is None:
        raise AccountUnknown(written_login(login))
    return found


def by_subject(engine: sa.Engine, subject: str) -> Account | None:
    """The account a person of the single sign-on is tied to."""
    with accounts_errors(engine), engine.connect() as connection:
        row = connection.execute(_select().where(accounts.c.oidc_subject == subject)).one_or_none()
    return None if row is None else _account(row, {})


def tie(engine: sa.Engine, account_id: int, subject: str) -> bool:
    """Tie an account that is tied to nobody to a person of the single sign-on; False when it is tied already."""
    free = sa.and_(accounts.c.id == account_id, accounts.c.oidc_subject.is_(None))
    with accounts_errors(engine), engine.begin() as connection:
        done = connection.execute(accounts.update().where(free).values(oidc_subject=subject))
        return done.rowcount == 1


def password_hash(engine: sa.Engine, account_id: int) -> str | None:
    """What is stored of the password; None for single sign-on only."""
    with accounts_errors(engine), engine.connect() as connection:
        query = sa.select(accounts.c.password_hash).where(accounts.c.id == account_id)
        found: str | None = connection.execute(query).scalar_one_or_none()
        return found


def set_password(
    engine: sa.Engine, account_id: int, password: str, now: datetime, *, must_change: bool
) -> None:
    """Store a new password and end every session, in one transaction."""
    stored = hashed(password)
    with accounts_errors(engine), engine.begin() as connection:
        changed = {"password_hash": stored, "must_change": must_change}
        connection.execute(accounts.update().where(accounts.c.id == account_id).values(changed))
        _end_sessions(connection, account_id, now)


def set_active(engine: sa.Engine, account_id: int, active: bool, now: datetime) -> None:
    """Enable an account, or disable it and end its sessions."""
    with accounts_errors(engine), engine.begin() as connection:
        connection.execute(accounts.update().where(accounts.c.id == account_id).values(active=active))
        if not active:
            _end_sessions(connection, account_id, now)


def rehash(engine: sa.Engine, account_id: int, password: str) -> None:
    """Store the same password with today's parameters."""
    stored = hashed(password)
    with accounts_errors(engine), engine.begin() as connection:
        connection.execute(accounts.update().where(accounts.c.id == account_id).values(password_hash=stored))


def _end_sessions(connection: sa.Connection, account_id: int, now: datetime) -> None:
    t = sessions.c
    living = sa.and_(t.account_id == account_id, t.ended_at.is_(None))
    connection.execute(sessions.update().where(living).values(ended_at=now))


def _select() -> sa.Select[tuple[object, ...]]:
    return sa.select(*_STORED, accounts.c.password_hash.is_not(None).label("has_password"))


def _account(row: sa.Row[tuple[object, ...]], failures: login_failures.Failures) -> Account:
    values = row._asdict()
    failed, locked_until = failures.get(login_failures.key(values["login"]), (0, None))
    return Account(**values, failed=failed, locked_until=locked_until)

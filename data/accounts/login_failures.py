"""Failed logins, counted by what was typed: a login nobody has is locked like one somebody has."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from data.accounts.schema import login_failures
from data.driver_errors import accounts_errors

ALLOWED = 5
FIRST_LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=24)
# Without a failure for so long, the count begins anew.
FORGOTTEN_AFTER = timedelta(hours=24)

# By key: failures, locked until.
Failures = dict[str, tuple[int, datetime | None]]
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_T = login_failures.c


def key(login: str) -> str:
    """Under what a login is counted; what was typed may be a password and is not stored."""
    return hashlib.sha256(login.encode("utf-8", "replace")).hexdigest()


def locked_until(engine: sa.Engine, login: str, now: datetime) -> datetime | None:
    """The end of the lock that stands; None without one."""
    with accounts_errors(engine), engine.connect() as connection:
        query = sa.select(_T.locked_until).where(_T.login_sha256 == key(login))
        until: datetime | None = connection.execute(query).scalar_one_or_none()
    return until if until is not None and until > now else None


def settle(engine: sa.Engine, login: str, right: bool, now: datetime) -> datetime | None:
    """Note how an attempt went; the end of the lock that stands for it, None when it is let in or just failed.

    Attempts at once are judged one after the other: what was guessed beside the fifth failure is locked out even if it
    was right, so guessing in parallel gains nothing. Five failures lock for 15 minutes, each five more twice as long.
    """
    with accounts_errors(engine), engine.begin() as connection:
        # The first statement writes: it takes the row (PostgreSQL) or the file (SQLite) until the end.
        entry = _INSERT[engine.dialect.name](login_failures).values(
            login_sha256=key(login), failed=0, last_at=now
        )
        connection.execute(
            entry.on_conflict_do_update(index_elements=[_T.login_sha256], set_={"login_sha256": key(login)})
        )
        own = _T.login_sha256 == key(login)
        row = connection.execute(sa.select(login_failures).where(own)).one()
        if row.locked_until is not None and row.locked_until > now:
            stands: datetime = row.locked_until
            return stands
        if right:
            connection.execute(login_failures.delete().where(own))
            return None
        connection.execute(login_failures.delete().where(_T.last_at < now - FORGOTTEN_AFTER, ~own))
        failed = 1 if row.last_at < now - FORGOTTEN_AFTER else row.failed + 1
        until = now + lock_of(failed) if failed % ALLOWED == 0 else None
        changed = {"failed": failed, "last_at": now, "locked_until": until}
        connection.execute(login_failures.update().where(own).values(changed))
        return until


def lock_of(failed: int) -> timedelta:
    """How long the lock is that follows this many failures (a multiple of five)."""
    doubled = FIRST_LOCK * 2.0 ** min(failed // ALLOWED - 1, 10)
    return min(doubled, LONGEST_LOCK)


def forget(engine: sa.Engine, login: str) -> None:
    """Unlock a login."""
    with accounts_errors(engine), engine.begin() as connection:
        connection.execute(login_failures.delete().where(_T.login_sha256 == key(login)))


def by_digest(connection: sa.Connection, login: str | None = None) -> Failures:
    """Failures by key, of all logins or of one."""
    query = sa.select(_T.login_sha256, _T.failed, _T.locked_until)
    if login is not None:
        query = query.where(_T.login_sha256 == key(login))
    return {row.login_sha256: (row.failed, row.locked_until) for row in connection.execute(query)}

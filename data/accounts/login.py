"""Logging in with a password, and changing it: one answer for every way to be wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from data.accounts import account as accounts
from data.accounts import audit, login_failures, sessions
from data.accounts.account import Account
from data.accounts.passwords import is_outdated, require_good, verified
from data.errors import PasswordRefused
from data.viewer import Viewer


@dataclass(frozen=True)
class Admitted:
    """The attempt was right: the token of a new session."""

    account: Account
    token: str


@dataclass(frozen=True)
class Refused:
    """The attempt was wrong, or nobody may try until ``locked_until``; which part was wrong is not told."""

    locked_until: datetime | None = None


@dataclass(frozen=True)
class Attempt:
    """Who tries to log in and from where; ``demo_allowed`` lets accounts with known passwords in."""

    login: str
    password: str
    now: datetime
    address: str = ""
    demo_allowed: bool = False


def log_in(engine: sa.Engine, attempt: Attempt) -> Admitted | Refused:
    """Try a login and its password; every attempt is audited. Raises AccountsUnreachable.

    An unknown login takes as long as a known one, and is locked like one.
    """
    login = accounts.written_login(attempt.login)[:200]
    found, right = None, False
    until = login_failures.locked_until(engine, login, attempt.now)
    if until is None:
        found = accounts.find(engine, login)
        stored = None if found is None else accounts.password_hash(engine, found.id)
        right = verified(attempt.password, stored)
        if right and found is not None and not _may(found, attempt):
            right = False
        until = login_failures.settle(engine, login, right, attempt.now)
    if until is not None or not right or found is None:
        _note_refusal(engine, attempt, login, "locked" if until else "refused")
        return Refused(until)
    stored = accounts.password_hash(engine, found.id)
    if stored is not None and is_outdated(stored):
        accounts.rehash(engine, found.id, attempt.password)
    return admit(engine, found, "password", attempt.now, attempt.address)


def admit(
    engine: sa.Engine, found: Account, method: Literal["password", "oidc"], now: datetime, address: str
) -> Admitted:
    """Begin a session for an account that has proved itself, and audit it."""
    token = sessions.begin(engine, found.id, method, now, address)
    audit.record(engine, now, found.viewer, "login", subject=method, address=address)
    return Admitted(found, token)


@dataclass(frozen=True)
class Change:
    """A new password as a person typed it, beside the current one."""

    current: str
    new: str
    repeated: str


def change_password(
    engine: sa.Engine, viewer: Viewer, change: Change, now: datetime, address: str = ""
) -> str | Refused:
    """Change one's own password; the token of the new session, all older ones are ended.

    A wrong current password counts as a failed login. Raises PasswordRefused and AccountsUnreachable.
    """
    until = login_failures.locked_until(engine, viewer.login, now)
    right = until is None and verified(change.current, accounts.password_hash(engine, viewer.account_id))
    if until is None:
        until = login_failures.settle(engine, viewer.login, right, now)
    if until is not None or not right:
        audit.record(
            engine, now, viewer, "password", outcome="locked" if until else "refused", address=address
        )
        return Refused(until)
    if accounts.one(engine, viewer.login).is_demo:
        raise PasswordRefused("演示账号的密码不能修改")
    require_good(change.new, viewer.login)
    if change.new != change.repeated:
        raise PasswordRefused("两次输入的新密码不一致")
    if change.new == change.current:
        raise PasswordRefused("新密码不能与当前密码相同")
    accounts.set_password(engine, viewer.account_id, change.new, now, must_change=False)
    audit.record(engine, now, viewer, "password", address=address)
    return sessions.begin(engine, viewer.account_id, "password", now, address)


def log_out(engine: sa.Engine, viewer: Viewer, token: str, now: datetime, address: str) -> None:
    """End the session and audit it."""
    sessions.end(engine, token, now)
    audit.record(engine, now, viewer, "logout", address=address)


def _may(found: Account, attempt: Attempt) -> bool:
    return found.active and (attempt.demo_allowed or not found.is_demo)


def _note_refusal(engine: sa.Engine, attempt: Attempt, login: str, outcome: str) -> None:
    # What was typed as a login may be a password: only a login that exists is written down.
    known = accounts.find(engine, login)
    audit.record(
        engine,
        attempt.now,
        known.viewer if known else None,
        "login",
        outcome=outcome if known else f"{outcome}-unknown",
        address=attempt.address,
    )

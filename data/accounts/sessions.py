"""Sessions: a random token the browser keeps, of which only the digest is stored."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa

from data.accounts.schema import accounts, sessions
from data.driver_errors import accounts_errors
from data.viewer import Viewer

Method = Literal["password", "oidc"]
# A session is noted as seen once a minute, not at every request.
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Limits:
    """When a session ends by itself: without an act of the person, and in any case."""

    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=12)


@dataclass(frozen=True)
class Session:
    """A living session; ``must_change`` asks for a new password before any page."""

    viewer: Viewer
    method: Method
    must_change: bool
    seen_at: datetime
    ends_at: datetime


_DEFAULT = Limits()


def begin(engine: sa.Engine, account_id: int, method: Method, now: datetime, address: str = "") -> str:
    """A new session's token; it is never one the browser brought along."""
    token = secrets.token_urlsafe(32)
    row = {
        "token_sha256": digest(token),
        "account_id": account_id,
        "method": method,
        "created_at": now,
        "seen_at": now,
        "ended_at": None,
        "address": address[:45],
    }
    with accounts_errors(engine), engine.begin() as connection:
        connection.execute(sessions.insert(), row)
        connection.execute(accounts.update().where(accounts.c.id == account_id).values(last_login_at=now))
    return token


def session_of(
    engine: sa.Engine, token: str, now: datetime, limits: Limits = _DEFAULT, *, acts: bool = True
) -> Session | None:
    """The session of a token; None when it is unknown, ended, timed out or its account is disabled.

    ``acts`` is false for requests a page makes by itself: they do not keep a session alive.
    """
    if not token or len(token) > 200:
        return None
    t, a = sessions.c, accounts.c
    columns = (a.id, a.login, a.name, a.role, a.org_id, a.must_change, t.method, t.created_at, t.seen_at)
    query = (
        sa.select(*columns)
        .join_from(sessions, accounts)
        .where(t.token_sha256 == digest(token), t.ended_at.is_(None), a.active)
        .where(t.seen_at > now - limits.idle, t.created_at > now - limits.absolute)
    )
    with accounts_errors(engine):
        with engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        if acts and now - row.seen_at >= SEEN_EVERY:
            _note_seen(engine, token, now)
    viewer = Viewer(row.id, row.login, row.name, row.role, row.org_id)
    must_change = row.must_change and row.method == "password"
    return Session(viewer, row.method, must_change, row.seen_at, row.created_at + limits.absolute)


def viewer_of(engine: sa.Engine, token: str, now: datetime, limits: Limits = _DEFAULT) -> Viewer | None:
    """Who may open pages with this token; None also before a first password was changed."""
    found = session_of(engine, token, now, limits)
    return None if found is None or found.must_change else found.viewer


def end(engine: sa.Engine, token: str, now: datetime) -> None:
    """End one session; an unknown or ended one stays as it is."""
    living = sa.and_(sessions.c.token_sha256 == digest(token), sessions.c.ended_at.is_(None))
    with accounts_errors(engine), engine.begin() as connection:
        connection.execute(sessions.update().where(living).values(ended_at=now))


def digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _note_seen(engine: sa.Engine, token: str, now: datetime) -> None:
    with engine.begin() as connection:
        living = sa.and_(sessions.c.token_sha256 == digest(token), sessions.c.ended_at.is_(None))
        connection.execute(sessions.update().where(living).values(seen_at=now))

"""Logins under way at the single sign-on: what was sent there, taken once when the person comes back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from data.accounts.schema import oidc_requests
from data.accounts.sessions import digest
from data.driver_errors import accounts_errors

LASTS = timedelta(minutes=10)


@dataclass(frozen=True)
class OidcRequest:
    """One login under way; ``target`` is the page asked for."""

    state: str
    nonce: str
    verifier: str
    target: str


def begin(engine: sa.Engine, target: str, now: datetime) -> OidcRequest:
    """Note a new one, and forget those nobody came back from."""
    new = OidcRequest(
        secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(64), target[:600]
    )
    row = {
        "state_sha256": digest(new.state),
        "nonce": new.nonce,
        "verifier": new.verifier,
        "target": new.target,
        "created_at": now,
    }
    with accounts_errors(engine), engine.begin() as connection:
        connection.execute(oidc_requests.delete().where(oidc_requests.c.created_at < now - LASTS))
        connection.execute(oidc_requests.insert(), row)
    return new


def take(engine: sa.Engine, state: str, now: datetime) -> OidcRequest | None:
    """The one of this state, which is then gone; None when there is none, or it took more than ten minutes."""
    t = oidc_requests.c
    query = oidc_requests.delete().where(t.state_sha256 == digest(state))
    with accounts_errors(engine), engine.begin() as connection:
        row = connection.execute(query.returning(t.nonce, t.verifier, t.target, t.created_at)).one_or_none()
    if row is None or row.created_at < now - LASTS:
        return None
    return OidcRequest(state, row.nonce, row.verifier, row.target)

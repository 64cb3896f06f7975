"""Devices as an operator keeps them: let in by code, listed, renamed, revoked. Only the digest of a token is stored."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, cast

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from data.accounts.audit import Witness, unwitnessed
from data.accounts.sessions import digest
from data.accounts.store import make_tables
from data.devices.schema import METADATA, device_codes, devices
from data.driver_errors import accounts_errors
from data.errors import AccountsUnreachable, CodeUnknown, DeviceUnknown
from data.storable import one_line

Kind = Literal["wall", "kiosk"]
Exposure = Literal["internal", "reception"]
CODE_LASTS = timedelta(minutes=15)
# More screens never wait at once; an older code gives way and its screen gets another.
MOST_WAITING = 100
# Nor more at one address: whoever opens the page again and again pushes only his own codes out.
MOST_AT_ADDRESS = 12


@dataclass(frozen=True)
class Device:
    """One enrolled screen; ``exposure`` is the most it may show. A kiosk is always for visitors."""

    id: int
    name: str
    kind: Kind
    exposure: Exposure
    enrolled_at: datetime
    enrolled_by: str
    revoked_at: datetime | None

    @property
    def is_revoked(self) -> bool:
        """Whether it is let in no more."""
        return self.revoked_at is not None


@dataclass(frozen=True)
class Waiting:
    """A screen that shows a code."""

    code: str
    kind: Kind
    address: str
    made_at: datetime


_STORED = [devices.c[name] for name in Device.__dataclass_fields__]


class Devices:
    """The devices of the side database; every method raises AccountsUnreachable when it does not answer."""

    def __init__(self, store: sa.Engine) -> None:
        self._store = store

    def prepare(self) -> None:
        """Make the tables that are missing."""
        make_tables(self._store, METADATA)

    def all(self) -> list[Device]:
        """Every device, revoked ones too, in the order they came."""
        with accounts_errors(self._store), self._store.connect() as connection:
            rows = connection.execute(sa.select(*_STORED).order_by(devices.c.id)).all()
        return [Device(*row) for row in rows]

    def of_token(self, token: str) -> Device | None:
        """The device that holds a token, a revoked one too; None when nobody does."""
        if not token or len(token) > 200:
            return None
        query = sa.select(*_STORED).where(devices.c.token_sha256 == digest(token))
        with accounts_errors(self._store), self._store.connect() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else Device(*row)

    def code_for(self, token: str, kind: Kind, address: str, now: datetime) -> str:
        """The code a waiting screen shows: the same as long as it lasts."""
        t = device_codes.c
        with accounts_errors(self._store), self._store.connect() as connection:
            query = sa.select(t.code).where(t.token_sha256 == digest(token), t.made_at > now - CODE_LASTS)
            if found := connection.execute(query).scalar_one_or_none():
                return str(found)
        while True:
            code = f"{secrets.randbelow(10**6):06d}"
            row: dict[str, Any] = {
                "token_sha256": digest(token),
                "code": code,
                "kind": kind,
                "address": address[:45],
                "made_at": now,
            }
            try:
                with accounts_errors(self._store), self._store.begin() as connection:
                    _make_room(connection, digest(token), row["address"], now)
                    connection.execute(device_codes.insert(), row)
                return code
            except AccountsUnreachable as error:
                # A code somebody else shows already: another one is drawn.
                if not isinstance(error.__cause__, IntegrityError):
                    raise

    def waiting(self, now: datetime) -> list[Waiting]:
        """Screens that show a code now, the newest first."""
        t = device_codes.c
        query = sa.select(t.code, t.kind, t.address, t.made_at).where(t.made_at > now - CODE_LASTS)
        with accounts_errors(self._store), self._store.connect() as connection:
            return [Waiting(*row) for row in connection.execute(query.order_by(t.made_at.desc()))]

    def enrol(
        self,
        code: str,
        name: str,
        exposure: Exposure,
        now: datetime,
        login: str,
        witness: Callable[[Device], Witness] = lambda _: unwitnessed,
    ) -> Device:
        """Let the screen in that shows this code; ``witness`` is handed the new device. Raises CodeUnknown."""
        code = "".join(c for c in code if c.isdigit())
        t = device_codes.c
        with accounts_errors(self._store), self._store.begin() as connection:
            query = sa.select(t.token_sha256, t.kind).where(t.code == code, t.made_at > now - CODE_LASTS)
            found = connection.execute(query).one_or_none()
            if found is None:
                raise CodeUnknown(code)
            kind = cast(Kind, found.kind)
            row: dict[str, Any] = {
                "name": one_line(name)[:40] or ("大屏" if kind == "wall" else "展陈终端"),
                "kind": kind,
                "exposure": "reception" if kind == "kiosk" else exposure,
                "enrolled_at": now,
                "enrolled_by": login[:64],
                "revoked_at": None,
            }
            # One of two who type the same code takes its row away; the other finds none.
            if connection.execute(device_codes.delete().where(t.code == code)).rowcount != 1:
                raise CodeUnknown(code)
            # A browser that was a device before, and was revoked, becomes a new one.
            connection.execute(devices.delete().where(devices.c.token_sha256 == found.token_sha256))
            made = connection.execute(devices.insert(), row | {"token_sha256": found.token_sha256})
            assert made.inserted_primary_key is not None
            enrolled = Device(id=int(made.inserted_primary_key[0]), **row)
            witness(enrolled)(connection)
            return enrolled

    def rename(self, device: int, name: str, witness: Witness = unwitnessed) -> None:
        """Call it otherwise. Raises DeviceUnknown."""
        self._change(device, {"name": one_line(name)[:40] or "未命名"}, witness)

    def revoke(self, device: int, now: datetime, witness: Witness = unwitnessed) -> None:
        """Let it in no more; its page becomes one with a code. Raises DeviceUnknown."""
        self._change(device, {"revoked_at": now}, witness)

    def _change(self, device: int, values: dict[str, object], witness: Witness) -> None:
        with accounts_errors(self._store), self._store.begin() as connection:
            changed = connection.execute(devices.update().where(devices.c.id == device).values(values))
            if changed.rowcount != 1:
                raise DeviceUnknown(device)
            witness(connection)


def _make_room(connection: sa.Connection, token: str, address: str, now: datetime) -> None:
    t = device_codes.c
    newest = sa.select(t.token_sha256).order_by(t.made_at.desc())
    own = connection.execute(newest.where(t.address == address)).scalars().all()
    old = [*own[MOST_AT_ADDRESS - 1 :], *connection.execute(newest).scalars().all()[MOST_WAITING - 1 :]]
    stale = sa.or_(t.made_at <= now - CODE_LASTS, t.token_sha256 == token, t.token_sha256.in_(old))
    connection.execute(device_codes.delete().where(stale))

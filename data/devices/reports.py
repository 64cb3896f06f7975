"""What screens say of themselves, and the alarms of those that fell behind or fell silent."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from data.devices.schema import device_alarms, device_reports
from data.driver_errors import accounts_errors

AlarmKind = Literal["behind", "silent", "hidden"]
# A guest that said nothing for so long is gone; more guests than this are not remembered.
GUEST_LASTS = timedelta(minutes=10)
MOST_GUESTS = 50
# Alarms that are over are looked at for weeks; of a wall that stumbles for months only so many are kept.
ALARM_KEPT = timedelta(days=90)
MOST_ALARMS = 1000


@dataclass(frozen=True)
class Report:
    """One screen at ``at``; ``step`` and ``command`` are what it shows and obeys, ``version`` that of its data."""

    screen: str
    device_id: int | None
    kind: str
    at: datetime
    step: int
    command: int
    scene: str
    mode: str
    version: str
    width: int
    height: int
    heap_mb: float | None
    errors: int
    visible: bool
    address: str


@dataclass(frozen=True)
class Alarm:
    """A device that is behind, silent or hidden since ``at``; ``ended_at`` None: still."""

    id: int
    device_id: int
    name: str
    kind: AlarmKind
    step: int
    at: datetime
    ended_at: datetime | None


class Reports:
    """The last report of every screen; every method raises AccountsUnreachable."""

    def __init__(self, store: sa.Engine) -> None:
        self._store = store

    def note(self, report: Report) -> None:
        """Remember the newest word of a screen."""
        t = device_reports.c
        row = asdict(report)
        with accounts_errors(self._store), self._store.begin() as connection:
            known = connection.execute(device_reports.update().where(t.screen == report.screen).values(row))
            if known.rowcount:
                return
            if report.device_id is None and _is_full(connection, report.at):
                return
            try:
                with connection.begin_nested():
                    connection.execute(device_reports.insert(), row)
            except IntegrityError:
                connection.execute(device_reports.update().where(t.screen == report.screen).values(row))

    def newest(self, now: datetime) -> list[Report]:
        """Every device that ever reported and the guests of the last minutes, in order of their names."""
        t = device_reports.c
        columns = [t[name] for name in Report.__dataclass_fields__]
        query = sa.select(*columns).where(sa.or_(t.device_id.is_not(None), t.at > now - GUEST_LASTS))
        with accounts_errors(self._store), self._store.connect() as connection:
            return [Report(*row) for row in connection.execute(query.order_by(t.device_id, t.screen))]

    def raise_alarm(self, device_id: int, name: str, kind: AlarmKind, step: int, now: datetime) -> bool:
        """Write an alarm down, or begin it again where it had ended; False when it stands already."""
        row = {
            "device_id": device_id, "name": name, "kind": kind, "step": step, "at": now, "ended_at": None,
        }  # fmt: skip
        with accounts_errors(self._store):
            try:
                with self._store.begin() as connection:
                    connection.execute(device_alarms.insert(), row)
                    _forget(connection, now)
            except IntegrityError:
                return self._begin_again(device_id, kind, step, now)
        return True

    def _begin_again(self, device_id: int, kind: AlarmKind, step: int, now: datetime) -> bool:
        # A kiosk has no steps and a held wall keeps one for days: the second silence has the key of the first.
        t = device_alarms.c
        ended = sa.and_(t.device_id == device_id, t.kind == kind, t.step == step, t.ended_at.is_not(None))
        with self._store.begin() as connection:
            values = {"at": now, "ended_at": None}
            return connection.execute(device_alarms.update().where(ended).values(values)).rowcount == 1

    def end_alarms(self, device_id: int, now: datetime) -> int:
        """How many alarms of a device ended with this."""
        t = device_alarms.c
        standing = sa.and_(t.device_id == device_id, t.ended_at.is_(None))
        with accounts_errors(self._store), self._store.begin() as connection:
            return connection.execute(device_alarms.update().where(standing).values(ended_at=now)).rowcount

    def standing(self) -> list[Alarm]:
        """Alarms that have not ended, the newest first."""
        return self._alarms(device_alarms.c.ended_at.is_(None))

    def since(self, moment: datetime) -> list[Alarm]:
        """Alarms since a moment, ended ones too, the newest first."""
        return self._alarms(device_alarms.c.at >= moment)

    def _alarms(self, which: sa.ColumnElement[bool]) -> list[Alarm]:
        columns = [device_alarms.c[name] for name in Alarm.__dataclass_fields__]
        query = sa.select(*columns).where(which).order_by(device_alarms.c.id.desc()).limit(50)
        with accounts_errors(self._store), self._store.connect() as connection:
            return [Alarm(*row) for row in connection.execute(query)]


def _is_full(connection: sa.Connection, now: datetime) -> bool:
    """Whether no further guest is remembered; those that are gone make room."""
    t = device_reports.c
    connection.execute(device_reports.delete().where(t.device_id.is_(None), t.at <= now - GUEST_LASTS))
    guests = sa.select(sa.func.count()).select_from(device_reports).where(t.device_id.is_(None))
    return int(connection.execute(guests).scalar_one()) >= MOST_GUESTS


def _forget(connection: sa.Connection, now: datetime) -> None:
    """Alarms that ended long ago, and those before the newest ones; what still stands is never forgotten."""
    t = device_alarms.c
    beyond = sa.select(t.id).order_by(t.id.desc()).offset(MOST_ALARMS).limit(1).scalar_subquery()
    over = sa.or_(t.ended_at < now - ALARM_KEPT, t.id <= beyond)
    connection.execute(device_alarms.delete().where(t.ended_at.is_not(None), over))

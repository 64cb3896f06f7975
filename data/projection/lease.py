"""One projector at a time: a lease in the read model that a dead holder loses at once and a silent one soon."""

from __future__ import annotations

import os
import socket
import uuid
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from data.clock import Clock
from data.driver_errors import read_model_errors
from data.errors import ProjectionBusy
from data.readmodel.schema import leases

NAME = "projector"
# Longer than the longest pause between two renewals of a living projector.
TTL = timedelta(seconds=20)


class Lease:
    """The right to publish; ``holder`` names host, process and a random part."""

    def __init__(self, store: sa.Engine, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self.holder = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"

    def acquire(self) -> bool:
        """Take or renew the lease; False while another living projector holds it. Raises ReadModelUnreachable."""
        with read_model_errors(self._store):
            return self._acquire()

    def _acquire(self) -> bool:
        now = self._clock()
        with self._store.begin() as connection:
            row = connection.execute(sa.select(leases).where(leases.c.name == NAME)).one_or_none()
            if row is None:
                return self._insert(connection)
            free = row.holder == self.holder or row.expires_at < now or _is_dead(row.holder)
            if not free:
                return False
            taken = connection.execute(
                leases.update()
                .where(leases.c.name == NAME, leases.c.holder == row.holder)
                .values(holder=self.holder, expires_at=now + TTL)
            )
            return taken.rowcount == 1

    def _insert(self, connection: sa.Connection) -> bool:
        values = {"name": NAME, "holder": self.holder, "expires_at": self._clock() + TTL}
        try:
            with connection.begin_nested():
                connection.execute(leases.insert().values(**values))
        except IntegrityError:
            return False
        return True

    def confirm(self, connection: sa.Connection) -> None:
        """Prolong inside the publishing transaction: who lost the lease meanwhile publishes nothing."""
        values = {"expires_at": self._clock() + TTL}
        mine = sa.and_(leases.c.name == NAME, leases.c.holder == self.holder)
        if connection.execute(leases.update().where(mine).values(**values)).rowcount != 1:
            raise ProjectionBusy("another process took the lease over")

    def release(self) -> None:
        """Give the lease back; harmless when it is not held. Raises ReadModelUnreachable."""
        with read_model_errors(self._store), self._store.begin() as connection:
            connection.execute(leases.delete().where(leases.c.name == NAME, leases.c.holder == self.holder))


def _is_dead(holder: str) -> bool:
    """A holder on this machine whose process is gone; of other machines only the expiry is known."""
    host, pid, _ = holder.split(":")
    if host != socket.gethostname():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False

"""One hand on the wheel: who directs, who asks to, and when an idle hand lets go by itself."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from data.accounts.audit import Witness, unwitnessed
from data.direction.schema import wheel
from data.driver_errors import accounts_errors
from data.errors import DirectionOvertaken, DirectionRefused
from data.viewer import Viewer

IDLE = timedelta(minutes=3)
_TRIES = 3


@dataclass(frozen=True)
class Wheel:
    """Who holds it since they last acted, who asks for it, who was refused last; nobody: None and ""."""

    revision: int = 0
    holder_id: int | None = None
    holder: str = ""
    acted_at: datetime | None = None
    asker_id: int | None = None
    asker: str = ""
    asked_at: datetime | None = None
    refused_id: int | None = None
    refused_at: datetime | None = None

    def at(self, now: datetime) -> Wheel:
        """As it stands now: an idle hand has let go, and who asked for the wheel has it."""
        if self.holder_id is None or self.acted_at is None or abs(now - self.acted_at) < IDLE:
            return self
        # An act in the future is one by a clock that was wrong: such a hand holds nothing.
        free_at = min(self.acted_at + IDLE, now)
        free = Wheel(self.revision)
        if self.asker_id is None or now - free_at >= IDLE:
            return free
        return replace(free, holder_id=self.asker_id, holder=self.asker, acted_at=free_at)

    def is_of(self, viewer: Viewer) -> bool:
        """Whether this account holds it."""
        return self.holder_id == viewer.account_id


def taken(held: Wheel, viewer: Viewer, now: datetime) -> Wheel:
    """The wheel after somebody who holds it, or finds it free, has acted. Raises DirectionRefused."""
    held = held.at(now)
    if held.holder_id is not None and not held.is_of(viewer):
        raise DirectionRefused(f"{held.holder}正在导控，请先申请")
    return replace(held, holder_id=viewer.account_id, holder=viewer.name, acted_at=now)


def asked(held: Wheel, viewer: Viewer, now: datetime) -> Wheel:
    """After somebody asked for it: theirs at once where it is free."""
    held = held.at(now)
    if held.holder_id is None or held.is_of(viewer):
        return taken(held, viewer, now)
    if held.asker_id not in (None, viewer.account_id):
        raise DirectionRefused(f"{held.asker}已在申请")
    return replace(held, asker_id=viewer.account_id, asker=viewer.name, asked_at=now, refused_id=None)


def granted(held: Wheel, viewer: Viewer, now: datetime) -> Wheel:
    """After the holder gave it to who asked. Raises DirectionRefused."""
    held = _held_by(held, viewer, now)
    if held.asker_id is None:
        raise DirectionRefused("现在没有人申请")
    return Wheel(held.revision, held.asker_id, held.asker, now)


def refused(held: Wheel, viewer: Viewer, now: datetime) -> Wheel:
    """After the holder kept it. Raises DirectionRefused."""
    held = _held_by(held, viewer, now)
    return Wheel(held.revision, held.holder_id, held.holder, now, refused_id=held.asker_id, refused_at=now)


def released(held: Wheel, viewer: Viewer, now: datetime) -> Wheel:
    """After the holder let go, or who asked thinks better of it; who asked has it then."""
    held = held.at(now)
    if held.asker_id == viewer.account_id:
        return replace(held, asker_id=None, asker="", asked_at=None)
    held = _held_by(held, viewer, now)
    return Wheel(held.revision) if held.asker_id is None else granted(held, viewer, now)


def _held_by(held: Wheel, viewer: Viewer, now: datetime) -> Wheel:
    held = held.at(now)
    if not held.is_of(viewer):
        raise DirectionRefused("导控权已不在您手中")
    return held


class Wheels:
    """The wheel as it is stored; every method raises AccountsUnreachable."""

    def __init__(self, store: sa.Engine) -> None:
        self._store = store

    def current(self) -> Wheel:
        """As it was last written; ``Wheel.at`` says how it stands."""
        columns = [wheel.c[name] for name in Wheel.__dataclass_fields__]
        with accounts_errors(self._store), self._store.connect() as connection:
            row = connection.execute(sa.select(*columns).where(wheel.c.id == 1)).one_or_none()
        return Wheel() if row is None else Wheel(*row)

    def take(self, viewer: Viewer, now: datetime, witness: Witness = unwitnessed) -> Wheel:
        """The wheel in the hand of somebody who acts; the witness writes where it was not there before.

        Raises DirectionRefused.
        """

        def turned() -> Wheel:
            held = self.current()
            is_new = not held.at(now).is_of(viewer)
            return self.turn(taken(held, viewer, now), witness if is_new else unwitnessed)

        return _tried(turned)

    def change(self, turn: Callable[[Wheel], Wheel], witness: Witness = unwitnessed) -> Wheel:
        """Turn the wheel as it stands; who was overtaken turns it again as it stands then."""
        return _tried(lambda: self.turn(turn(self.current()), witness))

    def turn(self, after: Wheel, witness: Witness = unwitnessed) -> Wheel:
        """Store the wheel after what was read. Raises DirectionOvertaken when somebody was faster."""
        row = asdict(after) | {"revision": after.revision + 1}
        seen = sa.and_(wheel.c.id == 1, wheel.c.revision == after.revision)
        with accounts_errors(self._store), self._store.begin() as connection:
            if not connection.execute(wheel.update().where(seen).values(row)).rowcount:
                if after.revision:
                    raise DirectionOvertaken(after.revision)
                _begin(connection, row)
            witness(connection)
        return replace(after, revision=after.revision + 1)


def _begin(connection: sa.Connection, row: dict[str, object]) -> None:
    """The first turn ever."""
    try:
        connection.execute(wheel.insert(), row | {"id": 1})
    except IntegrityError as error:
        raise DirectionOvertaken(0) from error


def _tried(turn: Callable[[], Wheel]) -> Wheel:
    for _ in range(_TRIES - 1):
        with suppress(DirectionOvertaken):
            return turn()
    return turn()

"""A visit played on the walls: every step a command of the operator who plays it, until another hand takes over."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from dashboard.rehearsal import SpokenStep, ordered
from data.accounts import account, audit
from data.clock import Clock
from data.direction import wheel
from data.direction.direction import Direction
from data.direction.docent import Docent
from data.direction.store import Directions
from data.direction.wheel import Wheels
from data.errors import DirectionOvertaken, DirectionRefused
from data.scope import Mode

# The hand stays on the wheel through a long step; whether somebody else has led meanwhile is looked at as often.
HOLDS = timedelta(seconds=30)


class Player:
    """One visit on the walls; what it cannot do ends it with DirectionRefused or DirectionOvertaken.

    Raises AccountsUnreachable, AccountUnknown, DirectionRefused for an account that does not lead walls.
    """

    def __init__(self, accounts: sa.Engine, login: str, mode: Mode, clock: Clock) -> None:
        found = account.one(accounts, login)
        if found.role != "operator" or not found.active:
            raise DirectionRefused(f"{found.login} is no operator: only operators lead the walls")
        self._viewer = found.viewer
        self._mode = mode
        self._clock = clock
        self._directions, self._wheels = Directions(accounts), Wheels(accounts)
        self._directions.prepare()
        self._last: Direction | None = None
        self._looked: datetime | None = None

    @property
    def has_begun(self) -> bool:
        """Whether a step was ordered."""
        return self._last is not None

    def show(self, step: SpokenStep, words: Docent | None = None) -> None:
        """Order one step; ``words`` are read on the director's page while it is shown."""
        now = self._hold()
        before = self._directions.current()
        self._take(ordered(step, self._mode, before, now), f"visit {step.number} {step.scene}", now, words)

    def stay(self) -> None:
        """Keep the wheel through a step; called as often as one likes."""
        if self._looked is None or self._clock() - self._looked >= HOLDS:
            self._hold()

    def end(self) -> None:
        """Back to the programme, unless somebody else leads by now."""
        now = self._hold()
        self._take(Direction(number=self._directions.current().number + 1, at=now), "visit end", now)
        self._wheels.change(
            lambda held: wheel.released(held, self._viewer, now), self._noting("wheel release", now)
        )

    def _hold(self) -> datetime:
        """Hand on the wheel, nobody else's command since the last of ours."""
        now = self._clock()
        self._looked = now
        self._wheels.take(self._viewer, now, self._noting("wheel take", now))
        if self._last is not None and self._directions.current().number != self._last.number:
            raise DirectionOvertaken(self._last.number)
        return now

    def _take(self, direction: Direction, subject: str, now: datetime, words: Docent | None = None) -> None:
        direction = replace(direction, account_id=self._viewer.account_id, name=self._viewer.name)
        self._directions.take(direction, self._noting(subject, now), words)
        self._last = direction

    def _noting(self, subject: str, now: datetime) -> audit.Witness:
        return audit.witness(now, self._viewer, "direct", page="rehearse", subject=subject)

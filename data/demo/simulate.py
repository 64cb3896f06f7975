"""A living district: small transactions at the rhythm of the day, for as long as the demo runs."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from random import Random

import sqlalchemy as sa

from data.clock import Clock
from data.demo.living import District, Event, post, serve, study
from data.demo.living_activities import complete, plan, sign_in
from data.demo.living_development import advance_case
from data.demo.living_dues import owe, pay
from data.demo.living_posts import react
from data.demo.living_transfers import advance_transfer, apply_transfer
from data.driver_errors import reason_of

log = logging.getLogger(__name__)

# kind of transaction: weight by day (7-22 o'clock) and by night
_WEIGHTS = {
    sign_in: (46, 0),
    complete: (14, 4),
    pay: (16, 50),
    serve: (7, 0),
    study: (6, 40),
    post: (4, 0),
    react: (4, 0),
    advance_case: (2, 0),
    advance_transfer: (3, 0),
    apply_transfer: (1, 0),
    owe: (3, 6),
    plan: (3, 6),
}
_SLOW_HOURS = {0: 0.1, 1: 0.06, 2: 0.05, 3: 0.05, 4: 0.05, 5: 0.1, 6: 0.4, 7: 0.7, 22: 0.5, 23: 0.25}
_TRIES = 6


class Simulator:
    """Remembers nothing between steps but the list of branches: it may be killed and started at any moment."""

    def __init__(self, engine: sa.Engine, *, clock: Clock, seed: int | None = None) -> None:
        self._clock = clock
        self._rng = Random(seed)
        self._district = District(engine, self._rng)

    def step(self) -> Event | None:
        """One committed transaction fitting the hour; None when nothing was to be done."""
        now = self._clock()
        night = not 7 <= now.hour < 22
        kinds = list(_WEIGHTS)
        weights = [_WEIGHTS[kind][night] for kind in kinds]
        for kind in [*self._rng.choices(kinds, weights, k=_TRIES), pay, study]:
            event = kind(self._district, now)
            if event is not None:
                return event
        return None

    def pause_s(self, rate: float) -> float:
        """Seconds until the next step: exponential, slower at night, never silent."""
        factor = _SLOW_HOURS.get(self._clock().hour, 1.0)
        return min(self._rng.expovariate(rate * factor), 120.0)


def simulate(
    engine: sa.Engine,
    *,
    clock: Clock,
    rate: float = 0.5,
    stop: threading.Event,
    on_event: Callable[[Event], None] = lambda event: None,
) -> None:
    """Run until ``stop``; ``rate`` is transactions per second by day. A failed transaction is logged, not fatal."""
    simulator: Simulator | None = None
    while not stop.is_set():
        try:
            simulator = simulator or Simulator(engine, clock=clock)
            event = simulator.step()
            if event is not None:
                on_event(event)
        except sa.exc.SQLAlchemyError as error:
            log.warning("transaction given up: %s", reason_of(error))
        stop.wait(simulator.pause_s(rate) if simulator else 5.0)

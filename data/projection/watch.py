"""Watching: projects as changes come, waits for the lease, retries for ever; ends only when told to."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable

from data.errors import ContractBroken, ProjectionBusy, ReadModelUnreachable, SourceUnreachable
from data.projection.measure import Progress, silent
from data.projection.projector import Outcome, Projector

log = logging.getLogger(__name__)

LONGEST_PAUSE_S = 30.0


def watch(
    projector: Projector,
    stop: threading.Event,
    *,
    every_s: float = 1.0,
    progress: Progress = silent,
    on_outcome: Callable[[Outcome], None] = lambda outcome: None,
    only_first: bool = False,
) -> None:
    """Run until ``stop`` is set, or until one run ended well. Failures are reported to the screens and retried
    with jittered back-off."""
    failures = 0
    while not stop.is_set():
        try:
            if projector.lease.acquire():
                on_outcome(projector.run(progress=progress))
                if only_first:
                    return
            failures = 0
        except (SourceUnreachable, ContractBroken, ReadModelUnreachable) as error:
            failures += 1
            log.warning("projection failed (%d in a row): %s", failures, error)
            if isinstance(error, ReadModelUnreachable):
                projector.start_over()
            else:
                _report(projector, error)
        except ProjectionBusy as error:
            log.info("%s", error)
        stop.wait(pause_s(failures, every_s, random.random()))
    _release(projector)


def pause_s(failures: int, every_s: float, chance: float) -> float:
    """Seconds to the next try: the normal rhythm, then doubling up to half a minute, spread by ±25 %."""
    if failures == 0:
        return every_s
    return min(every_s * 2.0 ** min(failures, 10), LONGEST_PAUSE_S) * (0.75 + chance / 2)


def _report(projector: Projector, error: Exception) -> None:
    state = "broken" if isinstance(error, ContractBroken) else "unreachable"
    try:
        projector.report_feed(state, str(error))
    except ReadModelUnreachable as second:
        log.warning("could not report it either: %s", second)


def _release(projector: Projector) -> None:
    try:
        projector.lease.release()
    except ReadModelUnreachable as error:  # gone at the very end; the lease then expires by itself
        log.info("lease not released: %s", error)

"""The public store beside the projector: published in a thread of its own, which never ends or delays a projection."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache

from commands.progress_bar import console
from dashboard.profile import DistrictProfile, load_profile
from dashboard.reception import reception_documents
from dashboard.settings import Settings
from data.clock import Clock, shanghai_now
from data.errors import ReadModelEmpty, VanguardError
from data.public.document import Document
from data.public.publisher import Catalogue, Published, Publisher
from data.public.store import open_public_store
from data.queries.kiosk import DOCUMENTS
from data.readmodel.reader import Reader
from data.readmodel.viewer import open_viewer

log = logging.getLogger(__name__)

# A visitor sees nothing of a second; a version every second costs the projector nothing.
EVERY_S = 3.0
LONGEST_PAUSE_S = 60.0


def visitors_documents(profile: DistrictProfile) -> Catalogue:
    """Every document of this district: of the wall for visitors and of the kiosk."""
    reception = reception_documents(profile)

    def catalogue(reader: Reader) -> Iterator[Document[object]]:
        yield from reception(reader)
        yield from DOCUMENTS

    return catalogue


def publisher_of(settings: Settings, clock: Clock = shanghai_now) -> Publisher:
    """The publisher between the read model and the public store of these settings."""
    catalogue = visitors_documents(load_profile(settings.district))
    store = open_public_store(settings.public_store)
    oldest = timedelta(minutes=settings.public_oldest_minutes)
    return Publisher(open_viewer(settings.read_model), store, catalogue, clock, oldest)


def publish_now(settings: Settings) -> None:
    """One run for a command that ends; a failure is logged, the projection stands."""
    try:
        console.print(f"公开数据：更新 {publisher_of(settings).run().changed} 份")
    except Exception:
        log.exception("nothing was published for visitors")


@contextmanager
def following(make: Callable[[], Publisher], every_s: float = EVERY_S) -> Iterator[None]:
    """Publish what is new every few seconds while the block runs; ``make`` may fail, too."""
    stop = threading.Event()
    thread = threading.Thread(target=follow, args=(make, stop, every_s), name="public", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=10)


def follow(make: Callable[[], Publisher], stop: threading.Event, every_s: float = EVERY_S) -> None:
    """Publish until ``stop`` is set; failures are logged and tried again at a growing distance."""
    made = cache(make)
    failures = 0
    while not stop.is_set():
        failures = failures + 1 if _failed(lambda: made().run()) else 0
        stop.wait(min(every_s * 2.0 ** min(failures, 10), LONGEST_PAUSE_S))


def _failed(run: Callable[[], Published]) -> bool:
    try:
        done = run()
    except ReadModelEmpty:
        # The projector is making its first picture.
        return False
    except Exception as error:
        known = isinstance(error, VanguardError)
        log.warning("nothing is published for visitors: %s", error, exc_info=not known)
        return True
    if done.changed:
        log.debug("version %d: %d public documents changed", done.version, done.changed)
    return done.failed > 0

"""Whether the side database is worth asking: after it did not answer, one request tries again now and then."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from data.errors import AccountsUnreachable

LOG = logging.getLogger(__name__)
AGAIN_S = 5.0


class Reach:
    """Walls ask several times a second: were each to wait for a database that is gone, no thread were left to draw."""

    def __init__(self) -> None:
        self._again_at: float | None = None
        self._turn = threading.Lock()

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Around a question; raises AccountsUnreachable at once while the database is away and another one tries."""
        with self._turn:
            now = monotonic()
            if self._again_at is not None:
                if now < self._again_at:
                    raise AccountsUnreachable("side database", "it did not answer just now")
                self._again_at = now + AGAIN_S
        try:
            yield
        except AccountsUnreachable as error:
            LOG.warning("walls and devices stay as they were known: %s", error)
            self._again_at = monotonic() + AGAIN_S
            raise
        self._again_at = None

"""A projector that counts everything and then hangs before it publishes; run as a process of its own."""

from __future__ import annotations

import signal
import sys
from datetime import datetime
from typing import Any

from data.engine import open_engine
from data.projection import projector as projecting
from tests.naive.projected import projector


def hang(*_: Any, **__: Any) -> None:
    """Instead of publishing: say so and wait for the end."""
    print("counted", flush=True)
    signal.pause()


def main() -> None:
    source, store, now = sys.argv[1:]
    running = projector(open_engine(source), open_engine(store), lambda: datetime.fromisoformat(now))
    vars(projecting)["publish"] = hang
    running.run()


main()

"""Embedded databases whose files are deleted or moved under a running projector."""

from __future__ import annotations

import pathlib
import threading
from datetime import datetime

import pytest

from data.contract.create import create_tables
from data.engine import open_engine, open_existing
from data.errors import SourceUnreachable
from data.projection.watch import watch
from data.readmodel.store import prepare
from tests.naive.life import random_district
from tests.naive.projected import content_differences, new_store, projector
from tests.naive.rows import write

DISTRICT = random_district(7)


class Cycles(threading.Event):
    """Stops the watch after so many cycles; the first of them is followed by a loss."""

    def __init__(self, cycles: int, lost: list[pathlib.Path]) -> None:
        super().__init__()
        self.left, self.lost = cycles, lost

    def wait(self, timeout: float | None = None) -> bool:
        for file in self.lost:
            file.unlink(missing_ok=True)
        self.lost, self.left = [], self.left - 1
        if not self.left:
            self.set()
        return self.is_set()


def clock() -> datetime:
    return DISTRICT.now


def test_a_deleted_read_model_is_made_anew_and_a_missing_source_is_not(tmp_path: pathlib.Path) -> None:
    operational, read_model = (tmp_path / f"{name}.db" for name in ("operational", "readmodel"))
    made, store = (open_engine(f"sqlite:///{file}") for file in (operational, read_model))
    create_tables(made)
    prepare(store)
    with made.begin() as connection:
        write(connection, DISTRICT.rows)
    running = projector(open_existing(f"sqlite:///{operational}"), store, clock)
    running.run()

    # The cycle that misses the store makes it, the next publishes, the last looks for broken rows.
    watch(running, Cycles(4, [pathlib.Path(f"{read_model}{end}") for end in ("", "-wal", "-shm")]))
    whole = new_store()
    projector(made, whole, clock).run()
    assert content_differences(store, whole) == []

    operational.rename(tmp_path / "away.db")
    with pytest.raises(SourceUnreachable):
        running.run()
    assert not operational.exists()

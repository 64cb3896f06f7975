"""The demo's companions come back when they are killed and end when they are told to."""

import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from data.demo.companions import Companion, end_with_parent, stop_all

WRITES_ITS_NUMBER = (
    "import os, pathlib, signal, sys, time; "
    "pathlib.Path(sys.argv[1], str(os.getpid())).touch(); "
    "signal.pause()"
)


def numbers(folder: Path, count: int) -> list[int]:
    """Process numbers once there are so many of them."""
    waited = threading.Event()
    for _ in range(200):
        found = [int(path.name) for path in folder.iterdir()]
        if len(found) >= count:
            return found
        waited.wait(0.05)
    raise AssertionError(f"{count} processes never started")


def test_a_killed_companion_is_started_again_and_a_stopped_one_is_not(tmp_path: Path) -> None:
    companion = Companion([sys.executable, "-c", WRITES_ITS_NUMBER, str(tmp_path)])
    first = numbers(tmp_path, 1)[0]
    os.kill(first, signal.SIGKILL)
    again = numbers(tmp_path, 2)
    assert companion.restarts == 1
    companion.stop()
    assert companion.process.poll() is not None
    assert sorted(int(path.name) for path in tmp_path.iterdir()) == sorted(again)


def test_one_that_ends_while_the_others_are_stopped_does_not_come_back(tmp_path: Path) -> None:
    folders = [tmp_path / "first", tmp_path / "second"]
    companions = []
    for folder in folders:
        folder.mkdir()
        companions.append(Companion([sys.executable, "-c", WRITES_ITS_NUMBER, str(folder)]))
    number = [numbers(folder, 1)[0] for folder in folders]
    slow = companions[1].stop

    def as_ctrl_c_does() -> None:
        os.kill(number[0], signal.SIGKILL)
        companions[0].process.wait()
        companions[0]._thread.join(timeout=5)
        slow()

    companions[1].stop = as_ctrl_c_does  # type: ignore[assignment, method-assign]
    stop_all(companions)
    assert [companion.restarts for companion in companions] == [0, 0]
    assert all(companion.process.poll() is not None for companion in companions)


def test_a_companion_ends_when_its_demo_was_killed_and_no_other_process_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    orphan, stranger = threading.Event(), threading.Event()
    end_with_parent(stranger)
    monkeypatch.setenv("VANGUARD_COMPANION_OF", "1" if os.getppid() != 1 else "2")
    end_with_parent(orphan)
    assert orphan.wait(10)
    assert not stranger.is_set()

"""The processes that live beside the demo's web server: one that ends unasked is started again."""

from __future__ import annotations

import logging
import os
import subprocess
import threading
from collections.abc import Iterable, Sequence

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.1
# Tells a companion whose it is; not a setting, nobody else sets it.
PARENT = "VANGUARD_COMPANION_OF"
# A companion that dies at once is given time, so that its error can be read.
LONGEST_PAUSE_S = 20.0


class Companion:
    """One child process kept alive by a thread of its own until ``stop``."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = list(command)
        self._stopping = threading.Event()
        self.process = self._start()
        self.restarts = 0
        self._thread = threading.Thread(target=self._keep, name=command[-1], daemon=True)
        self._thread.start()

    def _keep(self) -> None:
        while not self._stopping.wait(LOOK_EVERY_S):
            code = self.process.poll()
            if code is None:
                continue
            log.warning("%s ended with %s, starting it again", " ".join(self._command[2:]), code)
            if self._stopping.wait(min(self.restarts, LONGEST_PAUSE_S)):
                return
            self.restarts += 1
            self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self._command, env={**os.environ, PARENT: str(os.getpid())})

    def let_end(self) -> None:
        """From now on the process may end without being started again."""
        self._stopping.set()

    def stop(self, patience_s: float = 20.0) -> None:
        """End the process and wait for it; killed when it does not listen."""
        self.let_end()
        self._thread.join()
        self.process.terminate()
        try:
            self.process.wait(timeout=patience_s)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def stop_all(companions: Iterable[Companion]) -> None:
    """End all, the last first. Ctrl-C reaches every process at once: one that ended while another was waited for
    must not come back."""
    latest_first = list(companions)[::-1]
    for companion in latest_first:
        companion.let_end()
    for companion in latest_first:
        companion.stop()


def end_with_parent(stop: threading.Event) -> None:
    """In a companion: set ``stop`` when its demo is gone, even if killed. Nothing in any other process."""
    parent = os.environ.get(PARENT)
    if parent is None:
        return

    def watch() -> None:
        while os.getppid() == int(parent) and not stop.wait(LOOK_EVERY_S * 10):
            pass
        stop.set()

    threading.Thread(target=watch, name="parent", daemon=True).start()

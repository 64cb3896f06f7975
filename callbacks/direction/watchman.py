"""The watch over the walls: one that misses two steps, shows nothing or says nothing raises an alarm; a stop is never
silent."""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta

from flask import Flask

from callbacks.direction.steps import Steps
from data.clock import Clock
from data.devices.device import Device, Devices
from data.devices.reports import AlarmKind, Report, Reports
from data.errors import AccountsUnreachable

LOG = logging.getLogger(__name__)
EVERY_S = 10.0
# A wall reports every ten seconds; a kiosk has no steps and is missed by its silence alone.
SILENT_AFTER = timedelta(seconds=45)
# A wall that shows another step than the common one for so long is behind, however long the step lasts.
BEHIND_AFTER = timedelta(seconds=60)


_EXTENSION = "vanguard_watchman"


def start_watch(server: Flask) -> None:
    """Watch the walls of a server that has devices, as long as the process lives."""
    watchman = server.extensions.get(_EXTENSION)
    if isinstance(watchman, Watchman):
        threading.Thread(target=watchman.watch, name="watchman", daemon=True).start()


class Watchman:
    """Looks at the reports from time to time; ``look`` is one look. Several servers may watch the same walls."""

    def __init__(self, steps: Steps, devices: Devices, reports: Reports, clock: Clock) -> None:
        self._steps = steps
        self._devices = devices
        self._reports = reports
        self._clock = clock

    def stand_by(self, server: Flask) -> None:
        """Wait until the server is served: ``start_watch``."""
        server.extensions[_EXTENSION] = self

    def watch(self) -> None:
        """Look every ten seconds, whatever happens."""
        pause = threading.Event()
        while not pause.wait(EVERY_S):
            try:
                self.look()
            except AccountsUnreachable as error:
                LOG.warning("nobody watches the walls: %s", error)
            except Exception:
                LOG.exception("the watch over the walls failed; it goes on")

    def look(self) -> None:
        """Raise the alarms that are due and end those that are over. Raises AccountsUnreachable."""
        now = self._clock()
        told = {one.device_id: one for one in self._reports.newest(now) if one.device_id is not None}
        standing = {alarm.device_id for alarm in self._reports.standing()}
        known = self._devices.all()
        for gone in standing - {device.id for device in known}:
            self._reports.end_alarms(gone, now)
        for device in known:
            report = told.get(device.id)
            kind = None if device.is_revoked or report is None else self._wrong(report, now)
            if kind is not None and report is not None:
                self._alarm(device, kind, report, now)
            elif device.id in standing:
                self._reports.end_alarms(device.id, now)
                LOG.warning("device_alarm_over device=%s name=%s", device.id, device.name)

    def _wrong(self, report: Report, now: datetime) -> AlarmKind | None:
        """What is wrong with a device; one whose page is hidden shows nothing, however well it follows. A report from
        the future is of a clock that was wrong, and tells nothing."""
        if abs(now - report.at) >= SILENT_AFTER:
            return "silent"
        if not report.visible:
            return "hidden"
        if report.kind != "wall":
            return None
        step = self._steps.now()
        late = report.step < step.number and now - step.since >= BEHIND_AFTER
        return "behind" if late or self._steps.missed(report.step) >= 2 else None

    def _alarm(self, device: Device, kind: AlarmKind, report: Report, now: datetime) -> None:
        if self._reports.raise_alarm(device.id, device.name, kind, report.step, now):
            LOG.error(
                "device_alarm device=%s name=%s kind=%s step=%s scene=%s version=%s last_seen=%s",
                device.id, device.name, kind, report.step, report.scene, report.version,
                report.at.isoformat(" ", "seconds"),
            )  # fmt: skip

"""What the director's tablet is told twice a second: the step, the wheel, the screens and their alarms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from callbacks.direction.step_api import payload
from callbacks.direction.steps import Steps, slugs_of
from callbacks.direction.watchman import SILENT_AFTER
from dashboard.direction import MONTHS_BACK, Step, epoch_ms
from dashboard.panels import BY_SLUG
from dashboard.public_documents import document_words
from dashboard.scenes import WALL_MODES
from data.clock import add_months, month_of
from data.devices.device import Device, Devices
from data.devices.reports import Report, Reports
from data.direction.direction import Direction
from data.direction.store import Directions
from data.direction.wheel import IDLE, Wheel, Wheels
from data.errors import ReadModelError
from data.public.withdrawal import Withdrawn
from data.scope import Mode
from data.viewer import Viewer

# The panel that months are marked on.
AXIS = "time-axis"


@dataclass(frozen=True)
class Board:
    """Everything the director looks at; ``modes`` are those this server shows."""

    steps: Steps
    directions: Directions
    wheels: Wheels
    devices: Devices
    reports: Reports
    modes: Sequence[Mode]
    withdrawn: Callable[[], Sequence[Withdrawn]] = tuple

    def slugs(self, mode: Mode) -> list[str]:
        """Scenes of a mode in the order of the profile."""
        return slugs_of(self.steps.profile.scenes, WALL_MODES[mode])

    def state(self, who: Viewer, now: datetime) -> dict[str, Any]:
        """The whole state as JSON. Raises AccountsUnreachable."""
        direction, step, programme = self.directions.current(), self.steps.now(), self.steps.programme()
        return {
            "now": epoch_ms(now),
            "step": payload(step) | {"since": epoch_ms(step.since)},
            "number": direction.number,
            "by": direction.name,
            "mode": {
                "now": WALL_MODES[step.mode],
                "ordered": direction.mode,
                "programme": WALL_MODES[programme.mode],
                "offered": [WALL_MODES[mode] for mode in self.modes],
            },
            "dark": {"ordered": direction.blackout, "hours": programme.is_dark},
            "docent": self._docent(step),
            "scenes": self._scenes(step),
            "months": self._months(direction, now),
            "wheel": _wheel(self.wheels.current().at(now), who, now),
            "screens": self._screens(step, now),
            "waiting": [
                {"code": one.code, "kind": one.kind, "address": one.address, "at": epoch_ms(one.made_at)}
                for one in self.devices.waiting(now)
            ],
            "alarms": [
                {"name": one.name, "kind": one.kind, "at": epoch_ms(one.at)}
                for one in self.reports.standing()
            ],
            "withdrawn": [
                {"name": document_words(one.name), "reason": one.reason, "at": epoch_ms(one.failed_since)}
                for one in self._withdrawn()
            ],
        }

    def _withdrawn(self) -> Sequence[Withdrawn]:
        try:
            return self.withdrawn()
        except ReadModelError:
            return ()

    def _docent(self, step: Step) -> dict[str, Any] | None:
        """The docent's words while a visit holds its step; an order of anybody else ends them."""
        found = self.directions.docent(step.command) if step.held else None
        if found is None:
            return None
        ends = step.since + timedelta(seconds=found.seconds)
        return asdict(found) | {"ends": epoch_ms(ends)}

    def _scenes(self, step: Step) -> list[dict[str, Any]]:
        mode = WALL_MODES[step.mode]
        found = [scene for scene in self.steps.profile.scenes if mode in scene.modes]
        panels = {scene.slug: scene.arrangement(mode).panels for scene in found}
        return [
            {
                "slug": scene.slug,
                "title": scene.title,
                "months": AXIS in panels[scene.slug],
                "focus": any(BY_SLUG[slug].follows_focus for slug in panels[scene.slug]),
            }
            for scene in found
        ]

    def _months(self, direction: Direction, now: datetime) -> dict[str, Any]:
        last = month_of(now)
        return {
            "first": add_months(last, -MONTHS_BACK),
            "last": last,
            "ordered": direction.month,
            "playing": direction.months_at is not None,
        }

    def _screens(self, step: Step, now: datetime) -> list[dict[str, Any]]:
        told = {
            report.device_id: report for report in self.reports.newest(now) if report.device_id is not None
        }
        guests = [report for report in self.reports.newest(now) if report.device_id is None]
        found = [
            _screen(device, told.get(device.id), step, now)
            for device in self.devices.all()
            if not device.is_revoked
        ]
        return found + [
            _screen(None, report, step, now) for report in guests if now - report.at < SILENT_AFTER
        ]


def _screen(device: Device | None, report: Report | None, step: Step, now: datetime) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": device.id if device else None,
        "name": device.name if device else f"访客屏 {report.screen[-4:] if report else ''}",
        "kind": device.kind if device else report.kind if report else "wall",
        "exposure": device.exposure if device else "",
        "state": "silent",
    }
    if report is None:
        return found | {"seen": None}
    behind = report.kind == "wall" and report.step < step.number
    silent = abs(now - report.at) >= SILENT_AFTER
    return found | {
        "seen": epoch_ms(report.at),
        "state": "silent" if silent else "hidden" if not report.visible else "behind" if behind else "fine",
        "scene": report.scene,
        "mode": report.mode,
        "version": report.version,
        "size": f"{report.width} × {report.height}",
        "heap": report.heap_mb,
        "errors": report.errors,
    }


def _wheel(held: Wheel, who: Viewer, now: datetime) -> dict[str, Any]:
    left = None if held.acted_at is None else max(0, round((held.acted_at + IDLE - now).total_seconds()))
    return {
        "holder": held.holder,
        "mine": held.is_of(who),
        "free": held.holder_id is None,
        "left": left,
        "asker": held.asker,
        "asking": held.asker_id == who.account_id,
        "refused": held.refused_id == who.account_id,
    }

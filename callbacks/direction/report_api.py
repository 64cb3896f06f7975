"""/api/report: what a screen says of itself every ten seconds; believed as far as it can be, stored as it may be."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from flask import Flask, Response, request

from callbacks.direction.admission import Admission
from callbacks.sent import sent_json
from data.clock import Clock
from data.devices.reports import Report, Reports
from data.errors import AccountsUnreachable

_GUEST = re.compile(r"[0-9a-f]{12}")
_MOST_SENT = 4096
_LARGEST = 2**53


def register_deaf(server: Flask) -> None:
    """Add a report nobody keeps, for a server without side database: its walls report all the same."""

    @server.post("/api/report")
    def report() -> Response:
        return Response(status=204)


def register(server: Flask, admission: Admission, reports: Reports, clock: Clock) -> None:
    """Add the report; the admission stands before."""

    @server.post("/api/report")
    def report() -> Response:
        request.max_content_length = _MOST_SENT
        told = sent_json()
        found = admission.admitted()
        if not isinstance(told, dict) or found is None:
            return Response("no report", status=400, mimetype="text/plain")
        guest = _text(told, "guest", 12)
        if found.device is None and not _GUEST.fullmatch(guest):
            return Response(status=204)
        said = Report(
            screen=f"d{found.device.id}" if found.device else f"g{guest}",
            device_id=found.device.id if found.device else None,
            kind=found.device.kind if found.device else "kiosk" if told.get("kind") == "kiosk" else "wall",
            at=clock(),
            step=_whole(told, "step"),
            command=_whole(told, "command"),
            scene=_text(told, "scene", 40),
            mode=_text(told, "mode", 16),
            version=_text(told, "version", 24),
            width=min(_whole(told, "width"), 100_000),
            height=min(_whole(told, "height"), 100_000),
            heap_mb=_number(told, "heap"),
            errors=min(_whole(told, "errors"), 1_000_000),
            visible=told.get("visible") is not False,
            address=(request.remote_addr or "")[:45],
        )
        with suppress(AccountsUnreachable), admission.reach.asking():
            reports.note(said)
        return Response(status=204)


def _whole(told: dict[str, Any], name: str) -> int:
    value = told.get(name)
    fine = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LARGEST
    return value if fine else 0  # type: ignore[return-value]


def _number(told: dict[str, Any], name: str) -> float | None:
    value = told.get(name)
    # Compared before it is converted: a whole number may be larger than any float.
    fine = isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1e6
    return round(float(value), 1) if fine else None  # type: ignore[arg-type]


def _text(told: dict[str, Any], name: str, longest: int) -> str:
    """A word of our own pages; anything else is nothing."""
    value = told.get(name)
    return value if isinstance(value, str) and re.fullmatch(rf"[\w-]{{1,{longest}}}", value, re.ASCII) else ""

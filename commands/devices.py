"""`app.py devices`: walls and kiosks, let in, listed and revoked by an administrator of this machine; audited."""

from __future__ import annotations

import getpass
import sys

import click
from rich.console import Console
from rich.table import Table

from dashboard.formats import moment_label
from dashboard.settings import load_settings
from data.accounts import audit
from data.accounts.store import open_accounts
from data.clock import shanghai_now
from data.devices.device import Device, Devices, Exposure
from data.devices.reports import Report, Reports


@click.group()
def devices() -> None:
    """Walls and kiosks: which browsers are let in, what they show, when they were last seen."""


@devices.command("list")
def list_() -> None:
    """List all devices with what they said last."""
    kept, reports = _opened()
    told = {one.device_id: one for one in reports.newest(shanghai_now()) if one.device_id is not None}
    columns = (
        "id",
        "name",
        "kind",
        "shows",
        "last seen",
        "step",
        "scene",
        "version",
        "screen",
        "heap MB",
        "errors",
    )
    table = Table(*columns, "state", title="devices")
    for one in kept.all():
        state = f"revoked {moment_label(one.revoked_at)}" if one.revoked_at else ""
        table.add_row(str(one.id), one.name, one.kind, one.exposure, *_said(told.get(one.id)), state)
    # A pipe has no width of its own; nothing is cut for it.
    Console(width=None if sys.stdout.isatty() else 240).print(table)
    for waiting in kept.waiting(shanghai_now()):
        click.echo(f"waiting: {waiting.kind} at {waiting.address} shows {waiting.code}")


@devices.command()
@click.argument("code")
@click.option("--name", default="", help="where it stands; none: its kind")
@click.option(
    "--shows",
    "exposure",
    type=click.Choice(["reception", "internal"]),
    default="reception",
    show_default=True,
)
def enrol(code: str, name: str, exposure: Exposure) -> None:
    """Let the screen in that shows CODE."""
    kept, _ = _opened()

    def noted(new: Device) -> audit.Witness:
        return _noting("device_enrolled", f"{new.id} {new.kind} {new.exposure} {new.name}")

    made = kept.enrol(code, name, exposure, shanghai_now(), _who(), noted)
    click.echo(f"enrolled {made.id}: {made.kind}, {made.exposure}, {made.name}")


@devices.command()
@click.argument("device", type=int)
@click.argument("name")
def rename(device: int, name: str) -> None:
    """Call DEVICE otherwise."""
    kept, _ = _opened()
    kept.rename(device, name, _noting("device_renamed", f"{device} {name}"))


@devices.command()
@click.argument("device", type=int)
def revoke(device: int) -> None:
    """Let DEVICE in no more: its page becomes one with a code."""
    kept, _ = _opened()
    kept.revoke(device, shanghai_now(), _noting("device_revoked", str(device)))
    click.echo(f"revoked {device}")


def _opened() -> tuple[Devices, Reports]:
    engine = open_accounts(load_settings().accounts)
    kept = Devices(engine)
    kept.prepare()
    return kept, Reports(engine)


def _said(report: Report | None) -> tuple[str, ...]:
    if report is None:
        return ("never", "", "", "", "", "", "")
    heap = "" if report.heap_mb is None else f"{report.heap_mb:.0f}"
    size = f"{report.width} x {report.height}"
    return (
        moment_label(report.at), str(report.step), report.scene, report.version, size, heap, str(report.errors),
    )  # fmt: skip


def _noting(action: str, subject: str) -> audit.Witness:
    return audit.witness(shanghai_now(), None, action, subject=subject, login=_who())


def _who() -> str:
    return f"({getpass.getuser()})"

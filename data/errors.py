# ruff: noqa: N818 - the names say what happened; all of them end a run or a panel, none is a mere Error
"""Everything that can go wrong, as one tree; a driver's exception never leaves ``data``.

VanguardError
├── SourceError                    the operational database
│   ├── SourceUnreachable(url, reason)
│   ├── SourceUnsupported(engine, feature)
│   └── ContractBroken(table, column, reason)
├── ReadModelError                 the read model
│   ├── ReadModelUnreachable(url, reason)
│   ├── ReadModelNewer(found, known)
│   ├── ReadModelEmpty(url)
│   ├── DocumentMissing(name)      the public store holds no such document yet
│   ├── DocumentBehind(name)       it could not be made anew for the newest version
│   └── DocumentUnreadable(name, reason)   it is the document of another program version
├── AccountsError                  the side database of the leadership pages
│   ├── AccountsUnreachable(url, reason)
│   ├── AccountUnknown(login)
│   ├── AccountExists(login)
│   └── PasswordRefused(rule)
├── ProjectionBusy(holder)         another projector holds the lock
├── OutOfScope(what, reason)       a viewer asked for what is not theirs
├── ExportError                    a file to take away
│   ├── ExportRefused(reason)      not put into the queue
│   ├── ExportCancelled(job)       ended while it was being made
│   └── ExportFailed(reason)       could not be made, or not completely
├── WorkbenchError                 a step about a warning
│   ├── StepRefused(reason)
│   └── StepOvertaken(name)        somebody else took one first
├── DirectionError                 a command to the walls
│   ├── DirectionRefused(reason)
│   └── DirectionOvertaken(number) another command came first
├── DeviceError                    a wall or kiosk by its code or number
│   ├── CodeUnknown(code)          never shown, used or too old
│   └── DeviceUnknown(device)
├── StaleData(source, age, limit, true_at, reason)   a visit is not begun on it
├── SettingError(key, value, reason)
└── GeneratorError                 the synthetic district
    └── NotEmpty(url, table, rows)
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError


class VanguardError(Exception):
    """Root of all errors that a caller of ``data`` has to know."""


class SourceError(VanguardError):
    """The operational database cannot be used as it is."""


class SourceUnreachable(SourceError):
    """No connection to the operational database; ``url`` is kept without its password."""

    def __init__(self, url: str | URL, reason: str) -> None:
        self.url = without_password(url)
        self.reason = reason
        super().__init__(f"operational database {self.url} is unreachable: {reason}")


class SourceUnsupported(SourceError):
    """The engine of the operational database lacks something that was asked for."""

    def __init__(self, engine: str, feature: str) -> None:
        self.engine = engine
        self.feature = feature
        super().__init__(f"{engine}: {feature} is not available")


class ContractBroken(SourceError):
    """A table or column (None: the whole table) is not what the contract says."""

    def __init__(self, table: str, column: str | None, reason: str) -> None:
        self.table = table
        self.column = column
        self.reason = reason
        super().__init__(f"{table}.{column}: {reason}" if column else f"{table}: {reason}")


class ReadModelError(VanguardError):
    """The read model cannot be used as it is."""


class ReadModelUnreachable(ReadModelError):
    """No connection to the read model; ``url`` is kept without its password."""

    def __init__(self, url: str | URL, reason: str) -> None:
        self.url = without_password(url)
        self.reason = reason
        super().__init__(f"read model {self.url} is unreachable: {reason}")


class ReadModelNewer(ReadModelError):
    """The stored schema is newer than this program."""

    def __init__(self, found: int, known: int) -> None:
        self.found = found
        self.known = known
        super().__init__(f"read model has schema {found}, this program knows up to {known}")


class ReadModelEmpty(ReadModelError):
    """Nothing has been published yet."""

    def __init__(self, url: str | URL) -> None:
        self.url = without_password(url)
        super().__init__(f"read model {self.url} holds no published version yet")


class DocumentMissing(ReadModelError):
    """The public store holds no document of this name: not published yet, or not of this district."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"the public store holds no document {name!r}")


class DocumentBehind(ReadModelError):
    """A public document is older than the version: the publisher could not make it anew and logged why."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"public document {name!r} could not be made for the newest version")


class DocumentWithdrawn(ReadModelError):
    """The text of a public document was taken away; ``reason`` is one of ``data.public.withdrawal.Reason``."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.reason = reason
        super().__init__(f"public document {name!r} was withdrawn: {reason}")


class DocumentUnreadable(ReadModelError):
    """A public document is not of the type this program knows: its publisher is of another version."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.reason = reason
        super().__init__(f"public document {name!r} cannot be read: {reason}")


class AccountsError(VanguardError):
    """The accounts of the leadership pages cannot be used as asked."""


class AccountsUnreachable(AccountsError):
    """No connection to the accounts database; ``url`` is kept without its password."""

    def __init__(self, url: str | URL, reason: str) -> None:
        self.url = without_password(url)
        self.reason = reason
        super().__init__(f"accounts database {self.url} is unreachable: {reason}")


class AccountUnknown(AccountsError):
    """No account has this login."""

    def __init__(self, login: str) -> None:
        self.login = login
        super().__init__(f"no account {login!r}; `app.py users list` shows them")


class AccountExists(AccountsError):
    """Another account has this login already."""

    def __init__(self, login: str) -> None:
        self.login = login
        super().__init__(f"account {login!r} exists already")


class PasswordRefused(AccountsError):
    """A new password breaks a rule; ``rule`` is the sentence for the person who chose it."""

    def __init__(self, rule: str) -> None:
        self.rule = rule
        super().__init__(rule)


class ProjectionBusy(VanguardError):
    """Another projector is at work."""

    def __init__(self, holder: str) -> None:
        self.holder = holder
        super().__init__(f"another projector is running: {holder}")


class OutOfScope(VanguardError):
    """A viewer asked for something outside of what the account may see; what does not exist is answered alike."""

    def __init__(self, what: str, reason: str) -> None:
        self.what = what
        self.reason = reason
        super().__init__(f"{what} is out of scope: {reason}")


class ExportError(VanguardError):
    """A file to take away is not there; ``reason`` is in the words of the interface."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class ExportRefused(ExportError):
    """The order was not put into the queue."""


class ExportCancelled(ExportError):
    """The job was cancelled or given to another worker while it ran."""

    def __init__(self, job: str) -> None:
        self.job = job
        super().__init__("已取消")


class ExportFailed(ExportError):
    """The file could not be made, or not completely; a part of it is never handed out."""


class WorkbenchError(VanguardError):
    """A step about a warning was not taken."""


class StepRefused(WorkbenchError):
    """It cannot be taken; ``reason`` is in the words of the interface."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class StepOvertaken(WorkbenchError):
    """Somebody took another step after what the viewer had seen; ``name`` is that of the account."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"{name} was faster")


class DirectionError(VanguardError):
    """A command to the walls was not taken."""


class DirectionRefused(DirectionError):
    """It cannot be taken; ``reason`` is in the words of the interface."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class DirectionOvertaken(DirectionError):
    """Another command has this number already; what holds now is to be read again."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"command {number} was given by somebody else")


class DeviceError(VanguardError):
    """A wall or kiosk cannot be reached as asked."""


class CodeUnknown(DeviceError):
    """No screen shows this code, or not any more."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"no screen shows the code {code!r}, or it is older than a quarter of an hour")


class DeviceUnknown(DeviceError):
    """No device has this number."""

    def __init__(self, device: int) -> None:
        self.device = device
        super().__init__(f"no device {device}; `app.py devices list` shows them")


class StaleData(VanguardError):
    """The data are older than what is begun with them allows; ``true_at`` is when their source last answered."""

    def __init__(
        self, source: str, age: timedelta, limit: timedelta, true_at: datetime, reason: str = ""
    ) -> None:
        self.source = source
        self.age = age
        self.limit = limit
        self.true_at = true_at
        self.reason = reason
        last = f"last answered {true_at:%Y-%m-%d %H:%M}"
        ages = f"{_whole_minutes(age)} ago, at most {_whole_minutes(limit)} are allowed"
        super().__init__(f"data are stale: {source} {last}, {ages}{f' ({reason})' if reason else ''}")


class SettingError(VanguardError):
    """A setting, profile or environment variable has a value that cannot be used."""

    def __init__(self, key: str, value: object, reason: str) -> None:
        self.key = key
        self.value = value
        self.reason = reason
        super().__init__(f"{key}={value!r}: {reason}")


class GeneratorError(VanguardError):
    """The synthetic district cannot be written."""


class NotEmpty(GeneratorError):
    """The database holds rows, or a table of somebody else (``rows`` 0), and was not to be written to."""

    def __init__(self, url: str | URL, table: str, rows: int) -> None:
        self.url = without_password(url)
        self.table = table
        self.rows = rows
        found = f"{table} holds {rows} rows (--force overwrites them)"
        foreign = f"table {table} is not of the contract (--force writes beside it)"
        super().__init__(f"{self.url} is not empty: {found if rows else foreign}")


def _whole_minutes(age: timedelta) -> str:
    """An age as 3 d 2 h, 2 h 47 min, 47 min or 10 s."""
    seconds = int(age.total_seconds())
    if seconds < 60:
        return f"{seconds} s"
    days, hours, minutes = seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def without_password(url: str | URL) -> str:
    """The database URL as it may be shown or logged."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "(unreadable database URL)"

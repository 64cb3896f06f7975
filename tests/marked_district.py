"""A whole served leadership application over a random district whose every name and personal text is unmistakable.

A mark names the organisation or the row it stands in: whatever an answer holds can be traced to whom it is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from dash import Dash

from callbacks.application import create_app
from callbacks.direction.stores import direction_stores
from callbacks.leadership.application import Leadership
from callbacks.leadership.export_service import ExportPlace
from dashboard.profile import load_profile
from data.accounts import account, sessions
from data.accounts.store import open_accounts
from data.contract import METADATA
from data.persons.reading import StoredMemberFiles
from data.projection.member_reports import write_closed_months
from data.projection.trace.evidence import Evidence
from data.viewer import Role, Viewer
from data.workbench.workbench import Workbench
from tests.browser.served_wall import TrialSettings
from tests.leadership_server import CALLBACK, OWN, TrialAccess
from tests.naive.district import District
from tests.naive.life import random_district
from tests.naive.projected import in_memory, new_source, new_store, projector
from tests.public_store import public_of

ORGANISATION = re.compile(r"◆(\d+)◆")
PERSON = re.compile(r"◇(\w+?)\.(\w+?)\.(\d+)◇")
# Amounts of one member's dues, larger than any sum of counts.
AMOUNT = 876543.21
_MARKED_LENGTH = 24


def mark(district: District) -> None:
    """Give every organisation its own name, every personal text and amount its own mark."""
    for row in district.rows["organizations"]:
        row["name"] = row["short_name"] = f"支部◆{row['org_id']}◆"
    for name, rows in district.rows.items():
        table = METADATA.tables[name]
        for column in table.columns:
            if not column.info.get("personal"):
                continue
            for number, row in enumerate(rows):
                if column.name in row and row[column.name] is not None:
                    row[column.name] = _marked(column, row[column.name], f"◇{name}.{column.name}.{number}◇")


def _marked(column: sa.Column[Any], value: Any, text: str) -> Any:
    """Codes, dates and references stay: they are the shape of the data and not a text about somebody."""
    if column.name in ("amount", "payable_amount") and isinstance(column.type, sa.Numeric):
        return AMOUNT if value else value
    free = (
        isinstance(column.type, sa.String)
        and not column.info.get("enum")
        and not column.info.get("references")
    )
    long = free and (column.type.length or _MARKED_LENGTH) >= _MARKED_LENGTH  # type: ignore[attr-defined]
    return text[: column.type.length] if long else value  # type: ignore[attr-defined]


@dataclass(eq=False)
class Marked:
    """The application, its accounts (one per role and root) and the district it shows."""

    district: District
    app: Dash
    accounts: sa.Engine
    store: sa.Engine
    public: sa.Engine

    def viewer(self, role: Role, org_id: int) -> Viewer:
        """An account of this role and subtree, made when it is first asked for."""
        login = f"{role}-{org_id}"
        known = {one.viewer.login: one.viewer for one in account.all_accounts(self.accounts)}
        if login in known:
            return known[login]
        made = account.add(
            self.accounts, login, "某某", role, org_id, None, self.district.now, must_change=False
        )
        return made.viewer

    def client(self, viewer: Viewer | None) -> Any:
        """A browser of this viewer, None nobody's."""
        client = self.app.server.test_client()
        if viewer is not None:
            token = sessions.begin(self.accounts, viewer.account_id, "password", self.district.now)
            client.set_cookie("vanguard_session", token)
        return client

    def subtree(self, org_id: int) -> set[int]:
        """Organisations below this one as the read model has them, itself included."""
        with self.store.connect() as connection:
            rows = connection.exec_driver_sql("SELECT org_id, position, subtree_end FROM nodes").all()
        own = next(row for row in rows if row.org_id == org_id)
        return {row.org_id for row in rows if own.position <= row.position < own.subtree_end}


def call(client: Any, body: dict[str, Any]) -> Any:
    """A callback request as a page of one's own would send it."""
    return client.post(CALLBACK, json=body, headers=OWN)


def marked(
    folder: Path,
    seed: int,
    *,
    served: bool = False,
    alter: Callable[[District], None] = lambda district: None,
    wall: TrialSettings = TrialSettings(),  # noqa: B008 - frozen
) -> Iterator[Marked]:
    """The application while it is used; ``served`` puts its databases into files, which several threads may read;
    ``alter`` changes the marked rows before they are projected."""
    district = random_district(seed)
    mark(district)
    alter(district)
    source, store, restricted = new_source(district.rows), new_store(), in_memory()
    projector(source, store, lambda: district.now).run()
    profile = load_profile("haishu")
    write_closed_months(source, restricted, profile.catalogue, district.now)
    if served:
        source, store, restricted = (
            _in_file(engine, folder / f"{name}.db")
            for engine, name in ((source, "operational"), (store, "readmodel"), (restricted, "members"))
        )
    accounts = open_accounts(f"sqlite:///{folder / 'accounts.db'}")

    def witness(*_: Any, **__: Any) -> None:
        """Looks are counted by tests of their own."""

    def clock() -> Any:
        return district.now

    workbench = Workbench(accounts, clock)
    workbench.prepare()
    services = {
        "evidence": Evidence(source, clock, witness),
        "members": StoredMemberFiles(source, restricted, clock, witness),
        "workbench": workbench,
    }
    leadership = Leadership(
        accounts, TrialAccess(), services, ExportPlace(folder / "files", "127.0.0.1", 1),
        direction_stores(accounts),
    )  # fmt: skip
    public = public_of(store, profile, clock, folder if served else None)
    app = create_app(store, wall, profile, clock, leadership=leadership, public=public)
    yield Marked(district, app, accounts, store, public)
    for engine in (accounts, source, store, restricted):
        engine.dispose()


def _in_file(engine: sa.Engine, file: Path) -> sa.Engine:
    """The same database on disk."""
    connection = engine.raw_connection()
    file.write_bytes(connection.driver_connection.serialize())  # type: ignore[union-attr]
    connection.close()
    engine.dispose()
    return sa.create_engine(f"sqlite:///{file}")

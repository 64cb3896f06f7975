"""A served leadership application that exports: real pages, the real gate, the server's own browser."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from waitress.server import create_server

from callbacks.application import create_app
from callbacks.leadership import application
from callbacks.leadership.application import Leadership
from callbacks.leadership.export_service import ExportPlace
from callbacks.leadership.exports import Exports
from dashboard.leadership.pages import cockpit
from dashboard.leadership.parts import Column, Figure, Number, Numbers, Part, Table
from dashboard.profile import load_profile
from data.accounts import account, sessions
from data.accounts.store import open_accounts
from data.exports.jobs import Job, Order
from data.viewer import Viewer
from tests.browser.served_wall import TrialSettings
from tests.readmodel_district import NOW, fill

ROWS = [{"org_id": 1000 + n, "name": f"西门街道第{n}党支部", "members": n} for n in range(1, 61)]
FIGURE = go.Figure(go.Bar(x=["段塘", "石碶"], y=[3, 5]), layout={"height": 260})
COLUMNS = (Column("name", "党支部", grows=True), Column("members", "党员数", "integer"))
PARTS: tuple[Part, ...] = (
    Numbers("figures", "长期概况", numbers=[Number("党员总数", 47411, unit="人")]),
    Figure("rate", "各镇街参与率", figure=FIGURE, describes="两个镇街", span=6),
    Table("branches", "所属支部", columns=COLUMNS, rows=ROWS),
)


@dataclass(frozen=True)
class TrialLeadership:
    """Settings of accounts on trial."""

    session_idle_minutes: int = 30
    session_hours: int = 12
    trust_proxy: bool = False
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_label: str = ""


@dataclass
class Trial:
    """A served application with one viewer of the district; ``parts`` is what the cockpit shows."""

    folder: Path
    accounts: sa.Engine
    viewer: Viewer
    client: FlaskClient
    exports: Exports
    parts: list[Part] = field(default_factory=list)

    def made(self, kind: str, part: str = "", page: str = "cockpit") -> tuple[Job, bytes]:
        """An export, made at once by this thread; the job with its file or nothing."""
        order = Order(kind, f"/leadership/{page}?month=2026-10", "总览 · 海曙区委", part)
        job = self.exports.jobs.add(self.viewer, order)
        assert self.exports.worker.run_one()
        ended = self.exports.jobs.one(self.viewer, job.id)
        assert ended is not None
        file = self.exports.worker.file(ended)
        return ended, file.read_bytes() if file else b""


@contextmanager
def served(folder: Path) -> Iterator[Trial]:
    """A trial whose files and databases are in a folder."""
    engine = sa.create_engine(f"sqlite:///{folder / 'readmodel.db'}", poolclass=sa.NullPool)
    fill(engine, branches=60, towns=3, months=14)
    accounts = open_accounts(f"sqlite:///{folder / 'accounts.db'}")
    own = account.add(
        accounts, "zuzhibu", "组织部", "district_org_dept", 1000, None, NOW, must_change=False
    ).viewer
    kept: list[Exports] = []
    with pytest.MonkeyPatch.context() as patched, socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
        make = application.exports_of
        patched.setattr(application, "exports_of", lambda *given: kept.append(make(*given)) or kept[0])
        settings: Any = TrialLeadership()
        leadership = Leadership(accounts, settings, {}, ExportPlace(folder / "files", "0.0.0.0", port))
        wall = TrialSettings(wall_mode="wall_internal")
        app = create_app(engine, wall, load_profile("haishu"), lambda: NOW, leadership=leadership)
    client = app.server.test_client()
    client.set_cookie("vanguard_session", sessions.begin(accounts, own.account_id, "password", NOW))
    found = Trial(folder, accounts, own, client, kept[0], list(PARTS))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(cockpit, "build", lambda reader, asked: tuple(found.parts))
        patched.setattr("callbacks.leadership.pages.Pages._parts", lambda self, page, r, a: page.build(r, a))
        server = create_server(app.server, host="127.0.0.1", port=port, threads=6)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield found
        server.close()
        thread.join(10)
    found.exports.chromium.close()
    accounts.dispose()
    engine.dispose()

"""The leadership pages of a small generated district, served whole: gate, evidence, files, workbench, exports."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from waitress.server import create_server

from callbacks.application import create_app
from commands.demo_accounts import ensure_demo_accounts
from commands.serving import leadership_of
from dashboard.profile import load_profile
from dashboard.settings import Settings, load_settings
from data.accounts import account, sessions
from data.accounts.store import open_accounts
from data.clock import Clock
from data.demo.generate import generate
from data.demo.haishu import haishu_spec
from data.engine import open_engine
from data.projection.projector import Projector
from data.readmodel.store import prepare
from data.readmodel.viewer import open_viewer
from tests.browser.browser import Browser
from tests.naive.projected import profile_district
from tests.public_store import public_of

NOW = datetime(2026, 11, 18, 14, 30)


@dataclass
class Leading:
    """A server of its own and what it reads."""

    url: str
    settings: Settings
    accounts: sa.Engine
    source: sa.Engine
    projector: Projector

    def log_in(self, browser: Browser, login: str, now: datetime = NOW) -> None:
        """Give the browser a session of one of the demo accounts, without its form."""
        who = account.one(self.accounts, login).viewer
        token = sessions.begin(self.accounts, who.account_id, "password", now)
        self.log_out(browser)
        browser.driver.add_cookie({"name": "vanguard_session", "value": token, "path": "/"})

    def log_out(self, browser: Browser) -> None:
        """Take every session of this server from the browser."""
        browser.driver.get(f"{self.url}/leadership/assets/00-tokens.css")
        browser.driver.delete_all_cookies()

    def open(self, browser: Browser, page: str, width: int = 1366, height: int = 900) -> None:
        """Open a page and wait until it is complete."""
        browser.resize(width, height)
        browser.driver.get(f"{self.url}/leadership/{page}")
        self.until_ready(browser)

    def until_ready(self, browser: Browser, patience_s: float = 30) -> None:
        """Wait until the page of the address bar is complete."""
        at = "document.documentElement.dataset.ready === location.pathname + location.search"
        browser.until(lambda: browser.run(f"return {at}"), "the page is complete", patience_s)

    def org(self, login: str) -> int:
        """The organisation an account stands for."""
        return account.one(self.accounts, login).viewer.org_id


@contextmanager
def leading(folder: Path, clock: Clock = lambda: NOW, **more: object) -> Iterator[Leading]:
    """The server while it is used; ``folder`` takes all its databases, ``more`` are settings."""
    settings = load_settings(data_dir=folder, port=1, **more)
    (folder / settings.district).mkdir()
    source, store = open_engine(settings.operational), open_engine(settings.read_model)
    generate(source, haishu_spec().scaled(towns=3, branches=40, members=600, months=14), now=NOW, seed=7)
    prepare(store)
    made = Projector(source, store, profile_district(), lambda: NOW, is_demo=lambda: True)
    assert made.lease.acquire()
    made.run()
    ensure_demo_accounts(settings, lambda: NOW)
    engine = open_viewer(settings.read_model)
    parts = leadership_of(settings, clock)
    profile = load_profile(settings.district)
    public = public_of(engine, profile, lambda: NOW, folder)
    app = create_app(engine, settings, profile, clock, leadership=parts, public=public)
    server = create_server(app.server, host="127.0.0.1", port=0, threads=6)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    accounts = open_accounts(settings.accounts)
    yield Leading(f"http://127.0.0.1:{server.effective_port}", settings, accounts, source, made)
    server.close()
    thread.join(10)
    for one in (source, store, accounts, engine):
        one.dispose()

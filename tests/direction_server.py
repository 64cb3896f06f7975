"""A server with a director whose clock a test moves, and what its browsers send and are told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask.testing import FlaskClient

from callbacks.application import create_app
from callbacks.direction.stores import DirectionStores, direction_stores
from callbacks.leadership.application import Leadership
from dashboard.profile import load_profile
from data.accounts import account, sessions
from data.accounts.store import open_accounts
from data.readmodel.schema import versions
from tests.browser.served_wall import TrialSettings
from tests.leadership_server import TrialAccess
from tests.naive.projected import in_memory
from tests.public_store import public_of
from tests.readmodel_district import NOW, fill

OWN = {"Sec-Fetch-Site": "same-origin"}
COOKIE = "vanguard_session"


class Trial:
    """A server with accounts whose clock a test moves, over simulated data or over data as if they were real."""

    def __init__(self, folder: Path, *, is_demo: bool = True, **settings: Any) -> None:
        self.now = NOW
        engine = in_memory()
        fill(engine, towns=3, months=3, branches=30)
        with engine.begin() as connection:
            connection.execute(sa.update(versions).values(is_demo=is_demo))
        self.accounts = open_accounts(f"sqlite:///{folder}/accounts.db")
        self.stores: DirectionStores = direction_stores(self.accounts)
        profile = load_profile("haishu")
        access: Any = TrialAccess()
        leadership = Leadership(self.accounts, access, direction=self.stores)
        chosen = TrialSettings(**({"wall_mode": None, "devices": "auto"} | settings))
        self.public = public_of(engine, profile, lambda: NOW, folder)
        app = create_app(engine, chosen, profile, lambda: self.now, leadership=leadership, public=self.public)
        self.server = app.server

    def client(self, role: str = "") -> FlaskClient:
        """A browser, of an account of this role if one is named."""
        client: FlaskClient = self.server.test_client()
        if role:
            known: Any = role
            made = account.add(self.accounts, role, role, known, 1, None, NOW, must_change=False)
            client.set_cookie(COOKIE, sessions.begin(self.accounts, made.id, "password", NOW))
        return client

    def enrolled(self, exposure: Any, path: str = "/wall") -> FlaskClient:
        """A browser that was let in by its code."""
        client: FlaskClient = self.server.test_client()
        self.stores.devices.enrol(code_of(client.get(path).text), exposure, exposure, self.now, "operator")
        return client


def code_of(page: str) -> str:
    return "".join(re.findall(r"\d", page.split('class="code">')[1].split("</p>")[0]))


def told(client: FlaskClient, path: str) -> Any:
    """The JSON that is answered."""
    return client.get(path).json


def order(client: FlaskClient, action: str, **more: Any) -> Any:
    number = told(client, "/director/state")["number"]
    return client.post("/director/command", json={"number": number, "action": action} | more, headers=OWN)

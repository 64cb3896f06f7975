"""A server with the gate, the login pages and one page behind them, over accounts in a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import Flask, request
from flask.testing import FlaskClient
from pydantic import SecretStr
from werkzeug.test import TestResponse

from callbacks.leadership import gate, login, oidc
from data.accounts import account
from data.accounts.store import open_accounts
from layouts.leadership.login_page import House

NOW = datetime(2026, 11, 20, 9, 0)
PASSWORD = "correct horse battery"
# What a browser sends along with a form or a callback of a page of the same server.
OWN = {"Sec-Fetch-Site": "same-origin"}
CALLBACK = "/leadership/_dash-update-component"


@dataclass(frozen=True)
class TrialAccess:
    """Settings of access as they are without any."""

    session_idle_minutes: int = 30
    session_hours: int = 12
    trust_proxy: bool = False
    oidc_issuer: str = ""
    oidc_client_id: str = "wall"
    oidc_client_secret: SecretStr = field(default_factory=lambda: SecretStr(""))
    oidc_label: str = "统一身份认证登录"
    oidc_login_claim: str = "preferred_username"


@dataclass
class TrialServer:
    """The server, its accounts and a clock that a test moves."""

    folder: Path
    settings: TrialAccess = field(default_factory=TrialAccess)
    is_demo: bool = False
    now: datetime = NOW

    def __post_init__(self) -> None:
        self.accounts: sa.Engine = open_accounts(f"sqlite:///{self.folder / 'accounts.db'}")
        self.flask = Flask("trial")
        gate.register(self.flask, self.accounts, lambda: self.now, self.settings)
        login.register(self.flask, self.house, self.settings.oidc_label if self.settings.oidc_issuer else "")
        oidc.register(self.flask, self.house, self.settings)
        self.flask.add_url_rule("/leadership/<path:page>", "page", self.page, methods=["GET", "POST"])
        self.flask.add_url_rule("/leadership/", "first", self.page)
        self.flask.add_url_rule("/wall", "wall", lambda: "wall")
        account.add(self.accounts, "chen", "组织部", "district_org_dept", 1, PASSWORD, NOW, must_change=False)
        account.add(self.accounts, "first", "新账号", "committee_admin", 20, PASSWORD, NOW)

    def house(self) -> House:
        return House("海曙智慧党建", "区委组织部", self.is_demo)

    def page(self, page: str = "") -> str:
        """What stands behind the gate: says who looks."""
        return f"{request.method} {page} {gate.viewer().login}"

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)


def token_of(page: TestResponse) -> str:
    """The hidden field of a form."""
    return page.text.split('name="csrf" value="')[1].split('"')[0]


def log_in(
    client: FlaskClient, name: str = "chen", password: str = PASSWORD, target: str = ""
) -> TestResponse:
    """Open the login page and send its form."""
    form = client.get("/leadership/login", query_string={"next": target})
    typed = {"csrf": token_of(form), "login": name, "password": password, "next": target}
    return client.post("/leadership/login", data=typed, headers=OWN)

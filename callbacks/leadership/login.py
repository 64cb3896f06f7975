"""Logging in and out, and changing the password: plain pages and forms."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, abort, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from callbacks.leadership.gate import (
    BASE,
    COOKIE,
    LOGIN,
    LOGOUT,
    OIDC,
    PASSWORD,
    address,
    csrf_token,
    gate,
    is_csrf_token,
    own_target,
)
from dashboard.formats import moment_label
from data.accounts import demo, sessions
from data.accounts.login import Attempt, Change, Refused, change_password, log_in, log_out
from data.accounts.passwords import SHORTEST
from data.errors import PasswordRefused
from layouts.leadership.login_page import (
    FILES,
    DemoLogin,
    House,
    LoginForm,
    PasswordForm,
    leave_html,
    login_html,
    password_html,
)

# Of the browser before it has a session: what the hidden field of the login form is bound to.
FORM_COOKIE = "vanguard_form"
WRONG = "用户名或密码不正确"
STALE = "页面打开得太久，请再试一次"
NOTICES = {"expired": "登录已超时，请重新登录。", "out": "已退出登录。"}
_ASSETS = Path(__file__).parents[2] / "assets_login"
_FILES = {"login.css": "text/css", "login.js": "text/javascript"}


def register(server: Flask, house: Callable[[], House], sso_label: str = "") -> None:
    """Add the pages; the gate stands before. ``sso_label`` is empty without single sign-on."""
    views = _Views(house, sso_label)
    server.add_url_rule(LOGIN, "leadership_login", views.login, methods=["GET", "POST"])
    server.add_url_rule(PASSWORD, "leadership_password", views.password, methods=["GET", "POST"])
    server.add_url_rule(LOGOUT, "leadership_logout", views.logout, methods=["GET", "POST"])
    server.add_url_rule(f"{FILES}<name>", "leadership_login_files", _file)


def let_in(token: str, target: str) -> AnyResponse:
    """The way on after a login: the session's cookie set anew, the one that was brought along ended."""
    here = gate()
    if brought := request.cookies.get(COOKIE):
        sessions.end(here.accounts, brought, here.clock())
    answer = redirect(target, 303)
    # Without an age: the cookie goes when the browser is closed. For all paths: the director's tablet looks at walls.
    answer.set_cookie(COOKIE, token, path="/", httponly=True, samesite="Lax", secure=request.is_secure)
    return answer


class _Views:
    """The pages of one house."""

    def __init__(self, house: Callable[[], House], sso_label: str) -> None:
        self.house = house
        self.sso_label = sso_label

    def login(self) -> AnyResponse:
        """Shows the form, or tries what was typed."""
        target = own_target(request.values.get("next", ""))
        return self._try(target) if request.method == "POST" else self._ask(target)

    def _ask(self, target: str) -> AnyResponse:
        here = gate()
        token = request.cookies.get(COOKIE, "")
        if sessions.viewer_of(here.accounts, token, here.clock(), here.limits) is not None:
            return redirect(target)
        return self._form(target, notice=NOTICES.get(request.args.get("why", ""), ""))

    def _try(self, target: str) -> AnyResponse:
        login = request.form.get("login", "")[:64]
        secret = request.cookies.get(FORM_COOKIE, "")
        if not secret or not is_csrf_token(request.form.get("csrf", ""), secret):
            return self._form(target, login=login, error=STALE, status=400)
        here = gate()
        password, demo_allowed = request.form.get("password", ""), self.house().is_demo
        found = log_in(here.accounts, Attempt(login, password, here.clock(), address(), demo_allowed))
        if isinstance(found, Refused):
            status = 401 if found.locked_until is None else 429
            return self._form(target, login=login, error=why_refused(found), status=status)
        answer = let_in(found.token, target)
        answer.delete_cookie(FORM_COOKIE, path=LOGIN)
        return answer

    def _form(
        self, target: str, *, login: str = "", error: str = "", notice: str = "", status: int = 200
    ) -> AnyResponse:
        house = self.house()
        secret = request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(24)
        form = LoginForm(
            action=LOGIN,
            csrf=csrf_token(secret),
            target=target,
            login=login,
            error=error,
            notice=notice,
            sso=(f"{OIDC}start?next={quote(target, safe='/')}", self.sso_label) if self.sso_label else None,
            demo=_demo_logins() if house.is_demo else (),
        )
        answer = _html(login_html(house, form), status)
        answer.set_cookie(
            FORM_COOKIE, secret, path=LOGIN, httponly=True, samesite="Strict", secure=request.is_secure
        )
        return answer

    def password(self) -> AnyResponse:
        """Shows the form for a new password, or stores it and goes on with a new session."""
        target = own_target(request.values.get("next", ""))
        if request.method == "GET":
            return self._password_form(target)
        here, typed = gate(), request.form
        change = Change(typed.get("current", ""), typed.get("new", ""), typed.get("repeated", ""))
        try:
            token = change_password(here.accounts, g.session.viewer, change, here.clock(), address())
        except PasswordRefused as refused:
            return self._password_form(target, error=refused.rule, wrong="new", status=422)
        if isinstance(token, Refused):
            error = "当前密码不正确" if token.locked_until is None else why_refused(token)
            return self._password_form(target, error=error, status=422)
        return let_in(token, target)

    def _password_form(
        self, target: str, *, error: str = "", wrong: str = "current", status: int = 200
    ) -> AnyResponse:
        form = PasswordForm(
            action=PASSWORD,
            csrf=csrf_token(),
            target=target,
            login=g.session.viewer.login,
            shortest=SHORTEST,
            first=g.session.must_change,
            error=error,
            wrong=wrong,
        )
        return _html(password_html(self.house(), form), status)

    def logout(self) -> AnyResponse:
        """Ends the session; a link of another site is asked about first."""
        if request.method == "GET" and not _from_own_link():
            return _html(leave_html(self.house(), LOGOUT, csrf_token(), f"{BASE}/"), 200)
        here = gate()
        log_out(here.accounts, g.session.viewer, request.cookies[COOKIE], here.clock(), address())
        answer = redirect(f"{LOGIN}?why=out", 303)
        answer.delete_cookie(COOKIE, path="/")
        return answer


def why_refused(refused: Refused) -> str:
    """The one answer to a wrong login, or until when it is locked."""
    until: datetime | None = refused.locked_until
    if until is None:
        return WRONG
    return f"失败次数过多，已暂时锁定，{moment_label(until)} 后可再试"


def _demo_logins() -> list[DemoLogin]:
    return [DemoLogin(one.login, one.name, demo.DEMO_PASSWORD) for one in demo.offered(gate().accounts)]


def _from_own_link() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return (request.referrer or "").startswith(request.host_url)


def _html(page: str, status: int) -> Response:
    return Response(page, status=status, mimetype="text/html")


def _file(name: str) -> Response:
    if name not in _FILES:
        abort(404)
    response = Response((_ASSETS / name).read_bytes(), mimetype=_FILES[name])
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response

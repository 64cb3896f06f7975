"""The gate of the leadership pages: nothing under /leadership is answered without a living session.

A request that changes something must come from our own pages: a form by its token, a callback by its content type
and the browser's word for where it comes from.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import timedelta
from typing import Protocol, cast
from urllib.parse import quote, urlsplit

import sqlalchemy as sa
from flask import Flask, Response, abort, current_app, g, jsonify, redirect, request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response as AnyResponse

from data.accounts import audit
from data.accounts.sessions import Limits, Session, session_of
from data.clock import Clock
from data.errors import AccountsUnreachable
from data.viewer import Viewer

BASE = "/leadership"
COOKIE = "vanguard_session"
LOGIN, PASSWORD, LOGOUT, OIDC = f"{BASE}/login", f"{BASE}/password", f"{BASE}/logout", f"{BASE}/oidc/"
# What a login page needs before there is a session; files only, the same for everybody.
_FILES = (f"{BASE}/assets/", f"{BASE}/_dash-component-suites/", f"{BASE}/_favicon.ico", f"{LOGIN}/")
# Whatever a page asks for by itself, without a hand of the person: it keeps no session alive. Such a callback has only
# inputs whose component id begins so.
AUTOMATIC = "auto-"
_EXTENSION = "vanguard_gate"
_PATH = re.compile(r"/leadership(/[\w\-./]*)?(\?[^\s\\#]*)?")


class GateSettings(Protocol):
    """What the gate needs of the settings."""

    @property
    def session_idle_minutes(self) -> int:
        """Minutes without an act of the person after which a session ends."""

    @property
    def session_hours(self) -> int:
        """Hours after which a session ends in any case."""

    @property
    def trust_proxy(self) -> bool:
        """Whether X-Forwarded-For, -Proto and -Host come from a reverse proxy of one's own."""


class Gate:
    """What the gate of one server works with."""

    def __init__(self, accounts: sa.Engine, clock: Clock, limits: Limits) -> None:
        self.accounts = accounts
        self.clock = clock
        self.limits = limits


def register(server: Flask, accounts_engine: sa.Engine, clock: Clock, settings: GateSettings) -> None:
    """Put the gate before every path under /leadership; to be called before any other route is registered."""
    limits = Limits(timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours))
    server.extensions[_EXTENSION] = Gate(accounts_engine, clock, limits)
    if settings.trust_proxy:
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    server.before_request(_admit)
    server.after_request(_protect)


def gate() -> Gate:
    """The gate of the server that answers this request."""
    return cast(Gate, current_app.extensions[_EXTENSION])


def viewer() -> Viewer:
    """Who looks; ends the request with 401 where nobody is logged in."""
    found: Viewer | None = g.get("viewer")
    if found is None:
        abort(401)
    return found


def note(
    action: str,
    *,
    page: str = "",
    org_id: int | None = None,
    subject: str = "",
    reason: str = "",
    outcome: str = "ok",
) -> None:
    """Add a line to the audit about what the viewer of this request does. Raises AccountsUnreachable."""
    here = gate()
    audit.record(
        here.accounts,
        here.clock(),
        viewer(),
        action,
        page=page,
        org_id=org_id,
        subject=subject,
        reason=reason,
        outcome=outcome,
        address=address(),
    )


def note_page(page: str, org_id: int | None) -> None:
    """Add a page view to the audit; for the callback that shows a page, once per page and organisation shown."""
    note("page", page=page, org_id=org_id)


def address() -> str:
    """Where the request comes from, as far as the server knows."""
    return (request.remote_addr or "")[:45]


def csrf_token(secret: str | None = None) -> str:
    """The hidden field ``csrf`` of a form: bound to the session's cookie, or to another secret of the browser."""
    key = request.cookies.get(COOKIE, "") if secret is None else secret
    return hmac.new(key.encode("utf-8", "replace"), b"form", hashlib.sha256).hexdigest()


def is_csrf_token(given: str, secret: str | None = None) -> bool:
    """Whether a form brought the token it was given."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), csrf_token(secret).encode())


def own_target(asked: str) -> str:
    """A page to go to after login: the path asked for if it is one of ours, else the first page."""
    first = f"{BASE}/"
    fine = len(asked) <= 500 and _PATH.fullmatch(asked) and "//" not in asked and ".." not in asked
    if not fine or asked.partition("?")[0].startswith((LOGIN, PASSWORD, LOGOUT, OIDC)):
        return first
    return first if asked == BASE else asked


def _admit() -> AnyResponse | None:
    path = request.path
    if path != BASE and not path.startswith(f"{BASE}/"):
        return None
    if path.startswith(_FILES) and request.method in ("GET", "HEAD"):
        return None
    if request.method not in ("GET", "HEAD", "OPTIONS") and not _from_own_page():
        return _refused("cross-site", 403)
    if path == LOGIN or path.startswith(OIDC):
        return None
    try:
        found = _session()
    except AccountsUnreachable:
        return _refused("accounts-unreachable", 503)
    if found is None:
        return _to_login()
    if found.must_change:
        g.session = found
        return None if path in (PASSWORD, LOGOUT) else _to_password()
    g.session, g.viewer = found, found.viewer
    return None


def _session() -> Session | None:
    here = gate()
    token = request.cookies.get(COOKIE, "")
    return session_of(here.accounts, token, here.clock(), here.limits, acts=not _is_automatic())


def _is_automatic() -> bool:
    """Whether a callback was fired by the page itself; what the browser claims can only shorten its own session."""
    if request.method != "POST" or not request.is_json:
        return False
    body = request.get_json(silent=True)
    changed = body.get("changedPropIds") if isinstance(body, dict) else None
    return (
        bool(changed)
        and isinstance(changed, list)
        and all(str(name).startswith(AUTOMATIC) for name in changed)
    )


def _from_own_page() -> bool:
    """Whether the browser says that one of our own pages sent this; a form needs its token as well."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        own = site == "same-origin"
    else:
        own = origin is not None and urlsplit(origin)[:2] == urlsplit(request.host_url)[:2]
    if not own:
        return False
    if request.mimetype == "application/json":
        return True
    # The login page has no session yet; its own view checks the token.
    return request.path == LOGIN or is_csrf_token(request.form.get("csrf", ""))


def _wants_page() -> bool:
    return (
        request.method in ("GET", "HEAD") and not request.path.startswith(f"{BASE}/_") and not request.is_json
    )


def _to_login() -> AnyResponse:
    if not _wants_page():
        return _json("login", LOGIN, 401)
    target = own_target(request.full_path.rstrip("?"))
    expired = "&why=expired" if request.cookies.get(COOKIE) else ""
    return redirect(f"{LOGIN}?next={quote(target, safe='/')}{expired}")


def _to_password() -> AnyResponse:
    return redirect(PASSWORD) if _wants_page() else _json("password", PASSWORD, 401)


def _json(reason: str, go: str, status: int) -> Response:
    answer = jsonify(reason=reason, go=go)
    answer.status_code = status
    return answer


def _refused(reason: str, status: int) -> Response:
    answer = jsonify(reason=reason)
    answer.status_code = status
    return answer


def _protect(response: Response) -> Response:
    """Nothing behind the gate is kept by a browser or shown inside another site."""
    path = request.path
    if path == BASE or path.startswith(f"{BASE}/"):
        response.headers["X-Frame-Options"] = "DENY"
        if not path.startswith(_FILES):
            response.headers["Cache-Control"] = "no-store"
    return response

"""The gate of the leadership pages and the director: nothing below them is answered without a living session.

A request that changes something must come from our own pages: a form by its token, a callback by its content type
and the browser's word for where it comes from.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
from datetime import timedelta
from typing import Protocol, cast
from urllib.parse import quote, urlsplit

import sqlalchemy as sa
from flask import Flask, Response, abort, current_app, g, jsonify, redirect, request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response as AnyResponse

from callbacks.sent import sent_json
from dashboard.leadership import ids
from dashboard.leadership.export.printing import COOKIE as PRINT_COOKIE
from data.accounts import audit
from data.accounts.sessions import Limits, Session, session_of
from data.clock import Clock
from data.errors import AccountsUnreachable
from data.exports.print_rights import PrintRights
from data.viewer import Viewer
from layouts.leadership.login_page import FILES, House, refused_html

LOG = logging.getLogger(__name__)
BASE = "/leadership"
DIRECTOR = "/director"
COOKIE = "vanguard_session"
LOGIN, PASSWORD, LOGOUT, OIDC = f"{BASE}/login", f"{BASE}/password", f"{BASE}/logout", f"{BASE}/oidc/"
# What a login page needs before there is a session; files only, the same for everybody.
_FILES = (f"{BASE}/assets/", f"{BASE}/_dash-component-suites/", f"{BASE}/_favicon.ico", FILES)
# What a page asks for by itself keeps no session alive: callbacks fired only by components whose id begins so, and
# requests that say so.
AUTOMATIC = "auto-"
AUTOMATIC_HEADER = "X-Vanguard-Automatic"
# A form or a callback of a page of ours is a few kilobytes; more is not even read.
MOST_SENT = 1 << 20
_EXTENSION = "vanguard_gate"
_PATH = re.compile(r"/director|/leadership(/[\w\-./]*)?(\?[^\s\\#]*)?")


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
        self.print_rights = PrintRights(accounts)


def register(server: Flask, accounts_engine: sa.Engine, clock: Clock, settings: GateSettings) -> None:
    """Put the gate before every path under /leadership and /director, before any other route is registered."""
    limits = Limits(timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours))
    server.extensions[_EXTENSION] = Gate(accounts_engine, clock, limits)
    if settings.trust_proxy:
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    server.register_error_handler(AccountsUnreachable, _unreachable)
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


def noting(action: str, *, page: str, subject: str) -> audit.Witness:
    """What adds a line about an act of this request in the transaction of the act."""
    return audit.witness(gate().clock(), viewer(), action, page=page, subject=subject, address=address())


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
    if not _is_behind(path):
        return None
    request.max_content_length = MOST_SENT
    if path.startswith(_FILES) and ".." not in path and request.method in ("GET", "HEAD"):
        return None
    if request.method not in ("GET", "HEAD", "OPTIONS") and not _from_own_page():
        return _cross_site()
    if path == LOGIN or path.startswith(OIDC):
        return None
    printed_for = None if path.startswith(DIRECTOR) else _printing()
    if printed_for is not None:
        g.viewer = printed_for
        # What else a page asks for by itself is not needed on paper; an empty answer changes nothing of it.
        reads = request.method in ("GET", "HEAD") or _shows_a_page()
        return None if reads else Response(status=204)
    found = _session()
    if found is None:
        return _to_login()
    if found.must_change:
        g.session = found
        return None if path in (PASSWORD, LOGOUT) else _to_password()
    g.session, g.viewer = found, found.viewer
    return None


def _is_behind(path: str) -> bool:
    return path in (BASE, DIRECTOR) or path.startswith((f"{BASE}/", f"{DIRECTOR}/"))


def _printing() -> Viewer | None:
    """Whose page the server's own browser is printing; it opens pages, changes nothing and takes nothing away."""
    token = request.cookies.get(PRINT_COOKIE, "")
    if not token or request.path.startswith((f"{BASE}/exports/", PASSWORD, LOGOUT)):
        return None
    here = gate()
    return here.print_rights.viewer_of_print_token(token, here.clock())


def _shows_a_page() -> bool:
    """Whether this is the callback that builds a page for its address, which is all that a print needs."""
    body = sent_json() if request.is_json else None
    output = body.get("output") if isinstance(body, dict) else None
    return isinstance(output, str) and output.startswith(f"..{ids.PAGE}.children...")


def _session() -> Session | None:
    here = gate()
    token = request.cookies.get(COOKIE, "")
    return session_of(here.accounts, token, here.clock(), here.limits, acts=not _is_automatic())


def _is_automatic() -> bool:
    """Whether the page asks by itself; what a browser claims here can only shorten its own session."""
    if request.headers.get(AUTOMATIC_HEADER):
        return True
    if request.method != "POST" or not request.is_json:
        return False
    body = sent_json()
    changed = body.get("changedPropIds") if isinstance(body, dict) else None
    if not changed or not isinstance(changed, list):
        return False
    return all(str(name).startswith(AUTOMATIC) for name in changed)


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
    read = request.method in ("GET", "HEAD") and not request.is_json
    return read and not request.path.startswith((f"{BASE}/_", f"{DIRECTOR}/"))


def _to_login() -> AnyResponse:
    if not _wants_page():
        return _json(401, reason="login", go=LOGIN)
    target = own_target(request.full_path.rstrip("?"))
    expired = "&why=expired" if request.cookies.get(COOKIE) else ""
    return redirect(f"{LOGIN}?next={quote(target, safe='/')}{expired}")


def _to_password() -> AnyResponse:
    if not _wants_page():
        return _json(401, reason="password", go=PASSWORD)
    return redirect(f"{PASSWORD}?next={quote(own_target(request.full_path.rstrip('?')), safe='/')}")


def _cross_site() -> AnyResponse:
    if request.is_json:
        return _json(403, reason="cross-site")
    return _refused(
        "请求没有被接受", ["它不是从本系统的页面发出的，或页面打开得太久。", "请回到页面重新操作。"], 403
    )


def _unreachable(error: AccountsUnreachable) -> AnyResponse:
    LOG.error("%s", error)
    if not _wants_page():
        return _json(503, reason="accounts-unreachable")
    return _refused("暂时无法登录", ["账号库没有应答。大屏不受影响；请稍后再试，或联系系统管理员。"], 503)


def _json(status: int, **said: str) -> Response:
    answer = jsonify(said)
    answer.status_code = status
    return answer


def _refused(title: str, lines: list[str], status: int) -> Response:
    page = refused_html(House("领导驾驶", ""), title, lines, (f"{BASE}/", "重试"))
    return Response(page, status=status, mimetype="text/html")


def _protect(response: Response) -> Response:
    """Nothing behind the gate is kept by a browser or shown inside another site."""
    path = request.path
    if _is_behind(path):
        response.headers["X-Frame-Options"] = "DENY"
        if not path.startswith(_FILES):
            response.headers["Cache-Control"] = "no-store"
    return response

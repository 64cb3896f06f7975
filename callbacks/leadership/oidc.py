"""Login by the government's single sign-on: there, back again, and tied to an account of ours."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from flask import Flask, Response, redirect, request
from pydantic import SecretStr
from werkzeug.wrappers import Response as AnyResponse

from callbacks.leadership.gate import LOGIN, OIDC, Gate, address, gate, own_target
from callbacks.leadership.login import let_in
from callbacks.leadership.oidc_provider import Provider, ProviderGone, ProviderRefused
from data.accounts import account, audit, oidc_requests
from data.accounts.account import Account
from data.accounts.login import admit
from layouts.leadership.login_page import House, refused_html

LOG = logging.getLogger(__name__)
# Binds the way back to the browser that left.
STATE_COOKIE = "vanguard_oidc"


class OidcSettings(Protocol):
    """What the single sign-on needs of the settings."""

    @property
    def oidc_issuer(self) -> str:
        """Issuer address; empty: none."""

    @property
    def oidc_client_id(self) -> str:
        """Our name there."""

    @property
    def oidc_client_secret(self) -> SecretStr:
        """Our secret there; empty for a public client."""

    @property
    def oidc_label(self) -> str:
        """Words on the button."""

    @property
    def oidc_login_claim(self) -> str:
        """Claim that holds the login of an account not yet tied to a person."""


def register(server: Flask, house: Callable[[], House], settings: OidcSettings) -> None:
    """Add the way there and back, when the settings name a provider."""
    if not settings.oidc_issuer:
        return
    secret = settings.oidc_client_secret.get_secret_value()
    provider = Provider(settings.oidc_issuer, settings.oidc_client_id, secret)
    views = _Views(house, provider, settings.oidc_login_claim)
    server.add_url_rule(f"{OIDC}start", "leadership_oidc_start", views.start)
    server.add_url_rule(f"{OIDC}callback", "leadership_oidc_callback", views.callback)


class _Views:
    """The way to one provider and back."""

    def __init__(self, house: Callable[[], House], provider: Provider, login_claim: str) -> None:
        self.house = house
        self.provider = provider
        self.login_claim = login_claim

    def start(self) -> AnyResponse:
        """Sends the browser to the provider."""
        here = gate()
        login = oidc_requests.begin(here.accounts, own_target(request.args.get("next", "")), here.clock())
        try:
            url = self.provider.login_url(login, _way_back())
        except ProviderGone as gone:
            return self._gone(gone)
        answer = redirect(url)
        answer.set_cookie(
            STATE_COOKIE,
            login.state,
            path=OIDC,
            max_age=600,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure,
        )
        return answer

    def callback(self) -> AnyResponse:
        """Takes who comes back; each login is taken once, by the browser that began it."""
        here = gate()
        state, kept = request.args.get("state", ""), request.cookies.get(STATE_COOKIE, "")
        login = oidc_requests.take(here.accounts, state, here.clock()) if state else None
        if login is None or not hmac.compare_digest(state.encode(), kept.encode()):
            return self._refused("登录没有完成", ["这次登录已过期，或不是从这个浏览器开始的。"], 400, "state")
        if "code" not in request.args:
            LOG.warning("single sign-on: %s", request.args.get("error", "no code")[:80])
            return self._refused(
                "登录没有完成", ["统一身份认证没有确认您的身份，或您取消了登录。"], 403, "denied"
            )
        try:
            claims = self.provider.claims(login, _way_back(), request.args["code"], here.clock())
        except ProviderGone as gone:
            return self._gone(gone)
        except ProviderRefused as refused:
            LOG.warning("single sign-on: %s", refused)
            return self._refused("登录没有完成", ["统一身份认证的应答未通过核验。"], 403, "unverified")
        found = self._account(here, claims)
        if found is None:
            return self._unknown(str(claims.get(self.login_claim, "")))
        admitted = admit(here.accounts, found, "oidc", here.clock(), address())
        answer = let_in(admitted.token, login.target)
        answer.delete_cookie(STATE_COOKIE, path=OIDC)
        return answer

    def _account(self, here: Gate, claims: Mapping[str, Any]) -> Account | None:
        """The account tied to this person, or the one of the claimed login, which is then tied for good."""
        subject = f"{self.provider.issuer}#{claims['sub']}"
        found = account.by_subject(here.accounts, subject)
        if found is None:
            found = self._claimed(here, claims)
            if found is not None and not account.tie(here.accounts, found.id, subject):
                found = None
        return found if found is not None and found.active and not found.is_demo else None

    def _claimed(self, here: Gate, claims: Mapping[str, Any]) -> Account | None:
        claimed = claims.get(self.login_claim)
        unproved = self.login_claim == "email" and claims.get("email_verified") is not True
        if not isinstance(claimed, str) or not claimed or unproved:
            return None
        found = account.find(here.accounts, claimed)
        # A disabled or a demo account is tied to nobody.
        return found if found is not None and found.active and not found.is_demo else None

    def _unknown(self, claimed: str) -> AnyResponse:
        lines = ["统一身份认证已确认您的身份，但本系统没有为您开通账号，或账号已停用。"]
        lines.append("请联系区委组织部的系统管理员开通。")
        return self._refused("没有开通账号", lines, 403, "unknown", claimed)

    def _refused(
        self, title: str, lines: list[str], status: int, outcome: str, subject: str = ""
    ) -> AnyResponse:
        here = gate()
        audit.record(
            here.accounts,
            here.clock(),
            None,
            "login",
            subject=f"oidc {subject}".strip(),
            outcome=outcome,
            address=address(),
        )
        page = refused_html(self.house(), title, lines, (LOGIN, "返回登录"))
        return Response(page, status=status, mimetype="text/html")

    def _gone(self, gone: ProviderGone) -> AnyResponse:
        LOG.error("single sign-on: %s", gone)
        lines = ["统一身份认证暂时没有应答。", "可以返回，用用户名和密码登录。"]
        return self._refused("统一身份认证不可用", lines, 503, "unreachable")


def _way_back() -> str:
    return f"{request.host_url.rstrip('/')}{OIDC}callback"

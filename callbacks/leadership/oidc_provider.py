"""The single sign-on as a relying party meets it (OpenID Connect Core 3.1): code flow with PKCE, state and nonce.

Nothing is kept: discovery and keys are asked for at each login, so a provider may change its keys at any time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from data.accounts.oidc_requests import OidcRequest
from data.clock import SHANGHAI

TIMEOUT_S = 5
LEEWAY_S = 60
# Signatures only the provider can make; never "none" or one with a shared secret.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
SCOPE = "openid profile email"


class ProviderGone(Exception):  # noqa: N818 - the name says what happened
    """The provider does not answer, or not as one."""


class ProviderRefused(Exception):  # noqa: N818
    """The provider or its token does not stand for this login."""


@dataclass(frozen=True)
class Provider:
    """One provider and who we are there."""

    issuer: str
    client_id: str
    client_secret: str

    def login_url(self, login: OidcRequest, redirect_uri: str) -> str:
        """Where to send the browser. Raises ProviderGone."""
        with self._session(redirect_uri) as session:
            url, _ = session.create_authorization_url(
                self._endpoint("authorization_endpoint"),
                state=login.state,
                nonce=login.nonce,
                code_verifier=login.verifier,
            )
        return str(url)

    def claims(self, login: OidcRequest, redirect_uri: str, code: str, now: datetime) -> dict[str, Any]:
        """What the provider says about who came back with a code, its id token verified.

        Raises ProviderGone and ProviderRefused.
        """
        found = self._discovered()
        with self._session(redirect_uri) as session:
            token = self._token(session, str(found["token_endpoint"]), login, code)
            claims = self._verified(str(token.get("id_token", "")), str(found["jwks_uri"]), login.nonce, now)
            return {**self._user(session, found.get("userinfo_endpoint"), claims["sub"]), **claims}

    def _session(self, redirect_uri: str) -> OAuth2Session:
        return OAuth2Session(
            self.client_id,
            self.client_secret or None,
            scope=SCOPE,
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_basic" if self.client_secret else "none",
            default_timeout=TIMEOUT_S,
        )

    def _discovered(self) -> Mapping[str, Any]:
        found = _read(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if str(found.get("issuer", "")).rstrip("/") != self.issuer.rstrip("/"):
            raise ProviderGone(f"{self.issuer} says it is {found.get('issuer')}")
        missing = {"authorization_endpoint", "token_endpoint", "jwks_uri"} - set(found)
        if missing:
            raise ProviderGone(f"{self.issuer} names no {', '.join(sorted(missing))}")
        return found

    def _endpoint(self, name: str) -> str:
        return str(self._discovered()[name])

    def _token(self, session: OAuth2Session, url: str, login: OidcRequest, code: str) -> Mapping[str, Any]:
        try:
            token: Mapping[str, Any] = session.fetch_token(
                url, grant_type="authorization_code", code=code, code_verifier=login.verifier
            )
        except OAuthError as error:
            raise ProviderRefused(f"no token: {error.error}") from error
        except (requests.RequestException, ValueError) as error:
            raise ProviderGone(f"no token: {type(error).__name__}") from error
        return token

    def _verified(self, id_token: str, keys_url: str, nonce: str, now: datetime) -> dict[str, Any]:
        keys = cast(KeySetSerialization, _read(keys_url))
        registry = jwt.JWTClaimsRegistry(
            now=int(now.replace(tzinfo=SHANGHAI).timestamp()),
            leeway=LEEWAY_S,
            iss={"essential": True, "values": [self.issuer, self.issuer.rstrip("/"), f"{self.issuer}/"]},
            aud={"essential": True, "value": self.client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            found = jwt.decode(id_token, KeySet.import_key_set(keys), algorithms=ALGORITHMS)
            claims: dict[str, Any] = found.claims
            registry.validate(claims)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise ProviderRefused(f"id token: {error}") from error
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if several and claims.get("azp") != self.client_id:
            raise ProviderRefused("id token: made for several, authorized for another")
        return claims

    def _user(self, session: OAuth2Session, url: object, subject: str) -> dict[str, Any]:
        """Claims of the user endpoint, where many providers keep the login; empty where there is none."""
        if not url:
            return {}
        try:
            answer = session.get(str(url))
            answer.raise_for_status()
            user = answer.json()
        except (requests.RequestException, OAuthError, ValueError):
            return {}
        return dict(user) if isinstance(user, dict) and user.get("sub") == subject else {}


def _read(url: str) -> dict[str, Any]:
    try:
        answer = requests.get(url, timeout=TIMEOUT_S)
        answer.raise_for_status()
        found = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise ProviderGone(f"{url}: {type(error).__name__}") from error
    if not isinstance(found, dict):
        raise ProviderGone(f"{url}: no object")
    return found

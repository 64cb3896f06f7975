"""A strict OpenID provider on a free port: it demands state, nonce, PKCE and the client's secret, and can be told to
misbehave."""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import Flask, abort, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

SECRET = "s3cret"
NEEDED = ("client_id", "redirect_uri", "state", "nonce", "code_challenge", "scope")


@dataclass
class TrialProvider:
    """One person logs in without being asked; ``claims`` are added to the token, ``of_user`` told at the user endpoint
    only."""

    client_id: str = "wall"
    claims: dict[str, Any] = field(default_factory=dict)
    of_user: dict[str, Any] = field(default_factory=dict)
    denies: bool = False
    signs_with_another_key: bool = False
    algorithm: str = "RS256"
    issuer: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "1"})

    @property
    def flask(self) -> Flask:
        server = Flask("provider")
        server.add_url_rule("/.well-known/openid-configuration", "d", self.discovery)
        server.add_url_rule("/authorize", "a", self.authorize)
        server.add_url_rule("/token", "t", self.token, methods=["POST"])
        server.add_url_rule("/keys", "k", lambda: jsonify(keys=[self.key.as_dict(private=False)]))
        server.add_url_rule("/user", "u", lambda: jsonify({"sub": "person-1"} | self.of_user))
        return server

    def discovery(self) -> Response:
        ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        ends["userinfo_endpoint"] = "user"
        return jsonify(issuer=self.issuer, **{name: f"{self.issuer}/{path}" for name, path in ends.items()})

    def authorize(self) -> Response:
        asked = request.args.to_dict()
        if missing := [name for name in NEEDED if not asked.get(name)]:
            abort(400, f"missing {missing}")
        if asked["client_id"] != self.client_id or asked["code_challenge_method"] != "S256":
            abort(400)
        if self.denies:
            told = {"error": "access_denied", "state": asked["state"]}
            return redirect(f"{asked['redirect_uri']}?{urlencode(told)}")
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return redirect(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    def token(self) -> Response | tuple[Response, int]:
        asked = self.codes.pop(request.form["code"], None)
        proved = request.authorization is not None and request.authorization.password == SECRET
        digest = hashlib.sha256(request.form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or not proved or challenge != asked["code_challenge"]:
            return jsonify(error="invalid_grant"), 400
        if request.form["redirect_uri"] != asked["redirect_uri"]:
            return jsonify(error="invalid_grant"), 400
        return jsonify(access_token="a", token_type="Bearer", id_token=self.id_token(asked["nonce"]))

    def id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": self.client_id, "sub": "person-1", "nonce": nonce}
        claims |= {"iat": now, "exp": now + 300} | self.claims  # type: ignore[operator]
        key: Any = RSAKey.generate_key(2048, {"kid": "1"}) if self.signs_with_another_key else self.key
        if self.algorithm == "none":
            head = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
            body = jwt.encode({"alg": "RS256", "kid": "1"}, claims, key).split(".")[1]
            return f"{head}.{body}."
        return jwt.encode({"alg": self.algorithm, "kid": "1"}, claims, key)


@contextmanager
def served(provider: TrialProvider) -> Iterator[TrialProvider]:
    """The provider over HTTP, until the block ends."""
    server = make_server("127.0.0.1", 0, provider.flask, threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

"""Single sign-on against real providers over HTTP: who gets in, and every way it goes wrong."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from argon2 import PasswordHasher
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import OctKey
from pydantic import SecretStr

from data.accounts import account, audit, passwords
from data.clock import shanghai_now
from tests.engines.conftest import free_port
from tests.leadership_server import OWN, TrialAccess, TrialServer, log_in
from tests.oidc_provider import SECRET, TrialProvider, served

START = "/leadership/oidc/start?next=/leadership/branch%3Forg%3D7"


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def provider() -> Iterator[TrialProvider]:
    with served(TrialProvider(claims={"preferred_username": "Chen"})) as provider:
        yield provider


def trial(folder: Path, issuer: str, **settings: str) -> TrialServer:
    access = TrialAccess(oidc_issuer=issuer, oidc_client_secret=SecretStr(SECRET), **settings)  # type: ignore[arg-type]
    # The provider's tokens are of the real time.
    return TrialServer(folder, access, now=shanghai_now())


@pytest.fixture
def server(tmp_path: Path, provider: TrialProvider) -> TrialServer:
    return trial(tmp_path, provider.issuer)


@pytest.fixture
def client(server: TrialServer) -> FlaskClient:
    return server.flask.test_client()


def way_back(client: FlaskClient) -> str:
    """Leaves for the provider as a browser does; the address the provider sends it back to."""
    sent = client.get(START).location
    back = requests.get(sent, allow_redirects=False, timeout=5).headers["Location"]
    assert back.startswith("http://localhost/leadership/oidc/callback?")
    return back.removeprefix("http://localhost")


def last(server: TrialServer) -> tuple[str, str, str]:
    line = audit.newest(server.accounts, 1)[0]
    return line.login, line.subject, line.outcome


def test_a_person_of_the_provider_gets_in_and_stays_tied_to_the_account(
    server: TrialServer, client: FlaskClient, provider: TrialProvider
) -> None:
    assert "/leadership/oidc/start" in client.get("/leadership/login").text
    answer = client.get(way_back(client))
    assert (answer.status_code, answer.location) == (303, "/leadership/branch?org=7")
    assert client.get("/leadership/branch?org=7").text == "GET branch chen"
    assert last(server) == ("chen", "oidc", "ok")
    # From now on the person is known by the provider's own name for them, whatever they are called.
    provider.claims = {"preferred_username": "first"}
    again = server.flask.test_client()
    again.get(way_back(again))
    assert again.get("/leadership/x").text == "GET x chen"


def test_the_login_may_stand_at_the_user_endpoint_and_needs_no_first_password(
    server: TrialServer, client: FlaskClient, provider: TrialProvider
) -> None:
    provider.claims, provider.of_user = {}, {"preferred_username": "first"}
    client.get(way_back(client))
    assert client.get("/leadership/x").text == "GET x first"


def test_another_person_cannot_claim_an_account_that_is_tied(
    server: TrialServer, client: FlaskClient, provider: TrialProvider
) -> None:
    client.get(way_back(client))
    provider.claims |= {"sub": "person-2"}
    other = server.flask.test_client()
    assert other.get(way_back(other)).status_code == 403
    assert last(server) == ("", "oidc Chen", "unknown")


@pytest.mark.parametrize("claimed", ["nobody", "", "gone", "demo", ["chen"], None])
def test_a_person_without_a_living_account_is_told_so(
    server: TrialServer, client: FlaskClient, provider: TrialProvider, claimed: object
) -> None:
    account.add(server.accounts, "gone", "停用", "operator", 1, None, server.now)
    account.set_active(server.accounts, account.one(server.accounts, "gone").id, False, server.now)
    account.add(server.accounts, "demo", "演示", "operator", 1, None, server.now, is_demo=True)
    provider.claims = {"preferred_username": claimed}
    answer = client.get(way_back(client))
    assert (answer.status_code, "没有为您开通账号" in answer.text) == (403, True)
    assert client.get("/leadership/x").status_code == 302
    assert account.by_subject(server.accounts, f"{provider.issuer}#person-1") is None


@pytest.mark.parametrize(("verified", "status"), [(True, 303), (False, 403), (None, 403)])
def test_an_address_is_a_login_only_when_the_provider_has_verified_it(
    tmp_path: Path, provider: TrialProvider, verified: bool | None, status: int
) -> None:
    server = trial(tmp_path, provider.issuer, oidc_login_claim="email")
    account.add(server.accounts, "chen@example.cn", "陈", "operator", 1, None, server.now)
    provider.claims = {"email": "chen@example.cn", "email_verified": verified}
    client = server.flask.test_client()
    assert client.get(way_back(client)).status_code == status


def test_a_way_back_is_good_once_and_in_the_browser_that_left(
    server: TrialServer, client: FlaskClient
) -> None:
    stolen = way_back(client)
    assert server.flask.test_client().get(stolen).status_code == 400
    assert client.get(stolen).status_code == 400
    once = way_back(client)
    assert client.get(once).status_code == 303
    assert client.get(once).status_code == 400
    late = way_back(client)
    server.wait(minutes=11)
    assert client.get(late).status_code == 400
    for forged in ("", "?code=x", "?code=x&state=", "?code=x&state=forged"):
        assert client.get(f"/leadership/oidc/callback{forged}").status_code == 400


def test_a_login_of_somebody_else_cannot_be_slipped_in(server: TrialServer, client: FlaskClient) -> None:
    foreign = way_back(server.flask.test_client())
    own = way_back(client)
    code, state = foreign.split("code=")[1].split("&")[0], own.split("state=")[1]
    answer = client.get(f"/leadership/oidc/callback?code={code}&state={state}")
    # The code belongs to another verifier: the provider gives no token for it.
    assert (answer.status_code, last(server)[2]) == (403, "unverified")


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "of another login"},
        {"iss": "https://other.example"},
        {"aud": "other"},
        {"aud": ["wall", "other"]},
        {"exp": int(time.time()) - 300},
        {"sub": ""},
    ],
    ids=lambda claims: next(iter(claims)),
)
def test_a_token_that_was_not_made_for_this_login_is_refused(
    server: TrialServer, client: FlaskClient, provider: TrialProvider, claims: dict[str, object]
) -> None:
    provider.claims |= claims
    answer = client.get(way_back(client))
    assert (answer.status_code, "未通过核验" in answer.text) == (403, True)
    assert last(server)[2] == "unverified"


@pytest.mark.parametrize("how", ["another key", "no signature", "shared secret"])
def test_a_token_the_provider_has_not_signed_is_refused(
    server: TrialServer, client: FlaskClient, provider: TrialProvider, how: str
) -> None:
    provider.signs_with_another_key = how == "another key"
    provider.algorithm = "none" if how == "no signature" else "RS256"
    if how == "shared secret":
        provider.id_token = lambda nonce: shared_secret_token(provider, nonce)  # type: ignore[method-assign]
    assert client.get(way_back(client)).status_code == 403
    assert last(server)[2] == "unverified"


def shared_secret_token(provider: TrialProvider, nonce: str) -> str:
    """Complete and signed, but with a secret that is not the provider's alone."""
    now = int(time.time())
    claims = {"iss": provider.issuer, "aud": "wall", "sub": "person-1", "nonce": nonce}
    claims |= {"iat": now, "exp": now + 300, "preferred_username": "chen"}  # type: ignore[dict-item]
    return jwt.encode({"alg": "HS256", "kid": "1"}, claims, OctKey.import_key(SECRET * 8))


def test_who_cancels_at_the_provider_is_told_so(
    server: TrialServer, client: FlaskClient, provider: TrialProvider
) -> None:
    provider.denies = True
    answer = client.get(way_back(client))
    assert (answer.status_code, "取消了登录" in answer.text) == (403, True)


def test_without_the_network_the_page_says_so_and_passwords_still_work(tmp_path: Path) -> None:
    server = trial(tmp_path, f"http://127.0.0.1:{free_port()}")
    client = server.flask.test_client()
    answer = client.get(START)
    assert (answer.status_code, "用用户名和密码登录" in answer.text) == (503, True)
    assert last(server)[2] == "unreachable"
    assert log_in(client).status_code == 303


def test_a_provider_that_goes_away_halfway_or_says_it_is_another_lets_nobody_in(tmp_path: Path) -> None:
    with served(TrialProvider()) as provider:
        server = trial(tmp_path, provider.issuer)
        client = server.flask.test_client()
        back = way_back(client)
        provider.issuer = "https://other.example"
        assert client.get(START).status_code == 503
    assert client.get(back).status_code == 503
    assert client.get("/leadership/x").status_code == 302


def test_without_settings_there_is_no_single_sign_on(tmp_path: Path) -> None:
    client = TrialServer(tmp_path).flask.test_client()
    assert "oidc" not in client.get("/leadership/login").text
    assert client.get(START, headers=OWN).status_code != 302


def test_a_provider_written_by_somebody_else_lets_in_as_well(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            issuer = f"http://localhost:{port}"
            wait_for(f"{issuer}/.well-known/openid-configuration")
            claims = {"preferred_username": "chen"}
            requests.put(f"{issuer}/users/person-9", json=claims, timeout=5).raise_for_status()
            client = trial(tmp_path, issuer).flask.test_client()
            sent = client.get(START).location
            answer = requests.post(sent, data={"sub": "person-9"}, allow_redirects=False, timeout=5)
            back = answer.headers["Location"].removeprefix("http://localhost/")
            assert client.get(f"/{back}").status_code == 303
            assert client.get("/leadership/x").text == "GET x chen"
        finally:
            process.terminate()


def wait_for(url: str) -> None:
    for _ in range(200):
        try:
            requests.get(url, timeout=1).raise_for_status()
        except requests.RequestException:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"{url} does not answer")

"""The gate and the login pages over HTTP: who gets in, what is refused, and what is told about why."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient

from data.accounts import audit, demo, passwords
from data.accounts.demo import DemoAccount
from tests.leadership_server import CALLBACK, OWN, PASSWORD, TrialAccess, TrialServer, log_in, token_of

NEW = "seven blue teapots"


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def server(tmp_path: Path) -> TrialServer:
    return TrialServer(tmp_path)


@pytest.fixture
def client(server: TrialServer) -> FlaskClient:
    return server.flask.test_client()


def inside(client: FlaskClient) -> bool:
    return client.get("/leadership/cockpit").text == "GET cockpit chen"


@pytest.mark.parametrize(
    "path",
    [
        "/leadership",
        "/leadership/",
        "/leadership/x",
        "/leadership/loginx",
        "/leadership/oidc",
        "/leadership/assets/../x",
    ],
)
def test_without_a_session_every_page_leads_to_the_login(client: FlaskClient, path: str) -> None:
    assert client.get(path).location.startswith("/leadership/login?next=/leadership/")


def test_login_leads_to_the_page_that_was_asked_for(client: FlaskClient) -> None:
    asked = "/leadership/branch?month=2026-10&org=2200"
    sent = client.get(asked).location
    assert sent == "/leadership/login?next=/leadership/branch%3Fmonth%3D2026-10%26org%3D2200"
    form = client.get(sent)
    typed = {"csrf": token_of(form), "login": "chen", "password": PASSWORD, "next": asked}
    assert client.post("/leadership/login", data=typed, headers=OWN).location == asked
    assert client.get(asked).text == "GET branch chen"


@pytest.mark.parametrize(
    "path", [CALLBACK, "/leadership/_dash-layout", "/leadership/_dash-dependencies", "/leadership/export"]
)
def test_without_a_session_a_callback_is_told_where_to_log_in(client: FlaskClient, path: str) -> None:
    answer = (
        client.post(path, json={}, headers=OWN)
        if path in (CALLBACK, "/leadership/export")
        else client.get(path)
    )
    assert (answer.status_code, answer.get_json()) == (401, {"reason": "login", "go": "/leadership/login"})


def test_the_wall_and_the_files_of_the_pages_need_no_login(client: FlaskClient) -> None:
    assert client.get("/wall").text == "wall"
    assert "keydown" in client.get("/leadership/login/login.js").text
    assert client.get("/leadership/login/login.css").mimetype == "text/css"
    icon = re.search(r'rel="icon" href="([^"]+)"', client.get("/leadership/login").text)
    # Reached, not led to the login: it is the trial page behind that asks who looks.
    for path in ("/leadership/assets/x.css", icon[1] if icon else ""):
        assert client.get(path).status_code == 401
    assert client.get("/leadership/login/login.py").status_code == 404
    assert client.get("/leadership/login/..%2f..%2fapp.py").status_code == 302
    assert client.post("/leadership/assets/x.css", json={}, headers=OWN).get_json()["reason"] == "login"


@pytest.mark.parametrize(
    "forged",
    [
        "https://evil.example/",
        "//evil.example/leadership/",
        "/leadership/../wall",
        "/leadership//evil.example",
        "/leadership\\evil",
        "/wall",
        "/leadershipx",
        "javascript:alert(1)",
        "/leadership/\r\nSet-Cookie: x=1",
        "/leadership/login?next=/leadership/login",
        "/leadership/logout",
        "/leadership/?a=b#//evil",
    ],
)
def test_a_forged_way_back_leads_to_the_first_page(client: FlaskClient, forged: str) -> None:
    answer = log_in(client, target=forged)
    assert (answer.status_code, answer.location) == (303, "/leadership/")


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    server: TrialServer, client: FlaskClient
) -> None:
    plain = log_in(client).headers.getlist("Set-Cookie")[0]
    assert plain.startswith("vanguard_session=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(plain.split("; "))
    assert "Secure" not in plain
    assert "Max-Age" not in plain
    secure = server.flask.test_client()
    form = secure.get("/leadership/login", base_url="https://wall.example")
    typed = {"csrf": token_of(form), "login": "chen", "password": PASSWORD}
    answer = secure.post("/leadership/login", data=typed, headers=OWN, base_url="https://wall.example")
    assert "Secure" in answer.headers.getlist("Set-Cookie")[0]


@pytest.mark.parametrize(
    ("trusted", "address", "secure"), [(False, "127.0.0.1", False), (True, "192.0.2.9", True)]
)
def test_a_proxy_is_believed_only_when_the_settings_say_so(
    tmp_path: Path, trusted: bool, address: str, secure: bool
) -> None:
    server = TrialServer(tmp_path, TrialAccess(trust_proxy=trusted))
    client = server.flask.test_client()
    proxied = {"X-Forwarded-For": "192.0.2.9", "X-Forwarded-Proto": "https"}
    base = "https://localhost" if secure else "http://localhost"
    form = client.get("/leadership/login", headers=proxied, base_url=base)
    typed = {"csrf": token_of(form), "login": "chen", "password": PASSWORD}
    answer = client.post("/leadership/login", data=typed, headers=OWN | proxied, base_url=base)
    assert ("Secure" in answer.headers.getlist("Set-Cookie")[0]) is secure
    assert audit.newest(server.accounts, 1)[0].address == address


def test_a_wrong_login_says_nothing_of_which_part_was_wrong(client: FlaskClient) -> None:
    answers = [log_in(client, name, "wrong") for name in ("chen", "none")]
    for answer, name in zip(answers, ("chen", "none"), strict=True):
        assert answer.status_code == 401
        assert "用户名或密码不正确" in answer.text
        assert 'aria-invalid="true"' in answer.text
        assert f'value="{name}"' in answer.text
    same = [a.text.replace("none", "chen").replace(token_of(a), "") for a in answers]
    assert same[0] == same[1]


def test_a_locked_login_is_told_until_when(client: FlaskClient) -> None:
    for _ in range(4):
        log_in(client, password="wrong")
    for password in ("wrong", PASSWORD):
        answer = log_in(client, password=password)
        assert answer.status_code == 429
        assert "11月20日 09:15 后可再试" in answer.text


def test_what_was_typed_is_shown_as_text(client: FlaskClient) -> None:
    answer = log_in(client, '"><script>alert(1)</script>')
    assert "<script>alert" not in answer.text


def test_a_session_the_browser_brought_along_is_never_taken_over(
    server: TrialServer, client: FlaskClient
) -> None:
    client.set_cookie("vanguard_session", "planted", path="/")
    log_in(client)
    given = client.get_cookie("vanguard_session", path="/")
    assert given is not None
    assert given.value != "planted"
    # Of two forms open at once the second login ends the session of the first.
    other = server.flask.test_client()
    form = other.get("/leadership/login")
    other.set_cookie("vanguard_session", given.value, path="/")
    typed = {"csrf": token_of(form), "login": "chen", "password": PASSWORD}
    other.post("/leadership/login", data=typed, headers=OWN)
    assert inside(other)
    assert not inside(client)


def test_a_tampered_cookie_is_no_session(client: FlaskClient) -> None:
    log_in(client)
    assert inside(client)
    cookie = client.get_cookie("vanguard_session", path="/")
    assert cookie is not None
    for wrong in (cookie.value[:-1], cookie.value.swapcase(), "", "é" * 40):
        client.set_cookie("vanguard_session", wrong, path="/")
        assert not inside(client)


def test_a_session_times_out_and_the_login_page_says_so(server: TrialServer, client: FlaskClient) -> None:
    log_in(client)
    for _ in range(3):
        server.wait(minutes=20)
        assert inside(client)
    server.wait(minutes=31)
    answer = client.get("/leadership/cockpit")
    assert answer.location.endswith("&why=expired")
    assert "登录已超时" in client.get(answer.location).text
    # The login page leaves a living session alone.
    log_in(client)
    assert client.get("/leadership/login").location == "/leadership/"


def test_a_page_that_refreshes_by_itself_keeps_no_session_alive(
    server: TrialServer, client: FlaskClient
) -> None:
    log_in(client)
    refresh = {"changedPropIds": ["auto-version.data"], "output": "shown.data"}
    for _ in range(3):
        server.wait(minutes=9)
        assert client.post(CALLBACK, json=refresh, headers=OWN).status_code == 200
        assert client.get("/leadership/jobs", headers={"X-Vanguard-Automatic": "1"}).status_code == 200
    server.wait(minutes=9)
    assert client.post(CALLBACK, json=refresh, headers=OWN).status_code == 401
    log_in(client)
    for _ in range(3):
        server.wait(minutes=20)
        act = {"changedPropIds": ["auto-version.data", "where.search"]}
        assert client.post(CALLBACK, json=act, headers=OWN).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:81"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_callback_of_another_site_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    log_in(client)
    answer = client.post(CALLBACK, json={}, headers=headers)
    assert (answer.status_code, answer.get_json()) == (403, {"reason": "cross-site"})


def test_a_callback_is_json_and_a_form_carries_its_token(client: FlaskClient) -> None:
    log_in(client)
    assert client.post(CALLBACK, json={}, headers={"Origin": "http://localhost"}).status_code == 200
    for data in ({}, {"csrf": ""}, {"csrf": "0" * 64}):
        assert client.post("/leadership/note", data=data, headers=OWN).status_code == 403
    assert client.post(CALLBACK, data="{}", content_type="text/plain", headers=OWN).status_code == 403
    right = token_of(client.get("/leadership/password"))
    assert client.post("/leadership/note", data={"csrf": right}, headers=OWN).text == "POST note chen"
    assert client.post("/leadership/note", data={"csrf": right}).status_code == 403


def test_a_login_form_of_another_browser_is_not_taken(server: TrialServer, client: FlaskClient) -> None:
    foreign = token_of(server.flask.test_client().get("/leadership/login"))
    client.get("/leadership/login")
    for csrf in (foreign, ""):
        typed = {"csrf": csrf, "login": "chen", "password": PASSWORD}
        answer = client.post("/leadership/login", data=typed, headers=OWN)
        assert (answer.status_code, "请再试一次" in answer.text) == (400, True)
    assert not inside(client)


def test_the_first_login_opens_nothing_but_the_page_for_a_new_password(client: FlaskClient) -> None:
    log_in(client, "first", target="/leadership/committee?org=20")
    sent = client.get("/leadership/committee?org=20").location
    assert sent == "/leadership/password?next=/leadership/committee%3Forg%3D20"
    told = client.post(CALLBACK, json={}, headers=OWN)
    assert (told.status_code, told.get_json()["go"]) == (401, "/leadership/password")
    form = client.get(sent)
    assert "首次登录" in form.text
    before = client.get_cookie("vanguard_session", path="/")
    typed = {
        "csrf": token_of(form),
        "current": PASSWORD,
        "new": NEW,
        "repeated": NEW,
        "next": "/leadership/x",
    }
    weak = client.post("/leadership/password", data=typed | {"new": "short"}, headers=OWN)
    assert (weak.status_code, 'id="new-error" role="alert">密码至少' in weak.text) == (422, True)
    answer = client.post("/leadership/password", data=typed, headers=OWN)
    assert (answer.status_code, answer.location) == (303, "/leadership/x")
    assert client.get_cookie("vanguard_session", path="/") != before
    assert client.get("/leadership/x").text == "GET x first"


def test_leaving_ends_the_session_and_another_site_cannot_do_it_unasked(
    server: TrialServer, client: FlaskClient
) -> None:
    log_in(client)
    asked = client.get("/leadership/logout", headers={"Sec-Fetch-Site": "cross-site"})
    assert (asked.status_code, "退出登录？" in asked.text) == (200, True)
    assert inside(client)
    kept = client.get_cookie("vanguard_session", path="/")
    assert kept is not None
    answer = client.post("/leadership/logout", data={"csrf": token_of(asked)}, headers=OWN)
    assert answer.location == "/leadership/login?why=out"
    client.set_cookie("vanguard_session", kept.value, path="/")
    assert not inside(client)
    log_in(client)
    assert client.get("/leadership/logout", headers=OWN).status_code == 303
    assert not inside(client)
    assert [line.action for line in audit.newest(server.accounts, 3)] == ["logout", "login", "logout"]


def test_nothing_behind_the_gate_is_kept_by_the_browser_or_framed(client: FlaskClient) -> None:
    log_in(client)
    for path in ("/leadership/cockpit", "/leadership/login", "/leadership/password"):
        headers = client.get(path).headers
        assert (headers["Cache-Control"], headers["X-Frame-Options"]) == ("no-store", "DENY")
    assert "no-store" not in client.get("/leadership/login/login.css").headers["Cache-Control"]


def test_accounts_that_cannot_be_read_let_nobody_in_and_say_so(tmp_path: Path) -> None:
    server = TrialServer(tmp_path)
    client = server.flask.test_client()
    log_in(client)
    (tmp_path / "accounts.db").write_bytes(b"no database" * 1000)
    for suffix in ("-wal", "-shm"):
        (tmp_path / f"accounts.db{suffix}").unlink(missing_ok=True)
    page, callback = client.get("/leadership/cockpit"), client.post(CALLBACK, json={}, headers=OWN)
    assert (page.status_code, callback.status_code) == (503, 503)
    assert "账号库没有应答" in page.text
    assert "no database" not in page.text
    assert client.get("/wall").status_code == 200


def test_demo_accounts_are_offered_and_valid_on_synthetic_data_only(tmp_path: Path) -> None:
    server = TrialServer(tmp_path, is_demo=True)
    wanted = [
        DemoAccount("leader", "区委领导", "district_leader", 1),
        DemoAccount("chen", "x", "operator", 1),
    ]
    made = demo.ensure(server.accounts, wanted, server.now)
    # An account of one's own of the same login is left alone.
    assert [one.login for one in made] == ["leader"]
    client = server.flask.test_client()
    assert demo.DEMO_PASSWORD in client.get("/leadership/login").text
    assert log_in(client, "leader", demo.DEMO_PASSWORD).status_code == 303
    form = token_of(client.get("/leadership/password"))
    typed = {"csrf": form, "current": demo.DEMO_PASSWORD, "new": NEW, "repeated": NEW}
    assert "演示账号的密码不能修改" in client.post("/leadership/password", data=typed, headers=OWN).text
    server.is_demo = False
    real = server.flask.test_client()
    page = real.get("/leadership/login").text
    assert demo.DEMO_PASSWORD not in page
    assert "演示" not in page
    assert log_in(real, "leader", demo.DEMO_PASSWORD).status_code == 401

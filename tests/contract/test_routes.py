"""The plain routes around the page: version poll, probes, policies, addresses of walls and scenes."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from callbacks.application import create_app
from dashboard.profile import load_profile
from data.public.reader import open_public
from data.scope import Mode
from tests.browser.served_wall import TrialSettings
from tests.readmodel_district import NOW


def test_the_version_is_answered_once_and_then_not_modified(client: FlaskClient) -> None:
    first = client.get("/api/version")
    assert first.get_json()["state"] == "fresh"
    again = client.get("/api/version", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["X-Server-Time"] == first.headers["X-Server-Time"]


def test_server_time_is_the_instant_of_the_shanghai_clock(client: FlaskClient) -> None:
    # 2026-11-20 14:32 in Shanghai is 06:32 UTC.
    assert client.get("/api/version").get_json()["now_ms"] == 1_795_156_320_000


def test_without_its_store_the_probes_and_the_poll_say_so(tmp_path: Path, mode: Mode) -> None:
    engine = sa.create_engine(f"sqlite:///file:{tmp_path}/none.db?mode=ro&uri=true", poolclass=sa.NullPool)
    public = open_public(f"sqlite:///{tmp_path}/none.db")
    settings, profile = TrialSettings(wall_mode=mode), load_profile("haishu")
    client = create_app(engine, settings, profile, lambda: NOW, public=public).server.test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    answer = client.get("/api/version")
    assert (answer.status_code, answer.get_json()["state"]) == (200, "down")
    assert client.get("/_dash-layout").status_code == 200


def test_pages_may_only_load_from_their_own_server(client: FlaskClient) -> None:
    policy = client.get("/wall").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'")
    assert "unsafe-eval" not in policy
    assert "http" not in policy


def test_immutable_files_are_kept_for_a_year(client: FlaskClient) -> None:
    page = client.get("/wall").text
    address = page.split('as="script" href="')[1].split('"')[0]
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert len(answer.data) < 450_000
    assert client.get("/immutable/000000000000/plotly.min.js").status_code == 404


def test_the_start_page_is_the_wall_and_unknown_pages_are_none(client: FlaskClient) -> None:
    assert client.get("/").headers["Location"] == "/wall"
    assert client.get("/nowhere").status_code == 404
    assert client.get("/wall?wall=9x9").status_code == 404
    assert client.get("/wall?scene=overview").status_code == 200
    answer = client.get("/wall?scene=<b>")
    assert answer.status_code == 404
    assert "<b>" not in answer.text
    assert "overview" in answer.text


def test_a_skipped_scene_is_logged_by_its_known_names(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    told = {"scene": "overview", "unfinished": ["ranking", "<script>"]}
    assert client.post("/api/scenes/skipped", json=told).status_code == 204
    assert "scene overview was not ready and is skipped; unfinished: ranking" in caplog.text
    assert "<script>" not in caplog.text
    for nonsense in ({"scene": "nowhere"}, ["overview"], {}):
        assert client.post("/api/scenes/skipped", json=nonsense).status_code == 400

"""/api/step, /director and the admission of screens over HTTP: who is told what, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from data.accounts import audit
from tests.direction_server import OWN, Trial, code_of, order, told
from tests.readmodel_district import NOW


@pytest.fixture(scope="module")
def open_trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """Simulated data: any browser is a guest wall."""
    return Trial(tmp_path_factory.mktemp("open"))


@pytest.fixture
def closed(tmp_path: Path) -> Trial:
    """Data as if they were real: enrolled screens only."""
    return Trial(tmp_path, is_demo=False)


def test_the_step_is_small_and_not_modified_until_it_changes(open_trial: Trial) -> None:
    client = open_trial.client()
    first = client.get("/api/step")
    assert (first.status_code, first.headers["Cache-Control"]) == (200, "no-store")
    assert len(first.data) < 1000
    again = client.get("/api/step", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["X-Server-Time"] == first.headers["X-Server-Time"]


def test_a_guest_of_real_data_waits_with_a_code_and_gets_nothing_else(closed: Trial) -> None:
    client = closed.client()
    page = client.get("/wall")
    assert page.status_code == 200
    assert len(code_of(page.text)) == 6
    assert not re.search(r"<(form|input|button|dialog)", page.text)
    assert "DashRenderer" not in page.text
    for path in ("/api/step", "/api/version", "/api/version/internal", "/_dash-layout"):
        assert client.get(path).status_code == 401
    assert client.post("/_dash-update-component", json={}).status_code == 401
    assert client.post("/api/report", json={"guest": "0" * 12}).status_code == 401
    assert client.post("/api/scenes/skipped", json={"scene": "overview"}).status_code == 401
    # The same browser keeps its code, and with it its place.
    assert code_of(client.get("/wall").text) == code_of(page.text)


@pytest.mark.parametrize(
    ("exposure", "modes"), [("reception", {"wall_reception"}), ("internal", {"wall_internal"})]
)
def test_a_device_shows_what_it_may_whatever_is_ordered_and_whatever_it_asks(
    closed: Trial, exposure: str, modes: set[str]
) -> None:
    device, director = closed.enrolled(exposure), closed.client("operator")
    assert order(director, "mode", mode="internal").status_code == 200
    assert {told(device, "/api/step")["mode"]} == modes
    device.get("/wall?mode=internal")
    layout = device.get("/_dash-layout", headers={"Referer": "http://localhost/wall?mode=internal"}).text
    assert {
        mode for mode in ("wall_internal", "wall_reception") if f'"data-mode":"{mode}"' in layout
    } == modes


def test_a_forged_request_of_a_reception_wall_prepares_nothing_internal(closed: Trial) -> None:
    device = closed.enrolled("reception")
    asked = {"n": 1, "mode": "wall_internal", "scene": "check-up", "stage": "stage-b", "focus": None}
    body = {
        "output": "..stage-a.children...stage-b.children..",
        "outputs": [{"id": "stage-a", "property": "children"}, {"id": "stage-b", "property": "children"}],
        "inputs": [{"id": "prepare", "property": "data", "value": asked}],
        "changedPropIds": ["prepare.data"],
        "state": [{"id": "wall-name", "property": "data", "value": "3840x1280"}],
    }
    assert "check-up" not in device.post("/_dash-update-component", json=body).text
    shown = asked | {"scene": "overview"}
    body["inputs"][0]["value"] = shown  # type: ignore[index]
    allowed = closed.enrolled("internal").post("/_dash-update-component", json=body).text
    assert "红灯支部" in allowed
    prepared = device.post("/_dash-update-component", json=body).text
    assert "panel-ranking" in prepared
    assert "红灯支部" not in prepared


def test_a_revoked_device_gets_a_code_again_and_its_old_token_is_dead(closed: Trial) -> None:
    device = closed.enrolled("internal")
    old = device.get_cookie("vanguard_device")
    assert old is not None
    closed.stores.devices.revoke(1, NOW)
    assert device.get("/api/step").status_code == 401
    assert len(code_of(device.get("/wall").text)) == 6
    fresh = device.get_cookie("vanguard_device")
    assert fresh is not None
    assert fresh.value != old.value


def test_the_operator_looks_at_walls_without_a_device(closed: Trial) -> None:
    assert told(closed.client("operator"), "/api/step")["mode"] == "wall_reception"
    assert closed.client("district_leader").get("/api/step").status_code == 401


def test_a_device_stays_in_while_the_side_database_is_away(
    closed: Trial, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    device, director = closed.enrolled("internal"), closed.client("operator")
    assert order(director, "banner", text="欢迎").status_code == 200
    assert told(device, "/api/step")["banner"] == "欢迎"
    gone = sa.create_engine(f"sqlite:///{tmp_path}/nowhere/accounts.db")
    monkeypatch.setattr(closed.stores.devices, "_store", gone)
    monkeypatch.setattr(closed.stores.directions, "_store", gone)
    assert told(device, "/api/step")["banner"] == "欢迎"
    assert closed.client().get("/api/step").status_code == 401


def test_a_screen_nobody_can_tell_of_waits_while_the_side_database_is_away_and_is_not_turned_out(
    closed: Trial, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    device = closed.enrolled("internal")
    kept = closed.stores.devices
    monkeypatch.setattr("callbacks.direction.reach.AGAIN_S", 0.0)
    with monkeypatch.context() as away:
        # The other worker of the server has never heard of this screen.
        away.setattr(kept, "_store", sa.create_engine(f"sqlite:///{tmp_path}/nowhere/accounts.db"))
        assert device.get("/api/step").status_code == 503
        for browser in (device, closed.client()):
            page = browser.get("/wall")
            assert (page.status_code, page.mimetype, page.headers["Refresh"]) == (503, "text/html", "10")
    assert device.get("/api/step").status_code == 200


def test_a_screen_that_waits_hears_that_any_browser_is_let_in(open_trial: Trial, closed: Trial) -> None:
    assert told(open_trial.client(), "/api/device") == {"enrolled": False, "admitted": True}
    assert told(closed.client(), "/api/device") == {"enrolled": False, "admitted": False}
    assert told(closed.enrolled("reception"), "/api/device") == {"enrolled": True, "admitted": True}


def test_only_an_operator_directs_and_only_from_our_own_page(open_trial: Trial) -> None:
    anybody, leader = open_trial.client(), open_trial.client("district_leader")
    assert anybody.get("/director").location == "/leadership/login?next=/director"
    assert anybody.get("/director/state").status_code == 401
    assert leader.get("/director").status_code == 403
    assert leader.get("/director/state").status_code == 403
    assert (
        leader.post("/director/command", json={"number": 0, "action": "next"}, headers=OWN).status_code == 403
    )
    director = open_trial.client("operator")
    command = {"number": told(director, "/director/state")["number"], "action": "next"}
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert director.post("/director/command", json=command, headers=foreign).status_code == 403
    assert director.post("/director/command", data=command, headers=OWN).status_code == 403
    assert director.post("/director/command", json=command, headers=OWN).status_code == 200
    assert director.post("/director/command", json=command, headers=OWN).status_code == 409
    outcomes = [one.outcome for one in audit.newest(open_trial.accounts, 2, action="direct")]
    assert outcomes == ["overtaken", "ok"]


@pytest.mark.parametrize(
    "nonsense",
    [
        [],
        {"action": "next"},
        {"number": True, "action": "next"},
        {"number": 0, "action": "drop tables"},
        {"number": 0, "action": "focus", "town": "7"},
        {"number": 0, "action": "focus", "org": 2**70},
        {"number": 0, "action": "dark", "on": "yes"},
        {"number": 0, "action": "banner", "text": "x" * 201},
        {"number": 0, "action": "banner", "text": ["x"]},
    ],
)
def test_nonsense_is_no_command(closed: Trial, nonsense: Any) -> None:
    director = closed.client("operator")
    assert director.post("/director/command", json=nonsense, headers=OWN).status_code == 400
    assert told(director, "/director/state")["number"] == 0


def test_every_order_about_devices_is_audited_and_a_number_that_is_none_is_refused(closed: Trial) -> None:
    director = closed.client("operator")
    for number, status in ((77, 422), (True, 400), (2**70, 400), ("1", 400)):
        told_it = {"act": "revoke", "device": number}
        assert director.post("/director/devices", json=told_it, headers=OWN).status_code == status
    (noted,) = audit.newest(closed.accounts, 9, action="direct")
    assert (noted.subject, noted.outcome) == ("revoke 77", "refused")


def test_a_guest_of_real_data_is_shown_what_visitors_see_even_by_an_internal_wall(tmp_path: Path) -> None:
    trial = Trial(tmp_path, is_demo=False, devices="open", wall_mode="wall_internal")
    assert told(trial.client(), "/api/step")["mode"] == "wall_reception"
    assert told(trial.enrolled("internal", "/enrol"), "/api/step")["mode"] == "wall_internal"


def test_a_kiosk_shows_its_code_and_is_enrolled_for_visitors(closed: Trial) -> None:
    closed.enrolled("internal", "/kiosk/")
    (made,) = closed.stores.devices.all()
    assert (made.kind, made.exposure) == ("kiosk", "reception")


def test_a_server_pinned_to_visitors_offers_no_other_mode(tmp_path: Path) -> None:
    pinned = Trial(tmp_path, wall_mode="wall_reception")
    director = pinned.client("operator")
    assert told(director, "/director/state")["mode"]["offered"] == ["reception"]
    assert order(director, "mode", mode="internal").status_code == 422
    assert told(director, "/api/step")["mode"] == "wall_reception"
    assert not director.get("/api/version/internal").is_json

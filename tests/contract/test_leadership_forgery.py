"""What browsers and accounts may try beside looking at pages: forged orders, endless requests, an organisation that is
no more, personal fields by way of the wall."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from dashboard.ids import STAGES
from dashboard.leadership import ids
from dashboard.leadership.address import Address
from dashboard.leadership.export.documents import Reports
from dashboard.leadership.export.worker import Worker
from dashboard.panels import BY_SLUG
from dashboard.profile import load_profile
from dashboard.scenes import scenes_of
from data.accounts import audit
from data.errors import OutOfScope
from data.exports.schema import export_jobs
from data.viewer import Role
from tests.callback_requests import dependencies, request_of
from tests.leadership_server import OWN
from tests.marked_district import AMOUNT, ORGANISATION, PERSON, Marked, call, marked


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Marked]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Worker, "wake", lambda self: None)
        yield from marked(tmp_path_factory.mktemp("forgery"), seed=11)


def root(district: Marked) -> int:
    return int(district.district.rows["organizations"][0]["org_id"])


def branch(district: Marked) -> int:
    rows = district.district.rows["organizations"]
    return next(int(row["org_id"]) for row in rows if row["org_type"] == "branch")


def pressed(client: Any, output: str, given: dict[str, Any]) -> Any:
    """The answer to a press of the button whose callback changes this output first, ids of patterns as given."""
    wanted = set(given["ids"])
    (found,) = [
        one
        for one in dependencies(client)
        if output in one["output"]
        and one["inputs"][0]["id"].startswith("{")
        and set(json.loads(one["inputs"][0]["id"])) == wanted
    ]
    return call(client, request_of(found, given))


@pytest.mark.parametrize("role", ["operator", "district_leader"])
@pytest.mark.parametrize("report", ["branch", "quarter", "problems"])
def test_a_report_is_for_roles_that_open_its_page(district: Marked, role: Role, report: str) -> None:
    reports = Reports(district.store, load_profile("haishu"), lambda: district.district.now)
    viewer = district.viewer(role, root(district))
    address = Address("report", branch(district))
    if role == "operator":
        with pytest.raises(OutOfScope):
            reports(report, address, viewer)
    else:
        assert reports(report, address, viewer).title


def test_every_order_of_a_file_is_on_record_the_repeated_and_the_refused_too(district: Marked) -> None:
    viewer = district.viewer("district_leader", root(district))
    client = district.client(viewer)
    given = {"path": "/leadership/cockpit", "search": "", "any": 1}
    orders = (
        ("excel", "/leadership/cockpit"),
        ("excel", "/leadership/members"),
        ("sql", "/leadership/cockpit"),
    )
    for kind, path in orders:
        pressed(client, ids.EXPORT_TOAST, given | {"path": path, "ids": {"export": kind, "part": "x"}})
    with district.accounts.begin() as connection:
        connection.execute(export_jobs.update().values(state="failed"))
        job = connection.execute(sa.select(export_jobs.c.id)).scalar_one()
    pressed(client, ids.EXPORT_TOAST, given | {"ids": {"do": "again", "job": job}})
    lines = audit.newest(district.accounts, 10, login=viewer.login, action="export")
    found = [(one.page, one.subject, one.outcome) for one in reversed(lines)]
    ordered = ("cockpit", "excel", "ok")
    refused = [("/leadership/members", "excel", "refused"), ("/leadership/cockpit", "sql", "refused")]
    assert found == [ordered, *refused, ordered]


def test_what_is_longer_than_any_page_sends_is_not_read(district: Marked) -> None:
    endless = json.dumps({"output": "x" * (1 << 20)})
    for client in (district.client(None), district.client(district.viewer("operator", root(district)))):
        answer = client.post(
            "/leadership/_dash-update-component", data=endless, headers=OWN, content_type="application/json"
        )
        assert answer.status_code == 413
        answer = client.post("/leadership/login", data={"login": "x" * (1 << 20)}, headers=OWN)
        assert answer.status_code == 413


def test_an_account_whose_organisation_is_no_more_sees_nothing_and_breaks_nothing(district: Marked) -> None:
    client = district.client(district.viewer("committee_admin", 987_654))
    given = {"path": "/leadership/home", "search": "", "any": "支部", "ids": {}}
    for dependency in dependencies(client):
        answer = call(client, request_of(dependency, given))
        assert answer.status_code in (200, 204), dependency["output"]
        assert not ORGANISATION.findall(answer.text)


def test_the_wall_tells_of_no_person(district: Marked) -> None:
    client = district.client(None)
    redraw, prepare = dependencies(client, "/")
    scenes = [one.slug for one in scenes_of(load_profile("haishu").scenes, "wall_reception")]
    asked = [(redraw, {"n": 1, "shown": dict.fromkeys(BY_SLUG, "")})]
    asked += [(prepare, {"scene": scene, "stage": STAGES[0]}) for scene in scenes]
    for dependency, wanted in asked:
        body = request_of(dependency, {"any": wanted, "wall-name.data": None})
        answer = client.post("/_dash-update-component", json=body, headers=OWN)
        assert answer.status_code == 200, wanted
        text = json.dumps(answer.json, ensure_ascii=False)
        assert len(text) > 10_000, "nothing was drawn"
        assert not PERSON.findall(text), wanted
        assert f"{AMOUNT:.2f}" not in text

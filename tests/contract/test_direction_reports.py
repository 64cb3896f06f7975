"""/api/report, and what the operator is told of screens and documents over HTTP."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from data.public.schema import documents
from tests.direction_server import OWN, Trial, told
from tests.readmodel_district import NOW


@pytest.fixture
def closed(tmp_path: Path) -> Trial:
    """Data as if they were real: enrolled screens only."""
    return Trial(tmp_path, is_demo=False)


def test_a_report_is_stored_as_it_may_be_and_listed(closed: Trial) -> None:
    device, director = closed.enrolled("internal"), closed.client("operator")
    said = {
        "step": 7, "command": 2**60, "scene": "<script>", "mode": "internal", "version": "12", "width": 3840,
        "height": -1, "heap": "many", "errors": 3, "visible": True, "kind": "kiosk",
    }  # fmt: skip
    assert device.post("/api/report", json=said).status_code == 204
    assert device.post("/api/report", json=["no", "report"]).status_code == 400
    (listed,) = told(director, "/director/state")["screens"]
    assert (listed["kind"], listed["scene"], listed["size"]) == ("wall", "", "3840 × 0")
    assert (listed["heap"], listed["errors"], listed["state"]) == (None, 3, "behind")
    closed.now = NOW + timedelta(minutes=1)
    (listed,) = told(director, "/director/state")["screens"]
    assert listed["state"] == "silent"


@pytest.mark.parametrize(
    "body",
    [
        "[" * 4000,
        '{"a":' * 800,
        "[" * 900 + "]" * 900,
        '{"guest":' + "[" * 900 + "]" * 900 + "}",
        '{"scene":' + "[" * 900 + "]" * 900 + ',"heap":' + "[" * 900 + "]" * 900 + "}",
        '{"heap":1' + "0" * 400 + ',"step":1e999,"width":NaN}',
        '{"step":1' + "0" * 3900 + "}",
        '{"visible":{"a":[]},"kind":[[]],"errors":"\\ud800"}',
    ],
)
def test_no_report_however_nested_fails_the_server(closed: Trial, body: str) -> None:
    device = closed.enrolled("internal")
    answer = device.post("/api/report", data=body, content_type="application/json")
    assert answer.status_code in (204, 400)
    director = closed.client("operator")
    answer = director.post("/director/command", data=body, content_type="application/json", headers=OWN)
    assert answer.status_code == 400


def test_the_operator_is_told_of_documents_that_were_withdrawn(closed: Trial) -> None:
    director = closed.client("operator")
    assert told(director, "/director/state")["withdrawn"] == []
    gone = {"failed_since": NOW, "withdrawn": "not_public", "body": ""}
    with closed.public.begin() as connection:
        connection.execute(documents.update().where(documents.c.name == "kiosk/places").values(gone))
    (found,) = told(director, "/director/state")["withdrawn"]
    assert (found["name"], found["reason"]) == ("展陈“公开阵地和党组织名录”", "not_public")

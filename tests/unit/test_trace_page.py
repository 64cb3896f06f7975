"""The trace of a number: as published for internal views, as a refusal for visitors; the command names mistakes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from callbacks.application import create_app
from commands.explain import _entry, _place
from dashboard.profile import load_profile
from data.errors import SettingError
from data.readmodel.reader import open_reader
from data.scope import Mode
from tests.browser.served_wall import TrialSettings
from tests.readmodel_district import NOW, District, fill

AVERAGE = "hs_b_attendance_rate"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[sa.Engine, District]]:
    engine = sa.create_engine(f"sqlite:///{tmp_path_factory.mktemp('trace') / 'readmodel.db'}")
    yield engine, fill(engine, towns=3, months=14, branches=20)
    engine.dispose()


def client(engine: sa.Engine, mode: Mode) -> FlaskClient:
    return create_app(
        engine, TrialSettings(wall_mode=mode), load_profile("haishu"), lambda: NOW
    ).server.test_client()


@pytest.fixture(scope="module")
def internal(store: tuple[sa.Engine, District]) -> FlaskClient:
    return client(store[0], "wall_internal")


def test_an_internal_view_says_what_the_number_is_made_of(internal: FlaskClient) -> None:
    text = internal.get(f"/trace?of={AVERAGE}").get_data(as_text=True)
    for words in (
        "组织生活参与率",
        "N = PRES(o, m)",
        "数据截至",
        "present",
        "required",
        "python app.py explain",
    ):
        assert words in text, words


def test_a_branch_has_its_own_value_light_and_place_in_the_district(
    internal: FlaskClient, store: tuple[sa.Engine, District]
) -> None:
    branch = store[1].branches[0]
    text = internal.get(f"/trace?of={AVERAGE}&org={branch}").get_data(as_text=True)
    for words in ("得分", "亮灯", "区域平均", f"explain {AVERAGE}"):
        assert words in text, words


def test_a_measure_leads_to_the_indicators_that_read_it(internal: FlaskClient) -> None:
    text = internal.get("/trace?of=dues_owed").get_data(as_text=True)
    assert "/trace?of=hs_b_dues_collection" in text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("of=nothing", 404),
        ("of=hs_m_dues", 404),
        (f"of={AVERAGE}&org=nobody", 404),
        (f"of={AVERAGE}&month=1999-01", 404),
        ("of=<script>alert(1)</script>", 404),
    ],
)
def test_what_cannot_be_traced_is_said_and_never_echoed_raw(
    internal: FlaskClient, query: str, status: int
) -> None:
    answer = internal.get(f"/trace?{query}")
    assert answer.status_code == status
    assert "<script>" not in answer.get_data(as_text=True)


def test_visitors_have_no_such_page(store: tuple[sa.Engine, District]) -> None:
    answer = client(store[0], "wall_reception").get(f"/trace?of={AVERAGE}")
    assert answer.status_code == 404
    assert "N = PRES" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("indicator", "named"),
    [("hs_b_atendance", "no such indicator"), ("dues", "hs_b_dues_collection"), ("hs_m_dues", "persons")],
)
def test_a_wrong_indicator_is_refused_by_name(indicator: str, named: str) -> None:
    with pytest.raises(SettingError) as error:
        _entry(indicator)
    assert named in str(error.value)


def test_an_unknown_organisation_is_refused_and_the_district_is_the_default(
    store: tuple[sa.Engine, District],
) -> None:
    with open_reader(store[0]) as reader:
        assert _place(reader, "").org_id == reader.root_org_id
        with pytest.raises(SettingError):
            _place(reader, "没有这个支部")

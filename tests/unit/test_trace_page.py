"""The trace of a number: as published for internal views, as a refusal for visitors; the command names mistakes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from flask.testing import FlaskClient

from callbacks.application import create_app
from commands.arguments import one_place
from commands.explain import _entry, explain
from commands.report import report
from dashboard.profile import load_profile
from dashboard.units import unit_words
from data.errors import SettingError
from data.indicators.sets import INDICATORS
from data.queries.trace import known_names
from data.readmodel.reader import open_reader
from data.scope import Mode
from tests.browser.served_wall import TrialSettings
from tests.public_store import public_of
from tests.readmodel_district import NOW, District, fill

AVERAGE = "hs_b_attendance_rate"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[sa.Engine, District]]:
    engine = sa.create_engine(f"sqlite:///{tmp_path_factory.mktemp('trace') / 'readmodel.db'}")
    yield engine, fill(engine, towns=3, months=14, branches=20)
    engine.dispose()


def client(engine: sa.Engine, mode: Mode) -> FlaskClient:
    settings, profile = TrialSettings(wall_mode=mode), load_profile("haishu")
    public = public_of(engine, profile, lambda: NOW)
    return create_app(engine, settings, profile, lambda: NOW, public=public).server.test_client()


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
    [
        ("hs_b_atendance", "perhaps hs_b_attendance_rate"),
        ("dues", "hs_b_dues_collection"),
        ("组织生活参与", "hs_b_attendance_rate"),
        ("zzz", "`app.py indicators` lists them"),
        ("hs_m_dues", "persons"),
    ],
)
def test_a_wrong_indicator_is_refused_with_what_may_have_been_meant(indicator: str, named: str) -> None:
    with pytest.raises(SettingError) as error:
        _entry(indicator)
    assert named in str(error.value)


@pytest.mark.parametrize("month", ["2026-9", "202609", "2026-13", "2026年9月", "last"])
def test_a_month_written_otherwise_is_refused_with_its_form_before_anything_is_read(month: str) -> None:
    for command in (explain, report):
        arguments = [AVERAGE, "", month] if command is explain else ["branch", "一个支部", month]
        answer = CliRunner().invoke(
            command, arguments, env={"READ_MODEL_URL": "sqlite:////nowhere/at/all.db"}
        )
        assert isinstance(answer.exception, SettingError)
        assert "YYYY-MM" in str(answer.exception)
        assert month in str(answer.exception)


def test_an_unknown_organisation_is_refused_with_names_like_it(store: tuple[sa.Engine, District]) -> None:
    with open_reader(store[0]) as reader:
        committee, branch = (
            next(name for name in known_names(reader, only_branches=only) if name.endswith(end))
            for end, only in (("党工委", False), ("党支部", True))
        )
        with pytest.raises(SettingError) as error:
            one_place(reader, committee[:-1])
        assert committee in str(error.value)
        with pytest.raises(SettingError) as error:
            one_place(reader, branch.replace("支部", "支步"), only_branches=True)
        assert branch in str(error.value)
        with pytest.raises(SettingError, match="no branch"):
            one_place(reader, committee, only_branches=True)
        assert one_place(reader, branch).is_branch


def test_every_unit_of_the_catalogue_has_a_chinese_word(internal: FlaskClient) -> None:
    assert not [entry.unit for entry in INDICATORS if re.search("[A-Za-z]", unit_words(entry.unit))]
    assert unit_words("members, ratio") == "人、比率"
    assert f"（{AVERAGE}，比率）" in internal.get(f"/trace?of={AVERAGE}").get_data(as_text=True)

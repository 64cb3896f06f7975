"""Visits: refused by file and step, numbers from the data, what has no number left unsaid, sheets and dry runs."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from docx import Document
from rich.console import Console

import app
from commands.rehearse import run, warnings_of
from dashboard import rehearsal, visit
from dashboard.prescriptions import fill
from dashboard.profile import available_districts, load_profile
from dashboard.rehearsal import Rehearsal, SpokenStep, rehearse
from dashboard.reports.cycle import imprint_of
from dashboard.reports.run_sheet import run_sheet
from dashboard.version_state import Limits
from dashboard.visit import load_visit, visit_names
from dashboard.visit_numbers import ALWAYS, NUMBERS, PANEL_OF, moved, points
from data.errors import SettingError, StaleData
from data.readmodel.reader import Reader, open_reader
from data.readmodel.store import prepare
from tests.readmodel_district import NOW
from tests.readmodel_district import fill as fill_district

HAISHU = load_profile("haishu")
Write = Callable[[str], visit.Visit]
GREETING = '[[steps]]\nscene = "overview"\nseconds = 30\ntext = "欢迎各位。全区有党员{members}名。"\n'


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = sa.create_engine(f"sqlite:///{tmp_path_factory.mktemp('visits') / 'readmodel.db'}")
    prepare(engine)
    fill_district(engine)
    with open_reader(engine) as found:
        yield found
    engine.dispose()


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    monkeypatch.setattr(visit, "VISITS", tmp_path)
    (tmp_path / "haishu").mkdir()

    def written(steps: str) -> visit.Visit:
        (tmp_path / "haishu" / "trial.toml").write_text(f'title = "参观讲解"\n{steps}', "utf-8")
        return load_visit(HAISHU, "trial")

    return written


@pytest.mark.parametrize("district", available_districts())
def test_every_district_has_a_visit_of_ten_to_twelve_minutes_that_can_be_said(district: str) -> None:
    assert visit_names(district)
    for name in visit_names(district):
        found = load_visit(load_profile(district), name)
        assert 6 <= len(found.steps) <= 8
        assert 600 <= sum(step.seconds for step in found.steps) <= 720
        assert any(step.focus for step in found.steps)
        for step in found.steps:
            silent = fill(step.template, dict.fromkeys(step.placeholders))
            full = fill(step.template, dict.fromkeys(step.placeholders, "12,345"))
            for text in (silent, full):
                assert re.search(r"[。！？]$", text)
                assert not re.search(r"[{}]|，，|。。|(^|。)(其中|其余|分别)", text)
            spoken = SpokenStep(1, step.scene, "", None, "", None, 0, step.seconds, full, ())
            assert 0.5 < spoken.speech_s / step.seconds <= 0.95


@pytest.mark.parametrize(
    ("steps", "named"),
    [
        (GREETING.replace("overview", "overveiw"), "step 1: no scene of mode reception; one of overview"),
        (GREETING.replace("overview", "check-up"), "step 1: no scene of mode reception"),
        (GREETING + GREETING.replace("{members}", "{membres}"), "step 2: unknown placeholder; perhaps members"),
        (GREETING.replace("{members}", "{study_hours}"), "it stands on panel study"),
        (GREETING.replace("{members}", "{town_members}"), "needs the town"),
        (GREETING.replace("欢迎各位。", ""), "step 1: every sentence needs a number"),
        (GREETING.replace("30", "5"), "greater than or equal to 10"),
        (GREETING + 'month = "2026-13"\n', "steps.0.month"),
        (GREETING + 'focsu = "古林镇"\n', "focsu"),
        ("", "steps"),
    ],
)  # fmt: skip
def test_a_slip_in_a_visit_is_named_with_file_and_step(steps: str, named: str, write: Write) -> None:
    with pytest.raises(SettingError) as refused:
        write(steps)
    assert named in str(refused.value)
    assert "trial.toml:" in str(refused.value)


@pytest.mark.parametrize(
    ("key", "value", "named"),
    [
        ("focus", "古林街道", "step 2: the data have no such town; one of 南门街道, "),
        ("month", "2019-01", "step 2: not on the time axis: 2024-11 to 2026-11"),
    ],
)
def test_a_town_or_month_the_data_do_not_have_is_named(
    key: str, value: str, named: str, write: Write, reader: Reader
) -> None:
    found = write(GREETING + GREETING + f'{key} = "{value}"\n')
    with pytest.raises(SettingError) as refused:
        rehearse(found, HAISHU, reader, NOW, "source")
    assert named in str(refused.value)


def test_every_placeholder_is_read_from_the_panel_it_belongs_to(reader: Reader) -> None:
    """An attribute that a view does not have would otherwise show on the day of the visit."""
    assert not set(ALWAYS) & set(PANEL_OF)
    assert sum(len(names) for names in NUMBERS.values()) == len(PANEL_OF)
    for step in (
        step for name in available_districts() for step in load_visit(load_profile(name), "visitors").steps
    ):
        found = load_visit(HAISHU, "visitors")
        known = rehearsal._numbers(found, step, reader, 3)
        assert set(step.placeholders) - set(ALWAYS) <= set(known)
    spoken = rehearse(load_visit(HAISHU, "visitors"), HAISHU, reader, NOW, "source")
    members = reader.connection.execute(
        sa.text("select members from org_months where org_id = :root and period_month = :month"),
        {"root": reader.root_org_id, "month": reader.version.open_month},
    ).scalar_one()
    assert f"党员{round(members):,}名" in spoken.steps[0].text
    assert [step.starts_s for step in spoken.steps[:3]] == [0, 100, 180]
    assert spoken.steps[1].town_name == "月湖街道"
    assert spoken.steps[1].town is not None
    assert spoken.seconds == sum(step.seconds for step in spoken.steps)


def test_a_missing_number_drops_its_sentence_and_is_told(write: Write, reader: Reader) -> None:
    text = '"""\n请看今天。\n今天有{birthdays_today}名党员过政治生日。\n"""'
    step = f'[[steps]]\nscene = "today"\nseconds = 30\ntext = {text}\n'
    connection = reader.connection
    savepoint = connection.begin_nested()
    connection.execute(sa.text("delete from tallies"))
    found = rehearse(write(step), HAISHU, reader, NOW, "source")
    savepoint.rollback()
    assert found.steps[0].text == "请看今天。"
    assert found.steps[0].missing == ("birthdays_today",)
    assert warnings_of(found) == ["第1个环节：birthdays_today 暂无数据，相关语句已略去"]


def test_changes_are_said_in_words() -> None:
    assert [moved(n, "名") for n in (9, -2, 0, 0.3, None)] == ["增加9名", "减少2名", "持平", "持平", None]
    assert [points(n) for n in (0.004, -0.0312, 0.0001)] == ["上升0.4个百分点", "下降3.1个百分点", "持平"]


def test_stale_data_are_refused_with_their_source_and_age(write: Write, reader: Reader) -> None:
    found = write(GREETING)
    true_at = rehearse(found, HAISHU, reader, NOW, "source").as_of
    edge = true_at + Limits().fresh
    assert rehearse(found, HAISHU, reader, edge, "source").steps
    with pytest.raises(StaleData) as refused:
        rehearse(
            found, HAISHU, reader, edge + timedelta(hours=3), "operational database postgresql://db/party"
        )
    assert "operational database postgresql://db/party last answered" in str(refused.value)
    assert "3 h 15 min ago, at most 15 min" in str(refused.value)
    gone = replace(reader, feed=replace(reader.feed, state="unreachable", reason="connection refused"))
    with pytest.raises(StaleData, match=r"at most 10 s are allowed \(connection refused"):
        rehearse(found, HAISHU, gone, true_at + timedelta(seconds=11), "source")


def test_the_run_sheet_holds_time_scene_focus_and_words(reader: Reader) -> None:
    found = rehearse(load_visit(HAISHU, "visitors"), HAISHU, reader, NOW, "source")
    table = Document(io.BytesIO(run_sheet(found, imprint_of(reader, HAISHU)))).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["时间", "场景", "聚焦", "讲解词"]
    assert rows[2][:3] == ["01:40–03:00", "2 全区总览", "月湖街道"]
    assert [row[3] for row in rows[1:]] == [step.text for step in found.steps]
    assert rows[1][2] == "全区"


def test_a_dry_run_takes_the_time_of_the_visit_by_its_speed() -> None:
    steps = tuple(
        SpokenStep(n + 1, "overview", "全区总览", None, "", None, n * 30, 30, f"第{n}句。", ())
        for n in range(3)
    )
    waited: list[float] = []
    screen = Console(record=True, width=100, file=io.StringIO())
    run(Rehearsal("参观讲解", "wall_reception", 7, NOW, steps), screen, 6, "全区", waited.append)
    assert sum(waited) == pytest.approx(90 / 6)
    shown = screen.export_text()
    assert [f"第{n}句。" in shown for n in range(3)] == [True, True, True]
    assert "00:30  2 全区总览" in shown
    assert "全程1分30秒" in shown


def test_the_command_rehearses_writes_the_sheet_and_refuses_what_it_does_not_know(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "readmodel.db"
    engine = sa.create_engine(f"sqlite:///{file}")
    prepare(engine)
    fill_district(engine)
    engine.dispose()
    monkeypatch.setenv("READ_MODEL_URL", f"sqlite:///{file}")
    monkeypatch.setenv("DISTRICT", "haishu")
    sheet = tmp_path / "sheets" / "visit.docx"
    asked = ["rehearse", "visitors", "--sheet", str(sheet)]
    with pytest.raises(StaleData):
        CliRunner().invoke(app.main, asked, catch_exceptions=False)
    assert not sheet.exists()
    done = CliRunner().invoke(app.main, [*asked, "--max-age", "100000000"], catch_exceptions=False)
    assert done.exit_code == 0
    assert "8个环节，共11分55秒" in done.output
    assert Document(str(sheet)).tables
    assert CliRunner().invoke(app.main, ["rehearse"]).output.strip() == "visitors"
    with pytest.raises(SettingError, match="haishu has no such visit; known: visitors"):
        CliRunner().invoke(app.main, ["rehearse", "visitor"], catch_exceptions=False)

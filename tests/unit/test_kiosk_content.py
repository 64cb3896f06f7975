"""Texts of the kiosk: every district has them, and a mistake names its file, line and key."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.kiosk import content
from dashboard.kiosk.content import load_content
from dashboard.profile import available_districts, load_profile
from data.errors import SettingError


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of all texts, to be changed."""
    folder = tmp_path / "content"
    shutil.copytree(content.CONTENT, folder)
    monkeypatch.setattr(content, "CONTENT", folder)
    load_content.cache_clear()
    yield folder
    load_content.cache_clear()


@pytest.mark.parametrize("district", available_districts())
def test_every_district_has_complete_texts_in_its_own_words(district: str) -> None:
    day = load_profile(district).words.activity_day
    found = load_content(district, day)
    assert [stage.number for stage in found.joining.stages] == [1, 2, 3, 4, 5]
    assert [step.number for step in found.joining.steps] == list(range(1, 26))
    assert sum(hall.here for hall in found.halls.halls) == 1
    assert day in [one.name for one in found.institutions.institutions]
    assert "{activity_day}" not in found.model_dump_json()


def test_a_mistake_names_file_line_and_key(copied: Path) -> None:
    file = copied / "haishu" / "halls.toml"
    file.write_text(file.read_text("utf-8").replace('floor = "二楼"', 'storey = "二楼"', 1), "utf-8")
    with pytest.raises(SettingError, match=r"halls\.toml:\d+: halls\.2\.storey"):
        load_content("haishu", "主题党日")


def test_a_hall_outside_of_the_plan_is_refused(copied: Path) -> None:
    file = copied / "haishu" / "halls.toml"
    file.write_text(file.read_text("utf-8").replace("[2, 34, 56, 24]", "[60, 34, 56, 24]"), "utf-8")
    with pytest.raises(SettingError, match="plan of 100 × 60"):
        load_content("haishu", "主题党日")


def test_a_missing_file_is_named_with_its_document(copied: Path) -> None:
    (copied / "huiji" / "contact.toml").unlink()
    with pytest.raises(SettingError, match=r"huiji/contact\.toml.*docs/kiosk\.md"):
        load_content("huiji", "主题党日")


def test_a_file_of_the_district_stands_before_the_one_for_all(copied: Path) -> None:
    text = (copied / "institutions.toml").read_text("utf-8")
    own = text.replace('name = "党课"', 'name = "微党课"')
    (copied / "wujin" / "institutions.toml").write_text(own, "utf-8")
    names = [one.name for one in load_content("wujin", "统一活动日").institutions.institutions]
    assert "微党课" in names
    assert "微党课" not in [one.name for one in load_content("haishu", "主题党日").institutions.institutions]


def test_the_public_channel_is_an_address_under_https(copied: Path) -> None:
    file = copied / "haishu" / "contact.toml"
    file.write_text(file.read_text("utf-8").replace("https://www", "http://www"), "utf-8")
    with pytest.raises(SettingError, match=r"contact\.toml:\d+: channel_url"):
        load_content("haishu", "主题党日")

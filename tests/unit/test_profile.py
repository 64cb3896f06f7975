"""A district profile with a slip in it is refused with file, line and name of the slip."""

from pathlib import Path

import pytest

from dashboard import profile, profile_file
from data.errors import SettingError

HAISHU = (profile.PROFILES / "haishu.toml").read_text("utf-8")


def refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> str:
    (tmp_path / "slipped.toml").write_text(text, "utf-8")
    monkeypatch.setattr(profile, "PROFILES", tmp_path)
    with pytest.raises(SettingError) as error:
        profile.load_profile.__wrapped__("slipped")
    return str(error.value)


def line_of(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


@pytest.mark.parametrize(
    ("added", "at", "named"),
    [
        ('\n[radar.jn_r_venue]\ncomponents = ["venue_usage"]\n', "", "unknown radar components: venue_usage"),
        ("\n[overrides.hs_b_terms]\nweight = 3\n", "[overrides.hs_b_terms]", "no indicator of this name"),
        ("\n[overrides.hs_b_term]\nweight = 4\n", "[overrides.hs_b_term]", "add up to 101, not 100"),
        ('\n[overrides.hs_b_term]\nyellow = "90"\n', 'yellow = "90"', "needs its direction"),
        ('\n[overrides.hs_b_term]\nyellow = ">= 90"\n', "[overrides.hs_b_term]", "opposite directions"),
        ("\n[overrides.hs_b_term]\nweigth = 3\n", "weigth", "Extra inputs"),
    ],
)
def test_a_slip_in_a_profile_is_named_with_its_line(
    added: str, at: str, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = HAISHU + added
    message = refused(tmp_path, monkeypatch, text)
    assert named in message
    if at:
        assert f"slipped.toml:{line_of(text, at)}" in message


@pytest.mark.parametrize(
    ("right", "wrong", "named"),
    [
        ('title = "', 'titel = "', "titel"),
        ('sets = ["hs_b"', 'sets = ["hs_c", "hs_b"', "unknown; one of"),
        ('name = "海曙区"', 'name = "海曙区', "Illegal character"),
        ('month = "2024-12"', 'month = "2024-12-01"', "String should match"),
    ],
)
def test_a_mistyped_key_or_value_is_named_with_its_line(
    right: str, wrong: str, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert right in HAISHU
    text = HAISHU.replace(right, wrong, 1)
    message = refused(tmp_path, monkeypatch, text)
    assert named in message
    assert f"slipped.toml:{line_of(text, wrong)}" in message


def test_a_slip_in_a_set_names_the_file_of_the_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in profile_file.SETS.glob("*.toml"):
        (tmp_path / file.name).write_text(file.read_text("utf-8"), "utf-8")
    text = (tmp_path / "hs_b.toml").read_text("utf-8").replace('yellow = "<= 90"', "yellow = 90", 1)
    (tmp_path / "hs_b.toml").write_text(text, "utf-8")
    monkeypatch.setattr(profile_file, "SETS", tmp_path)
    with pytest.raises(SettingError) as error:
        profile.load_profile.__wrapped__("haishu")
    assert f"hs_b.toml:{line_of(text, 'yellow = 90')}" in str(error.value)


def test_a_file_of_another_encoding_is_said_to_be_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "slipped.toml").write_bytes(HAISHU.encode("gb18030"))
    monkeypatch.setattr(profile, "PROFILES", tmp_path)
    with pytest.raises(SettingError) as error:
        profile.load_profile.__wrapped__("slipped")
    assert "UTF-8" in str(error.value)

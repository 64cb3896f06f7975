"""A district profile with a slip in it is refused with the name of the slip."""

from pathlib import Path

import pytest

from dashboard import profile
from data.errors import SettingError


@pytest.mark.parametrize(
    ("right", "wrong", "named"),
    [
        ('"venue_use"', '"venue_usage"', "unknown radar components: venue_usage"),
        ("[radar.jn_r_venue]", "[radar.jn_r_place]", "radar axes missing: jn_r_venue"),
        ('id = "hs_b_term"', 'id = "hs_b_terms"', "unknown or doubled indicators: hs_b_terms"),
        ('title = "', 'titel = ""\ntitle = "', "titel"),
    ],
)
def test_a_slip_in_a_profile_is_named(
    right: str, wrong: str, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (profile.PROFILES / "haishu.toml").read_text("utf-8")
    assert right in text
    (tmp_path / "slipped.toml").write_text(text.replace(right, wrong, 1), "utf-8")
    monkeypatch.setattr(profile, "PROFILES", tmp_path)
    with pytest.raises(SettingError) as refused:
        profile.load_profile.__wrapped__("slipped")
    assert named in str(refused.value)

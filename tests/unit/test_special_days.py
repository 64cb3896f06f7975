"""Special days of the schedule: dark or with hours of their own, over midnights, edges and the end of the week."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from dashboard import profile
from dashboard.direction import is_dark_at
from dashboard.profile import DistrictProfile
from dashboard.schedule import EPOCH, Programme, programme_at
from data.direction.direction import Direction
from data.errors import SettingError

HAISHU = (profile.PROFILES / "haishu.toml").read_text("utf-8").split("\n[[schedule]]")[0]
WEEK = """
[[schedule]]
from = "09:00"
to = "11:30"
mode = "reception"
scenes = ["overview"]

[[schedule]]
from = "21:00"
to = "01:00"
mode = "reception"
scenes = ["today"]

[dark]
from = "22:00"
to = "06:30"
"""
FESTIVAL = """
[[special]]
name = "春节"
dates = ["2027-02-06/2027-02-12"]
hours = "dark"
"""
OPEN = """
[[special]]
dates = ["2027-02-11", "2027-02-14/2027-02-15"]
hours = [
  { from = "14:00", to = "17:00", mode = "internal", scenes = ["today"], seconds = { today = 30 } },
  { from = "20:00", to = "23:30", mode = "reception", scenes = ["overview", "today"] },
]
"""


def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entries: str) -> DistrictProfile:
    (tmp_path / "trial.toml").write_text(f"{HAISHU}\n{entries}\n", "utf-8")
    monkeypatch.setattr(profile, "PROFILES", tmp_path)
    return profile.load_profile.__wrapped__("trial")


def at(day: int, hour: float, month: int = 2) -> datetime:
    return datetime(2027, month, day) + timedelta(hours=hour)


def shown(programme: Programme) -> str:
    if programme.is_dark:
        return "dark"
    return " ".join(scene.slug for scene in programme.scenes) if len(programme.scenes) < 3 else "all"


@pytest.fixture
def festive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DistrictProfile:
    return written(tmp_path, monkeypatch, WEEK + FESTIVAL)


def test_a_festival_is_dark_from_its_first_midnight_until_the_morning_after_its_last_night(
    festive: DistrictProfile,
) -> None:
    hours = [(5, 21.5), (5, 22), (6, 0), (6, 10), (12, 23.9), (13, 6.4), (13, 6.5), (13, 10)]
    assert [shown(programme_at(festive, at(*hour))) for hour in hours] == [
        "today", "dark", "dark", "dark", "dark", "dark", "all", "overview",
    ]  # fmt: skip
    inside = programme_at(festive, at(9, 12))
    assert (inside.dark_since, inside.wake) == (at(5, 22), at(13, 6.5))
    # Within it entries of the week do not begin: what ran into it ends, then nothing changes until it is over.
    assert (inside.since, inside.until) == (at(6, 1), at(13, 6.5))
    assert programme_at(festive, at(13, 7)).since == at(13, 6.5)


def test_who_wakes_a_wall_on_a_festival_wakes_it_until_the_festival_is_over(festive: DistrictProfile) -> None:
    woken = Direction(number=1, blackout=False, blackout_at=at(8, 9))
    for moment, dark in (
        (at(8, 8.9), False),
        (at(12, 23), False),
        (at(13, 21.9), False),
        (at(13, 22.1), True),
    ):
        assert is_dark_at(woken, programme_at(festive, moment)) is dark
    assert len(programme_at(festive, at(8, 9)).scenes) > 2, "a woken wall shows every scene"


def test_hours_of_a_special_day_take_the_place_of_those_of_the_week_and_light_its_dark_hours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = written(tmp_path, monkeypatch, WEEK + OPEN)
    hours = (0.5, 7, 10, 14, 17, 20, 22, 23.4, 23.5, 24.5)
    assert [shown(programme_at(found, at(11, hour))) for hour in hours] == [
        "dark", "all", "all", "today", "all", "overview today", "overview today", "overview today",
        "dark", "dark",
    ]  # fmt: skip
    internal = programme_at(found, at(15, 15))
    assert (internal.mode, internal.scenes[0].seconds) == ("wall_internal", 30)
    assert (internal.since, internal.until) == (at(15, 14), at(15, 17))
    pinned = programme_at(found, at(15, 15), only="wall_reception")
    assert (pinned.mode, shown(pinned)) == ("wall_reception", "all"), (
        "an entry of the other mode counts as none"
    )
    assert shown(programme_at(found, at(15, 15), is_scheduled=False)) == "all"


def test_every_minute_around_special_days_ends_where_the_next_programme_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = written(tmp_path, monkeypatch, WEEK + FESTIVAL.replace("2027-02-12", "2027-02-10") + OPEN)
    minute, before = at(4, 0), programme_at(found, at(4, 0) - timedelta(minutes=1))
    while minute < at(18, 0):
        now = programme_at(found, minute)
        assert now.scenes
        assert now.since <= minute
        assert now.until is not None
        assert now.until > minute
        assert now == before or (before.until == now.since == minute)
        minute, before = minute + timedelta(minutes=5), now


def test_a_programme_that_never_changes_but_on_one_day_ends_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = written(tmp_path, monkeypatch, FESTIVAL)
    before, inside, after = (programme_at(found, at(9, 12, month)) for month in (1, 2, 12))
    assert (before.since, before.until) == (EPOCH, at(6, 0))
    assert (inside.dark_since, inside.wake) == (at(6, 0), at(13, 0))
    assert (after.since, after.until) == (at(13, 0), None)


@pytest.mark.parametrize(
    ("slip", "said", "line"),
    [
        ('dates = ["2027-02-30"]\nhours = "dark"', "there is no such day", 2),
        ('dates = ["6.2.2027"]\nhours = "dark"', 'a date is written "2027-02-06"', 2),
        ('dates = [2027-02-06]\nhours = "dark"', 'a date is written "2027-02-06"', 2),
        ('dates = ["2027-02-06/2027-02-01"]\nhours = "dark"', "before its first", 2),
        ('dates = ["2027-02-06/2029-02-06"]\nhours = "dark"', "more than a year", 2),
        ('dates = []\nhours = "dark"', "at least 1 item", 2),
        ('dates = ["2027-02-06"]\nhours = "closed"', 'hours are "dark" or a list', 1),
        ('dates = ["2027-02-06", "2027-02-05/2027-02-07"]\nhours = "dark"', "stands in entries 1 and 1", 1),
        ('dates = ["2027-02-06"]\nhours = [{ from = "25:00", to = "26:00", mode = "reception", scenes = ["today"] }]',
         "a time of day", 3),
        ('dates = ["2027-02-06"]\nhours = [{ from = "09:00", to = "10:00", mode = "reception", scenes = ["nowhere"] }]',
         "unknown scene nowhere", 1),
        ('dates = ["2027-02-06"]\nhours = [{ days = [1], from = "09:00", to = "10:00", mode = "reception", '
         'scenes = ["overview"] }]', "no days of the week", 1),
    ],
)  # fmt: skip
def test_a_slip_in_a_special_day_is_refused_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slip: str, said: str, line: int
) -> None:
    with pytest.raises(SettingError) as refused:
        written(tmp_path, monkeypatch, f"[[special]]\n{slip}")
    first = len(HAISHU.splitlines()) + 1
    assert said in str(refused.value)
    assert f"trial.toml:{first + line - 1}" in str(refused.value)

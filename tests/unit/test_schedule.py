"""The schedule of a wall: one programme for every minute of a week, half-open edges, slips named with their line."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from dashboard import profile
from dashboard.direction import is_dark_at
from dashboard.profile import DistrictProfile, available_districts, load_profile
from dashboard.schedule import Programme, follows_schedule, programme_at
from dashboard.schedule_rules import DAY, Schedule
from data.direction.direction import Direction
from data.errors import SettingError

HAISHU = (profile.PROFILES / "haishu.toml").read_text("utf-8").split("\n[[schedule]]")[0]
MONDAY = datetime(2026, 11, 16)
EVERY_MINUTE = [MONDAY + timedelta(minutes=minute) for minute in range(7 * DAY)]


def district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entries: str) -> DistrictProfile:
    (tmp_path / "trial.toml").write_text(f"{HAISHU}\n{entries}\n", "utf-8")
    monkeypatch.setattr(profile, "PROFILES", tmp_path)
    return profile.load_profile.__wrapped__("trial")


def entry(hours: str, scenes: str = '"overview"', mode: str = "reception", more: str = "") -> str:
    start, end = hours.split("-")
    return f'[[schedule]]\nfrom = "{start}"\nto = "{end}"\nmode = "{mode}"\nscenes = [{scenes}]\n{more}\n'


@pytest.mark.parametrize("name", available_districts())
def test_every_minute_of_a_week_has_one_programme_that_ends_where_the_next_begins(name: str) -> None:
    found = load_profile(name)
    slugs = {mode: {s.slug for s in found.scenes if mode in s.modes} for mode in ("reception", "internal")}
    before = programme_at(found, EVERY_MINUTE[0] - timedelta(minutes=1))
    for minute in EVERY_MINUTE:
        now = programme_at(found, minute)
        assert now.scenes
        assert {scene.slug for scene in now.scenes} <= slugs[now.mode.removeprefix("wall_")]
        assert now.since <= minute
        assert now.until is not None
        assert now.until > minute
        assert now == before or (before.until == now.since == minute)
        before = now


@pytest.mark.parametrize("name", available_districts())
def test_without_its_schedule_a_wall_shows_all_scenes_of_its_mode_for_ever(name: str) -> None:
    found = load_profile(name)
    silent = found.model_copy(update={"schedule": (), "dark": None})
    whole = programme_at(silent, MONDAY)
    assert whole.until is None
    assert not whole.is_dark
    assert [scene.slug for scene in whole.scenes] == [s.slug for s in found.scenes if "reception" in s.modes]
    assert {programme_at(silent, minute) for minute in EVERY_MINUTE[::61]} == {whole}
    assert programme_at(found, MONDAY, is_scheduled=False) == whole


@pytest.mark.parametrize("name", available_districts())
def test_visitors_hours_are_for_visitors_and_nights_are_dark(name: str) -> None:
    found = load_profile(name)
    assert programme_at(found, MONDAY + timedelta(hours=10)).mode == "wall_reception"
    assert not programme_at(found, MONDAY + timedelta(hours=10)).is_dark
    assert programme_at(found, MONDAY + timedelta(hours=3)).is_dark


def test_an_entry_holds_from_its_first_minute_to_before_its_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = district(tmp_path, monkeypatch, entry("09:00-11:30", more="seconds = { overview = 90 }"))
    nine, end = MONDAY.replace(hour=9), MONDAY.replace(hour=11, minute=30)
    tick = timedelta(microseconds=1)
    assert [scene.seconds for scene in programme_at(found, nine).scenes] == [90]
    assert programme_at(found, nine) == programme_at(found, end - tick)
    assert (programme_at(found, nine).since, programme_at(found, nine).until) == (nine, end)
    assert len(programme_at(found, end).scenes) > 1
    assert programme_at(found, nine - tick).until == nine


def test_an_entry_over_midnight_belongs_to_the_day_it_begins_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = entry("22:00-02:00", more="days = [7]") + '[dark]\nfrom = "01:00"\nto = "05:00"\ndays = [1]\n'
    found = district(tmp_path, monkeypatch, text)
    sunday = MONDAY + timedelta(days=6)

    def at(hour: int, day: datetime = sunday) -> Programme:
        return programme_at(found, day + timedelta(hours=hour))

    assert len(at(22).scenes) == len(at(25).scenes) == 1
    assert len(at(26).scenes) > 1
    assert len(at(23, MONDAY).scenes) > 1
    assert [at(hour).is_dark for hour in (24, 25, 28, 29)] == [False, True, True, False]
    assert [at(hour).wake for hour in (24, 25)] == [None, sunday + timedelta(hours=29)]
    assert at(22).until == sunday + timedelta(hours=25)
    assert at(25).since == at(22).until


def test_dark_hours_end_when_they_end_whatever_the_schedule_does_within(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = entry("20:00-23:30") + '[dark]\nfrom = "22:00"\nto = "06:00"\n'
    found = district(tmp_path, monkeypatch, text)
    late = programme_at(found, MONDAY.replace(hour=23))
    assert late.until == MONDAY.replace(hour=23, minute=30)
    assert late.wake == MONDAY + timedelta(hours=30)
    assert programme_at(found, late.until).wake == late.wake
    assert programme_at(found, late.wake).wake is None
    woken = Direction(number=1, blackout=False, blackout_at=MONDAY.replace(hour=23))
    for hours, dark in ((23.25, False), (23.75, False), (29.9, False), (24 + 22.5, True)):
        now = MONDAY + timedelta(hours=hours)
        assert is_dark_at(woken, programme_at(found, now)) is dark


def test_a_wall_pinned_to_one_mode_never_takes_an_entry_of_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = entry("09:00-10:00", '"check-up"', "internal") + entry("10:00-11:00")
    found = district(tmp_path, monkeypatch, text)
    for minute in EVERY_MINUTE[::30]:
        assert programme_at(found, minute, only="wall_reception").mode == "wall_reception"
    nine, ten = (programme_at(found, MONDAY.replace(hour=h), only="wall_reception") for h in (9, 10))
    assert len(nine.scenes) > 1
    assert [scene.slug for scene in ten.scenes] == ["overview"]
    assert programme_at(found, MONDAY.replace(hour=9)).mode == "wall_internal"


@given(st.data())
def test_entries_side_by_side_are_found_again_minute_by_minute(data: st.DataObject) -> None:
    found = load_profile("haishu")
    edges = sorted(data.draw(st.sets(st.integers(0, DAY - 1), min_size=2, max_size=8)))
    entries = [
        {"from": label(start), "to": label(end), "mode": "reception", "scenes": ["overview"],
         "seconds": {"overview": 5 + at}}
        for at, (start, end) in enumerate(zip(edges, edges[1:] + edges[:1], strict=True))
    ]  # fmt: skip
    rules = TypeAdapter(Schedule).validate_python(entries)
    whole = found.model_copy(update={"schedule": rules, "dark": None})
    minute = data.draw(st.integers(0, 7 * DAY - 1))
    now = programme_at(whole, MONDAY + timedelta(minutes=minute))
    expected = max((at for at, edge in enumerate(edges) if edge <= minute % DAY), default=len(edges) - 1)
    assert now.scenes[0].seconds == 5 + expected
    assert (now.since - MONDAY) // timedelta(minutes=1) % DAY == edges[expected]


def label(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (entry("09:00-12:00") + entry("11:59-13:00"), "entries 1 (09:00-12:00) and 2 (11:59-13:00) overlap"),
        (entry("22:00-06:00") + entry("05:00-07:00", more="days = [1]"), "overlap"),
        (entry("09:00-10:00") + entry("10:00-12:00", '"overveiw"'), "entry 2 (10:00-12:00): unknown scene overveiw"),
        (entry("09:00-10:00", '"check-up"'), "entry 1 (09:00-10:00): scene check-up is not for mode reception"),
        (entry("09:00-10:00", ""), "schedule.0.scenes"),
        (entry("09:00-10:00", '"overview", "overview"'), "scene overview is there twice"),
        (entry("09:00-10:00", more="seconds = { today = 60 }"), "seconds for today"),
        (entry("9:00-10:00"), 'a time of day is written "HH:MM"'),
        (entry("09:00-24:30"), 'a time of day is written "HH:MM"'),
        (entry("09:00-09:00"), "begins when it ends"),
        (entry("09:00-10:00", more="days = [0]"), "schedule.0.days.0"),
        ('[dark]\nfrom = "22:00"\nto = "22:00"\n', "begins when it ends"),
    ],
)  # fmt: skip
def test_a_slip_in_the_schedule_is_named_with_file_and_entry(
    text: str, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SettingError) as refused:
        district(tmp_path, monkeypatch, text)
    assert named in str(refused.value)
    assert "trial.toml" in str(refused.value)


def test_simulated_data_has_no_schedule_unless_it_is_asked_for() -> None:
    assert [follows_schedule("auto", is_demo=demo) for demo in (True, False)] == [False, True]
    assert follows_schedule("on", is_demo=True)
    assert not follows_schedule("off", is_demo=False)

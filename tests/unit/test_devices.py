"""Devices: codes that are used once, tokens that are taken back, reports and the alarms of the watch."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

import app
from callbacks.direction.steps import Steps
from callbacks.direction.watchman import BEHIND_AFTER, SILENT_AFTER, Watchman
from dashboard.profile import load_profile
from data.accounts import audit
from data.accounts.store import open_accounts
from data.clock import shanghai_now
from data.devices import device as module
from data.devices.device import CODE_LASTS, Devices
from data.devices.reports import GUEST_LASTS, MOST_GUESTS, Report, Reports
from data.devices.schema import devices as table
from data.errors import CodeUnknown, DeviceUnknown

NOW = datetime(2026, 11, 20, 9, 0)
TOKEN = "a" * 43


class Clock:
    """A clock a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def store(tmp_path: Path) -> sa.Engine:
    engine = open_accounts(f"sqlite:///{tmp_path}/accounts.db")
    Devices(engine).prepare()
    return engine


def test_a_code_lets_its_screen_in_once_and_no_token_is_stored(store: sa.Engine) -> None:
    devices = Devices(store)
    code = devices.code_for(TOKEN, "wall", "10.0.0.7", NOW)
    assert devices.code_for(TOKEN, "wall", "10.0.0.7", NOW) == code
    assert devices.of_token(TOKEN) is None
    made = devices.enrol(f"{code[:3]} {code[3:]}", " 一楼大厅 ", "internal", NOW, "operator")
    assert (made.name, made.kind, made.exposure) == ("一楼大厅", "wall", "internal")
    assert devices.of_token(TOKEN) == made
    with pytest.raises(CodeUnknown):
        devices.enrol(code, "", "internal", NOW, "operator")
    with store.connect() as connection:
        assert TOKEN not in str(connection.execute(sa.select(table)).all())


def test_a_code_grows_old_and_a_kiosk_is_for_visitors_whatever_is_asked(store: sa.Engine) -> None:
    devices = Devices(store)
    old = devices.code_for(TOKEN, "kiosk", "", NOW)
    with pytest.raises(CodeUnknown):
        devices.enrol(old, "", "internal", NOW + CODE_LASTS, "operator")
    code = devices.code_for(TOKEN, "kiosk", "", NOW + CODE_LASTS)
    assert devices.enrol(code, "", "internal", NOW + CODE_LASTS, "operator").exposure == "reception"


def test_two_screens_never_show_one_code_and_only_so_many_wait(
    store: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter([111_111, 111_111, 222_222, 333_333])
    monkeypatch.setattr("data.devices.device.secrets.randbelow", lambda _: next(drawn))
    monkeypatch.setattr(module, "MOST_WAITING", 2)
    devices = Devices(store)
    codes = [devices.code_for(str(k) * 43, "wall", "", NOW + timedelta(seconds=k)) for k in range(3)]
    assert codes == ["111111", "222222", "333333"]
    assert [one.code for one in devices.waiting(NOW + timedelta(seconds=3))] == ["333333", "222222"]


def test_a_page_opened_again_and_again_pushes_no_code_of_another_screen_out(store: sa.Engine) -> None:
    devices = Devices(store)
    wall = devices.code_for(TOKEN, "wall", "10.0.0.7", NOW)
    for k in range(module.MOST_AT_ADDRESS + 5):
        devices.code_for(f"{k:043d}", "wall", "10.0.0.9", NOW + timedelta(seconds=1 + k))
    waiting = devices.waiting(NOW + timedelta(minutes=1))
    assert wall in [one.code for one in waiting]
    assert [one.address for one in waiting].count("10.0.0.9") == module.MOST_AT_ADDRESS


def test_a_device_is_renamed_and_revoked_and_an_unknown_one_is_said_to_be(store: sa.Engine) -> None:
    devices = Devices(store)
    made = devices.enrol(devices.code_for(TOKEN, "wall", "", NOW), "甲", "reception", NOW, "operator")
    devices.rename(made.id, "乙\n2026-11-20 device_alarm\u2028 ")
    devices.revoke(made.id, NOW)
    found = devices.of_token(TOKEN)
    assert found is not None
    assert (found.name, found.is_revoked) == ("乙 2026-11-20 device_alarm", True)
    with pytest.raises(DeviceUnknown):
        devices.revoke(made.id + 1, NOW)


def report(device_id: int | None, at: datetime, step: int, screen: str = "") -> Report:
    return Report(
        screen or f"d{device_id}", device_id, "wall", at, step, 0, "overview", "internal", "7", 3840, 1280,
        41.5, 0, True, "10.0.0.7",
    )  # fmt: skip


def test_guests_are_few_and_forgotten_and_devices_are_not(store: sa.Engine) -> None:
    reports = Reports(store)
    reports.note(report(5, NOW, 1))
    for k in range(MOST_GUESTS + 3):
        reports.note(report(None, NOW, 1, f"g{k:012d}"))
    assert len(reports.newest(NOW)) == MOST_GUESTS + 1
    later = NOW + GUEST_LASTS
    assert [one.device_id for one in reports.newest(later)] == [5]
    reports.note(report(None, later, 2, "gffffffffffff"))
    assert len(reports.newest(later)) == 2


@pytest.fixture
def watched(store: sa.Engine) -> tuple[Watchman, Steps, Reports, Clock, int]:
    """A watchman, the steps, the reports, a clock to move, and an enrolled wall."""
    clock, devices, reports = Clock(), Devices(store), Reports(store)
    steps = Steps(load_profile("haishu"), clock, lambda: True, None, only="wall_internal", schedule="off")
    made = devices.enrol(devices.code_for(TOKEN, "wall", "", NOW), "大厅", "internal", NOW, "operator")
    return Watchman(steps, devices, reports, clock), steps, reports, clock, made.id


def test_a_silent_wall_raises_one_alarm_that_ends_when_it_speaks(
    watched: tuple[Watchman, Steps, Reports, Clock, int], caplog: pytest.LogCaptureFixture
) -> None:
    watchman, steps, reports, clock, wall = watched
    reports.note(report(wall, NOW, steps.now().number))
    clock.now = NOW + SILENT_AFTER - timedelta(seconds=1)
    watchman.look()
    assert reports.standing() == []
    clock.now = NOW + SILENT_AFTER
    with caplog.at_level(logging.ERROR):
        watchman.look()
        watchman.look()
    assert [(one.name, one.kind, one.ended_at) for one in reports.standing()] == [("大厅", "silent", None)]
    lines = [line for line in caplog.messages if line.startswith("device_alarm ")]
    assert len(lines) == 1
    assert f"device={wall} name=大厅 kind=silent" in lines[0]
    reports.note(report(wall, clock.now, steps.now().number))
    watchman.look()
    assert reports.standing() == []
    assert [one.ended_at for one in reports.since(NOW)] == [clock.now]


def test_a_kiosk_that_falls_silent_again_raises_another_alarm_though_it_has_no_steps(
    watched: tuple[Watchman, Steps, Reports, Clock, int], caplog: pytest.LogCaptureFixture
) -> None:
    watchman, _, reports, clock, kiosk = watched
    for hour in range(2):
        clock.now = NOW + timedelta(hours=hour)
        reports.note(replace(report(kiosk, clock.now, 0), kind="kiosk"))
        watchman.look()
        assert reports.standing() == []
        clock.now += SILENT_AFTER
        with caplog.at_level(logging.ERROR):
            watchman.look()
            watchman.look()
        assert [(one.kind, one.at) for one in reports.standing()] == [("silent", clock.now)]
    assert len([line for line in caplog.messages if line.startswith("device_alarm ")]) == 2


@pytest.mark.parametrize("kind", ["wall", "kiosk"])
def test_a_screen_that_is_hidden_raises_an_alarm_though_it_follows_every_step(
    watched: tuple[Watchman, Steps, Reports, Clock, int], kind: str
) -> None:
    watchman, steps, reports, clock, wall = watched
    shown = replace(report(wall, NOW, steps.now().number), kind=kind)
    reports.note(replace(shown, visible=False))
    watchman.look()
    assert [(one.name, one.kind) for one in reports.standing()] == [("大厅", "hidden")]
    clock.now = NOW + timedelta(seconds=10)
    reports.note(replace(shown, at=clock.now, step=steps.now().number))
    watchman.look()
    assert reports.standing() == []


def test_a_report_from_the_future_is_silence(
    watched: tuple[Watchman, Steps, Reports, Clock, int],
) -> None:
    watchman, steps, reports, _, wall = watched
    reports.note(report(wall, NOW + timedelta(days=1), steps.now().number))
    watchman.look()
    assert [one.kind for one in reports.standing()] == ["silent"]


def test_the_alarm_of_a_device_that_is_no_more_ends(
    watched: tuple[Watchman, Steps, Reports, Clock, int],
) -> None:
    watchman, _, reports, _, wall = watched
    reports.raise_alarm(wall + 7, "旧屏", "silent", 1, NOW)
    watchman.look()
    assert reports.standing() == []


def test_a_wall_that_misses_two_steps_is_behind(
    watched: tuple[Watchman, Steps, Reports, Clock, int],
) -> None:
    watchman, steps, reports, clock, wall = watched
    shown = steps.now()
    for missed, kinds in ((0, []), (1, []), (2, ["behind"])):
        reports.note(report(wall, clock.now, shown.number))
        watchman.look()
        assert steps.missed(shown.number) == missed
        assert [one.kind for one in reports.standing()] == kinds
        following = steps.now().until
        assert following is not None
        clock.now = following


def test_a_wall_that_never_shows_the_step_is_behind_after_a_minute_however_long_the_step_lasts(
    watched: tuple[Watchman, Steps, Reports, Clock, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    watchman, steps, reports, clock, wall = watched
    long = replace(steps.now(), since=NOW, until=None)
    monkeypatch.setattr(steps, "now", lambda: long)
    monkeypatch.setattr(steps, "missed", lambda _: 1)
    reports.note(report(wall, NOW, long.number - 1))
    watchman.look()
    assert reports.standing() == []
    clock.now = NOW + BEHIND_AFTER
    reports.note(report(wall, clock.now, long.number - 1))
    watchman.look()
    assert [one.kind for one in reports.standing()] == ["behind"]


def test_devices_are_kept_on_the_command_line_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    engine = open_accounts(f"sqlite:///{tmp_path}/haishu/accounts.db")
    devices = Devices(engine)
    devices.prepare()
    code = devices.code_for(TOKEN, "wall", "10.0.0.7", shanghai_now())

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(app.main, ["devices", *arguments], catch_exceptions=False)
        assert result.exit_code == 0
        return result.output

    assert f"10.0.0.7 shows {code}" in run("list")
    assert "wall, internal, 大厅" in run("enrol", code, "--name", "大厅", "--shows", "internal")
    run("rename", "1", "门厅")
    run("revoke", "1")
    told = run("list")
    assert "门厅" in told
    assert "revoked" in told
    actions = [one.action for one in audit.newest(engine, 9)]
    assert actions == ["device_revoked", "device_renamed", "device_enrolled"]

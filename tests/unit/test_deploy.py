"""Launchers and units: the command line of a screen, a new start when its heart is silent, scripts without a slip."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[2] / "deploy"
SCREEN = DEPLOY / "screen.sh"
UNITS = sorted(DEPLOY.glob("*.service"))

# Writes down how it was called and lives until it is ended; told to, it ends at once or does not obey SIGTERM.
CHROMIUM = """#!/bin/bash
printf '%s\\n' "$@" > "$LOG/arguments.$(find "$LOG" -name 'arguments.*' | wc -l)"
[ -z "${FAKE_ENDS:-}" ] || exit 7
exec sleep 60
"""
HEARTBEAT = """#!/bin/bash
echo beat >> "$LOG/beats"
[ "$(wc -l < "$LOG/beats")" -le "${FAKE_BEATS:-0}" ]
"""


@pytest.fixture
def fakes(tmp_path: Path) -> dict[str, str]:
    """An environment with a fake browser and a fake heart."""
    for name, text in (("chromium", CHROMIUM), ("heartbeat", HEARTBEAT)):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    return {
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "LOG": str(tmp_path),
        "HOME": str(tmp_path),
        "SCREEN_URL": "http://10.0.0.5:8050",
        "SCREEN_HOME": str(tmp_path / "profile"),
        "SCREEN_HEARTBEAT": str(tmp_path / "heartbeat"),
        "SCREEN_PERIOD_S": "0.01",
        "SCREEN_STARTS": "1",
    }


def run(kind: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([SCREEN, kind], env=environment, capture_output=True, text=True, timeout=60)


def arguments(tmp_path: Path, start: int = 0) -> list[str]:
    return (tmp_path / f"arguments.{start}").read_text().splitlines()


def test_a_wall_is_a_kiosk_browser_of_its_own_size_at_one_pixel_per_lamp(
    fakes: dict[str, str], tmp_path: Path
) -> None:
    run("wall", fakes | {"SCREEN_SIZE": "3840x1280", "SCREEN_MEMORY_MB": "512"})
    found = arguments(tmp_path)
    assert found[-1] == "http://10.0.0.5:8050/wall"
    assert set(found) >= {
        "--kiosk",
        "--no-first-run",
        "--disable-pinch",
        "--overscroll-history-navigation=0",
        "--disable-session-crashed-bubble",
        "--force-device-scale-factor=1",
        "--window-size=3840,1280",
        "--js-flags=--max-old-space-size=512",
        f"--user-data-dir={tmp_path / 'profile'}",
        "--remote-debugging-address=127.0.0.1",
    }
    assert any(flag.startswith("--disable-features=Translate,") for flag in found)
    assert "--touch-events=enabled" not in found
    assert not any(flag.startswith("--no-sandbox") for flag in found)


def test_a_kiosk_takes_touches_and_the_size_of_its_screen(fakes: dict[str, str], tmp_path: Path) -> None:
    run("kiosk", fakes)
    found = arguments(tmp_path)
    assert found[-1] == "http://10.0.0.5:8050/kiosk"
    assert "--touch-events=enabled" in found
    assert not any(flag.startswith("--window-size") for flag in found)


def test_a_browser_is_started_again_when_its_heart_is_silent_too_often(
    fakes: dict[str, str], tmp_path: Path
) -> None:
    done = run("wall", fakes | {"SCREEN_STARTS": "2", "FAKE_BEATS": "4"})
    # Four beats, three missing, a new start, three missing.
    assert len((tmp_path / "beats").read_text().split()) == 4 + 3 + 3
    assert arguments(tmp_path, 0) == arguments(tmp_path, 1)
    assert done.stderr.count("start ") == 2
    assert "heartbeat 3 of 3 missing" in done.stderr


def test_a_browser_that_ends_is_started_again_without_a_restore_bubble(
    fakes: dict[str, str], tmp_path: Path
) -> None:
    preferences = tmp_path / "profile/Default/Preferences"
    preferences.parent.mkdir(parents=True)
    preferences.write_text('{"profile":{"exit_type":"Crashed","exited_cleanly":false}}')
    (tmp_path / "profile/DevToolsActivePort").write_text("9999\n/x")
    done = run("wall", fakes | {"SCREEN_STARTS": "3", "FAKE_ENDS": "1"})
    assert done.stderr.count("the browser has ended") == 3
    assert preferences.read_text() == '{"profile":{"exit_type":"Normal","exited_cleanly":true}}'
    assert not (tmp_path / "profile/DevToolsActivePort").exists()


@pytest.mark.parametrize(
    ("kind", "missing", "code", "named"),
    [
        ("walls", "", 2, "usage: screen.sh wall|kiosk"),
        ("wall", "SCREEN_URL", 1, "SCREEN_URL is needed"),
    ],
)
def test_a_wrong_call_is_named_and_starts_nothing(
    kind: str, missing: str, code: int, named: str, fakes: dict[str, str], tmp_path: Path
) -> None:
    done = run(kind, {name: value for name, value in fakes.items() if name != missing})
    assert done.returncode == code
    assert named in done.stderr
    assert not list(tmp_path.glob("arguments.*"))


def test_a_heart_that_was_never_there_is_said_to_be_silent(tmp_path: Path) -> None:
    asked = [DEPLOY / "heartbeat.py", tmp_path]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stderr) == (1, "no heartbeat: the browser has not started yet\n")


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="shellcheck is not installed")
def test_the_scripts_are_without_a_slip() -> None:
    scripts = sorted(DEPLOY.glob("*.sh"))
    done = subprocess.run(["shellcheck", *scripts], capture_output=True, text=True)
    assert SCREEN in scripts
    assert done.stdout == ""


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_runs_a_command_of_this_program_for_ever(unit: Path) -> None:
    found = configparser.ConfigParser(strict=False, interpolation=None)
    found.optionxform = str  # type: ignore[assignment,method-assign]
    found.read(unit)
    service = found["Service"]
    assert service["Restart"] == "always"
    assert service["User"].startswith("vanguard")
    started = service["ExecStart"].split()
    if "app.py" in started:
        assert started[started.index("app.py") + 1] in ("serve", "project")
    else:
        assert DEPLOY / Path(started[1]).name == SCREEN
        assert os.access(SCREEN, os.X_OK)


def test_there_is_a_unit_for_server_projector_and_screens() -> None:
    assert [unit.name for unit in UNITS] == [
        "vanguard-project.service",
        "vanguard-screen@.service",
        "vanguard-serve.service",
    ]

"""The check of the machine's Chinese faces."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest

from dashboard import faces


def machine(monkeypatch: pytest.MonkeyPatch, *, families: str, with_probe: str) -> None:
    """A machine with these faces, of which the second list holds every probed character."""

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 0, with_probe if "charset" in command[1] else families)

    monkeypatch.setattr(faces.subprocess, "run", run)
    monkeypatch.setattr(faces.shutil, "which", lambda _: "/usr/bin/fc-list")


def test_a_machine_with_both_faces_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    both = "Noto Sans CJK SC\nNoto Serif CJK SC,Noto Serif CJK SC Black\n"
    machine(monkeypatch, families=both, with_probe="Noto Sans CJK SC\n")
    assert faces.missing_faces() == []


def test_a_bare_machine_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch, families="DejaVu Sans\n", with_probe="")
    missing = faces.missing_faces()
    assert len(missing) == 2
    assert all("fonts-noto-cjk" in line for line in missing)


def test_a_face_without_the_characters_of_the_towns_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch, families="Microsoft YaHei\nSimSun\n", with_probe="")
    assert faces.missing_faces() == ["the Hei faces lack 段碶鄞溇: apt-get install fonts-noto-cjk"]

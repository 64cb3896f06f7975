"""The Chinese faces of this machine: whether the screens can be written at all, and what to install if not."""

from __future__ import annotations

import shutil
import subprocess

from dashboard.theme import HEI_FACES, SONG_FACES

INSTALL = "apt-get install fonts-noto-cjk"
# Rare characters of the towns: a face that lacks one shows an empty box on the wall.
PROBE = "段碶鄞溇"


def missing_faces() -> list[str]:
    """What is missing, each as one sentence with its remedy; empty when all is well or cannot be known."""
    if shutil.which("fc-list") is None:
        return []
    families = _families(":")
    found = [
        f"no {kind} face ({', '.join(faces)}): {INSTALL}"
        for kind, faces in (("Hei", HEI_FACES), ("Song", SONG_FACES))
        if not families & set(faces)
    ]
    poor = [glyph for glyph in PROBE if not _families(f":charset={ord(glyph):x}") & set(HEI_FACES)]
    if poor and not found:
        found.append(f"the Hei faces lack {''.join(poor)}: {INSTALL}")
    return found


def _families(pattern: str) -> set[str]:
    """Family names of the faces that match a fontconfig pattern."""
    answer = subprocess.run(
        ["fc-list", pattern, "family"], capture_output=True, text=True, timeout=20, check=False
    )
    return {name.strip() for line in answer.stdout.splitlines() for name in line.split(",")}

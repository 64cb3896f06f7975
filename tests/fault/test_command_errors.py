"""A command that cannot reach its database says so in one line, without a password and without a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Port 1 refuses at once; nothing listens there.
NOBODY = "postgresql://reader:geheim@127.0.0.1:1/party?connect_timeout=2"


def run(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {
        key: value for key, value in os.environ.items() if key not in ("OPERATIONAL_URL", "READ_MODEL_URL")
    }
    return subprocess.run(
        [sys.executable, "-B", str(ROOT / "app.py"), *arguments],
        cwd=folder,
        env={**environment, "DATA_DIR": str(folder), "COLUMNS": "300", **settings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "command", [("check",), ("generate",), ("simulate",), ("project", "--once"), ("demo",)], ids=" ".join
)
def test_an_operational_database_that_is_gone_is_named_without_its_password(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    done = run(tmp_path, *command, OPERATIONAL_URL=NOBODY)
    assert done.returncode == 2
    assert "operational database postgresql+psycopg://reader:***@127.0.0.1:1/party" in done.stderr
    assert "Traceback" not in done.stderr
    assert "geheim" not in done.stdout + done.stderr


def test_a_read_model_that_is_gone_is_named_without_its_password(tmp_path: Path) -> None:
    done = run(tmp_path, "project", "--once", READ_MODEL_URL=NOBODY)
    assert done.returncode == 2
    assert "read model postgresql+psycopg://reader:***@127.0.0.1:1/party" in done.stderr
    assert "Traceback" not in done.stderr
    assert "geheim" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgres//reader:geheim@db/party", "OPERATIONAL_URL='postgres//reader:***@db/party'"),
        ("mysql+mysqldb://reader:geheim@db/party", "OPERATIONAL_URL='mysql+mysqldb://reader:***@db/party'"),
    ],
)
def test_a_url_that_cannot_be_used_is_named_without_its_password(tmp_path: Path, url: str, said: str) -> None:
    done = run(tmp_path, "check", OPERATIONAL_URL=url)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "geheim" not in done.stdout + done.stderr

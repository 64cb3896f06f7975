"""The heartbeat of a screen's browser: a real page lives, one that hangs or cannot be reached does not."""

from __future__ import annotations

import http.server
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.conftest import free_port

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not shutil.which("chromium"), reason="chromium is not installed: apt-get install chromium"
    ),
]

HEARTBEAT = Path(__file__).parents[2] / "deploy/heartbeat.py"
PAGES = {
    "/wall": "<title>wall</title><p>lives</p>",
    # Hangs as soon as the page is told to: its thread never comes back.
    "/hangs": "<title>hangs</title><script>onload = function () { setTimeout(function () { for (;;) {} }); }</script>",
}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A server with a page that lives and one that hangs."""

    class Pages(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(PAGES.get(self.path, "").encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@contextmanager
def screen(home: Path, url: str) -> Iterator[None]:
    """A browser as the launcher starts it, without a screen."""
    flags = [
        "--headless=new",
        "--no-sandbox",
        "--no-first-run",
        "--remote-debugging-port=0",
        f"--user-data-dir={home}",
    ]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen([shutil.which("chromium") or "", *flags, url], stdout=log, stderr=log)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def beat(home: Path) -> tuple[int, str]:
    done = subprocess.run([HEARTBEAT, home], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stderr


def until_beat(home: Path, code: int, word: str) -> None:
    WebDriverWait(home, 60, poll_frequency=0.2).until(
        lambda folder: (found := beat(folder))[0] == code and word in found[1], f"no {code} {word}"
    )


def test_a_page_that_answers_lives(site: str, tmp_path: Path) -> None:
    with screen(tmp_path, f"{site}/wall"):
        until_beat(tmp_path, 0, "")
        assert beat(tmp_path) == (0, "")
    until_beat(tmp_path, 1, "no heartbeat")


def test_a_page_that_hangs_is_dead(site: str, tmp_path: Path) -> None:
    with screen(tmp_path, f"{site}/hangs"):
        until_beat(tmp_path, 1, "timed out")


def test_an_error_page_of_the_browser_is_none_of_ours(tmp_path: Path) -> None:
    with screen(tmp_path, f"http://127.0.0.1:{free_port()}/wall"):
        until_beat(tmp_path, 1, "the browser's own: chrome-error:")

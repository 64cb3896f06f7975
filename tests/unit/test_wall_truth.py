"""Truth state, focus walk, colours: what the server and the browser must agree on."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import plotly
import pytest

from dashboard.assets_served import PLOTLY_BUNDLE, font_urls, plotly_url, served_files
from dashboard.focus import DWELL_S, focus_at
from dashboard.theme import Tokens
from dashboard.version_state import Limits, truth_of
from data.readmodel.reader import Feed, Version

ASSETS = Path(__file__).parents[2] / "assets"
NOW = datetime(2026, 11, 20, 14, 32)
VERSION = Version(7, NOW - timedelta(days=9), NOW, "2026-11", "haishu", True, "boot")


@pytest.mark.parametrize(
    ("age", "state"),
    [
        (timedelta(0), "fresh"),
        (timedelta(minutes=15), "fresh"),
        (timedelta(minutes=15, seconds=1), "ageing"),
        (timedelta(hours=48), "ageing"),
        (timedelta(hours=48, seconds=1), "stale"),
    ],
)
def test_the_state_follows_the_last_answer_of_the_source(age: timedelta, state: str) -> None:
    assert truth_of(VERSION, Feed("ok", NOW - age, None), NOW, Limits()).state == state


@pytest.mark.parametrize("feed", ["unreachable", "broken"])
def test_a_source_that_is_known_to_be_lost_makes_the_data_ageing_after_a_hiccup(feed: str) -> None:
    ages = [timedelta(seconds=10), timedelta(seconds=11), timedelta(hours=49)]
    states = [truth_of(VERSION, Feed(feed, NOW - age, "gone"), NOW, Limits()).state for age in ages]
    assert states == ["fresh", "ageing", "stale"]


def test_before_the_first_answer_the_publish_time_counts() -> None:
    assert truth_of(VERSION, Feed("never", None, None), NOW, Limits()).state == "stale"


def test_the_focus_dwells_and_walks_round() -> None:
    walk = (10, 20, 30)
    assert [focus_at(s * DWELL_S + 9, walk) for s in range(4)] == [10, 20, 30, 10]
    assert focus_at(0, ()) is None


def test_browser_and_server_dwell_equally_long() -> None:
    script = (ASSETS / "clientside.js").read_text(encoding="utf-8")
    assert f"DWELL_MS = {DWELL_S * 1000}" in script


def test_the_style_sheet_carries_the_colours_of_the_theme() -> None:
    sheet = (ASSETS / "00-tokens.css").read_text(encoding="utf-8")
    written = dict(re.findall(r"--([a-z0-9-]+): (#[0-9A-F]{6});", sheet))
    tokens = {name: value for name, value in vars(Tokens()).items() if name != "blue"}
    expected = {name.replace("_", "-"): value for name, value in tokens.items()}
    expected |= {f"blue-{i + 1}": value for i, value in enumerate(Tokens().blue)}
    assert written == expected


def test_the_bundle_is_the_version_plotly_py_carries() -> None:
    full = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    carried = re.search(r"plotly\.js v(\S+)", full.read_text(encoding="utf-8")[:200])
    vendored = PLOTLY_BUNDLE.read_text(encoding="utf-8")[:200]
    assert carried
    assert f"plotly.js (basic - minified) v{carried[1]}" in vendored


def test_immutable_files_change_their_address_with_their_content() -> None:
    assert plotly_url() in served_files()
    assert len(set(font_urls().values())) == 3
    assert all(re.fullmatch(r"/immutable/[0-9a-f]{12}/[\w.-]+", url) for url in served_files())

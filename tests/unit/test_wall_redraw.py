"""What a redraw sends: only what the browser does not show yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from dash import no_update

from callbacks import redraw
from callbacks.picture import DrawnPanel, Picture
from dashboard.ids import PARTS
from dashboard.scenes import OVERVIEW
from dashboard.version_state import Truth
from data.readmodel.reader import Version

NOW = datetime(2026, 11, 20, 14, 32)
SLUG = OVERVIEW[0]


def picture(**digests: str) -> Picture:
    drawn = DrawnPanel(
        parts={part: {"part": part} for part in PARTS},
        digests={part: digests.get(part, "same") for part in PARTS},
    )
    version = Version(8, NOW, NOW, "2026-11", "haishu", True, "boot")
    return Picture(version, Truth("fresh", NOW), (1, 2), 1, {SLUG: drawn})


SHOWN = {SLUG: dict.fromkeys([str(part) for part in PARTS], "same")}


def test_an_unchanged_panel_gets_only_its_new_version() -> None:
    reply = redraw.changes(picture(), {"n": 3}, SHOWN)
    assert [reply[SLUG][part] for part in PARTS] == [no_update] * 4
    assert reply[SLUG]["data-version"] == "8"
    assert reply["shown"] is no_update
    assert reply["wall"]["data-drawn"] == "3"


def test_a_changed_part_is_sent_alone_and_remembered() -> None:
    reply = redraw.changes(picture(note="other"), {"n": 3}, SHOWN)
    assert reply[SLUG]["note"] == {"part": "note"}
    assert reply[SLUG]["figure"] is no_update
    assert reply["shown"][SLUG]["note"] == "other"


def test_a_failed_panel_keeps_its_picture_and_version_and_says_error() -> None:
    whole = picture()
    failed = Picture(whole.version, whole.truth, whole.walk, whole.focus, {SLUG: None})
    reply = redraw.changes(failed, {"n": 3}, SHOWN)
    assert reply[SLUG]["data-state"] == "error"
    assert {str(reply[SLUG][p]) for p in (*PARTS, "data-version", "data-as-of")} == {str(no_update)}
    assert reply["shown"] is no_update


def test_without_read_model_every_picture_stands_and_is_marked_down() -> None:
    reply: dict[str, Any] = redraw.unreachable({"n": 5})
    assert reply["wall"]["data-drawn"] == "5"
    for slug in OVERVIEW:
        assert reply[slug]["data-state"] == "down"
        assert reply[slug]["figure"] is no_update


@pytest.mark.parametrize("walk", [(), (3, 1)])
def test_the_walk_is_written_in_its_order(walk: tuple[int, ...]) -> None:
    assert redraw.walk_text(walk) == ",".join(map(str, walk))

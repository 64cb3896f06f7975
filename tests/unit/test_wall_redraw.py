"""What a redraw sends: only what the browser does not show yet."""

from __future__ import annotations

from datetime import datetime

import pytest

from callbacks import redraw
from callbacks.picture import DrawnPanel, Picture
from dashboard import ids
from dashboard.ids import PARTS
from dashboard.version_state import Truth
from data.readmodel.reader import Version

NOW = datetime(2026, 11, 20, 14, 32)
SLUG = "members"


def picture(**digests: str) -> Picture:
    drawn = DrawnPanel(
        parts={part: {"part": part} for part in PARTS},
        digests={part: digests.get(part, "same") for part in PARTS},
    )
    version = Version(8, NOW, NOW, "2026-11", "haishu", True, "boot")
    return Picture(version, Truth("fresh", NOW), (1, 2), 1, {SLUG: drawn})


SHOWN = {SLUG: "same same same same"}
FRAME = ids.frame(SLUG)


def test_an_unchanged_panel_gets_only_its_attributes() -> None:
    changes = redraw.changes(picture(), SHOWN)
    assert set(changes) == {FRAME}
    assert changes[FRAME]["data-version"] == "8"


def test_a_changed_part_is_sent_alone_with_the_digests_of_all() -> None:
    changes = redraw.changes(picture(note="other"), SHOWN)
    assert changes[ids.part(SLUG, "note")] == {"children": {"part": "note"}}
    assert set(changes) == {FRAME, ids.part(SLUG, "note")}
    assert changes[FRAME]["data-digests"] == "same same other same"


def test_a_panel_never_drawn_before_gets_every_part() -> None:
    changes = redraw.changes(picture(), {SLUG: ""})
    assert set(changes) == {FRAME, *(ids.part(SLUG, part) for part in PARTS)}


def test_a_failed_panel_keeps_its_picture_and_version_and_says_error() -> None:
    whole = picture()
    failed = Picture(whole.version, whole.truth, whole.walk, whole.focus, {SLUG: None})
    assert redraw.changes(failed, SHOWN) == {FRAME: {"data-state": "error"}}


def test_without_read_model_every_panel_of_the_page_stands_and_is_marked_down() -> None:
    assert redraw.unreachable(SHOWN) == {FRAME: {"data-state": "down"}}


@pytest.mark.parametrize("walk", [(), (3, 1)])
def test_the_walk_is_written_in_its_order(walk: tuple[int, ...]) -> None:
    assert redraw.walk_text(walk) == ",".join(map(str, walk))

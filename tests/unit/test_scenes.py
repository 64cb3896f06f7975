"""Scenes as a profile writes them: refused with the name of the slip, laid out in whole pixels on every wall."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from dashboard import panels as registry
from dashboard import profile
from dashboard.grid import COLUMNS, ROWS, TICKER, Box, Slot, box_on, design_box, scene_grid
from dashboard.panels import Panel
from dashboard.profile import available_districts, load_profile
from dashboard.scenes import Scene, SceneRule, scenes_of
from dashboard.theme import Theme
from dashboard.wall_profile import WallProfile, load_wall, wall_names
from data.errors import SettingError
from data.scope import Mode

every_wall = pytest.mark.parametrize("wall", [load_wall(name) for name in wall_names()], ids=lambda w: w.name)

# A scene beside the profile's own needs panels of its own.
SPARE = (Panel("spare-one", "甲", "1-3 × 1"), Panel("spare-two", "乙", "4-9 × 1-2", in_reception=False))


@pytest.fixture(autouse=True)
def spare_panels(monkeypatch: pytest.MonkeyPatch) -> None:
    for panel in SPARE:
        monkeypatch.setitem(registry.BY_SLUG, panel.slug, panel)


def rule(**keys: object) -> SceneRule:
    given = {"slug": "check-up", "title": "体检诊疗", "seconds": 60, "panels": ["spare-one"]}
    return SceneRule.model_validate(given | keys)


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        ('panels = ["spare-three"]', "unknown panel spare-three"),
        ('panels = ["spare-two"]', "reception: panel spare-two is not for visitors"),
        ('panels = ["spare-one"]\nplaces = { spare-two = "1 × 1" }', "a place for spare-two"),
        ('panels = ["spare-one"]\nplaces = { spare-one = "11-13 × 1" }', "off the grid"),
        ('panels = ["spare-one"]\nplaces = { spare-one = "left" }', "is no place"),
        ('panels = ["spare-one"]\nplaces = { spare-one = [64, 128] }', "a place is cells"),
        (
            'modes = ["internal"]\npanels = ["spare-one", "spare-two"]\nplaces = { spare-two = "3-9 × 1" }',
            "panels spare-one and spare-two overlap",
        ),
        (
            'modes = ["internal"]\npanels = ["spare-one", "spare-two"]\nplaces = { spare-two = [688, 128, 9, 9] }',
            "cells and boxes of the design are mixed",
        ),
        ('panels = ["members"]', "panel members stands in two scenes"),
        ('panels = ["spare-one"]\nsecnds = 3', "secnds"),
        ('panels = ["spare-one"]\nmodes = ["internal", "visitors"]', "'internal' or 'reception'"),
    ],
)
def test_a_slip_in_a_scene_is_named_with_its_file(
    entry: str, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (profile.PROFILES / "haishu.toml").read_text("utf-8")
    scene = f'\n[[scenes]]\nslug = "spare"\ntitle = "备用"\nseconds = 60\n{entry}\n'
    (tmp_path / "slipped.toml").write_text(text + scene, "utf-8")
    monkeypatch.setattr(profile, "PROFILES", tmp_path)
    with pytest.raises(SettingError) as refused:
        profile.load_profile.__wrapped__("slipped")
    assert named in str(refused.value)
    assert "slipped.toml" in str(refused.value)
    assert "scenes" in str(refused.value)


def test_reception_has_its_own_panels_and_places_where_the_profile_says_so() -> None:
    found = rule(
        panels=["spare-one", "spare-two"],
        reception={"panels": ["spare-one"], "places": {"spare-one": "1-12 × 1-2"}},
    )
    internal, reception = (scenes_of((found,), mode)[0].slots for mode in ("wall_internal", "wall_reception"))
    assert internal == (Slot("spare-one", "1-3 × 1"), Slot("spare-two", "4-9 × 1-2"))
    assert reception == (Slot("spare-one", "1-12 × 1-2"),)


def test_a_scene_of_one_mode_is_no_scene_of_the_other() -> None:
    found = (rule(modes=["internal"], panels=["spare-two"]),)
    assert [scene.slug for scene in scenes_of(found, "wall_internal")] == ["check-up"]
    assert scenes_of(found, "wall_reception") == ()
    assert scenes_of(found, "kiosk") == ()


def test_a_panel_is_as_large_as_its_mode_puts_it() -> None:
    found = rule(
        panels=["spare-one"], reception={"panels": ["spare-one"], "places": {"spare-one": "1-6 × 1"}}
    )
    district = load_profile("haishu").model_copy(update={"scenes": (found,)})
    sizes: dict[Mode, tuple[int, int]] = {
        mode: Theme(load_wall("3840x1280"), district, mode=mode).size("spare-one")
        for mode in ("wall_internal", "wall_reception")
    }
    assert sizes == {"wall_internal": (904, 452), "wall_reception": (1840, 452)}


def test_the_cells_of_the_design() -> None:
    assert design_box("1 × 1") == Box(64, 128, 280, 512)
    assert design_box("4-9 × 1-2") == Box(1000, 128, 1840, 1056)
    assert design_box("12 x 2") == Box(3496, 672, 280, 512)


@every_wall
def test_cells_lie_inside_apart_and_above_the_ticker_in_whole_pixels(wall: WallProfile) -> None:
    cells = [f"{column} × {row}" for column in range(1, COLUMNS + 1) for row in range(1, ROWS + 1)]
    boxes = [box_on(wall, cell) for cell in cells]
    header = scene_grid(wall, ()).header
    ticker = box_on(wall, TICKER)
    assert (ticker.x, ticker.w, ticker.y + ticker.h) == (0, wall.width_px, wall.height_px)
    for box in boxes:
        assert box.x > 0
        assert box.x + box.w < wall.width_px
        assert header.h < box.y
        assert box.y + box.h < ticker.y
        assert not box.meets(ticker)
    assert not [pair for pair in combinations(boxes, 2) if pair[0].meets(pair[1])]


@every_wall
def test_a_wide_place_ends_where_its_last_cells_end(wall: WallProfile) -> None:
    wide, first, last = (box_on(wall, place) for place in ("3-7 × 1-2", "3 × 1", "7 × 2"))
    assert (wide.x, wide.y) == (first.x, first.y)
    assert (wide.x + wide.w, wide.y + wide.h) == (last.x + last.w, last.y + last.h)


@every_wall
@pytest.mark.parametrize("mode", ["wall_internal", "wall_reception"])
@pytest.mark.parametrize("district", available_districts())
def test_the_scenes_of_a_district_fit_on_every_wall(district: str, mode: Mode, wall: WallProfile) -> None:
    scenes = scenes_of(load_profile(district).scenes, mode)
    assert scenes
    for scene in scenes:
        grid = scene_grid(wall, scene.slots)
        for one, other in combinations(scene.slots, 2):
            over = registry.BY_SLUG[other.slug].over == one.slug
            assert over or not grid.boxes[one.slug].meets(grid.boxes[other.slug]), (one, other)
        for box in grid.boxes.values():
            assert min(box.x, box.y - grid.header.h) >= 0
            assert box.x + box.w <= wall.width_px
            assert box.y + box.h <= wall.height_px


def test_only_a_scene_that_leaves_the_foot_free_has_the_ticker() -> None:
    overview = scenes_of(load_profile("haishu").scenes, "wall_internal")[0]
    assert not overview.has_ticker
    assert Scene("a", "甲", 30, (Slot("spare-two", "4-9 × 1-2"),)).has_ticker

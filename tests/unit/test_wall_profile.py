"""Wall profiles and the grid laid out on them."""

from __future__ import annotations

import math

import pytest

from dashboard.grid import Box, scene_grid
from dashboard.panels import BY_SLUG
from dashboard.profile import load_profile
from dashboard.scenes import scenes_of
from dashboard.wall_profile import (
    CJK_EM,
    DATA_ARCMIN,
    DIGIT_EM,
    NUMBER_ARCMIN,
    UnknownWallError,
    WallProfile,
    glyph_mm,
    load_wall,
    wall_names,
)

WALLS = [load_wall(name) for name in wall_names()]
OVERVIEW = scenes_of(load_profile("haishu").scenes, "wall_internal")[0]
every_wall = pytest.mark.parametrize("wall", WALLS, ids=lambda wall: wall.name)


def test_the_five_profiles_are_built_in() -> None:
    assert wall_names() == ("2880x960", "3744x1248", "3840x1280", "4608x1536", "4800x1620")


def test_sixteen_minutes_at_eight_metres_are_37_mm() -> None:
    assert glyph_mm(16, 8) == pytest.approx(37.23, abs=0.01)


def test_the_type_scale_of_the_default_wall() -> None:
    wall = load_wall("3840x1280")
    assert (wall.caption_px, wall.data_px, wall.number_px) == (27, 34, 35)


@every_wall
def test_every_size_reaches_its_angle_and_one_pixel_less_does_not(wall: WallProfile) -> None:
    for px, arcmin, em in (
        (wall.caption_px, 16.0, CJK_EM),
        (wall.data_px, DATA_ARCMIN, CJK_EM),
        (wall.number_px, NUMBER_ARCMIN, DIGIT_EM),
    ):
        assert wall.arcmin(px, em) >= arcmin
        assert wall.arcmin(px - 1, em) < arcmin


def test_a_pixel_is_measured_in_its_larger_direction() -> None:
    flat = WallProfile("flat", 1000, 1000, 1000, 2000, (100, 100), 3, 8)
    assert flat.pitch_mm == 2


def test_an_unknown_name_lists_the_known_and_never_becomes_a_path() -> None:
    with pytest.raises(UnknownWallError) as caught:
        load_wall("../walls/3840x1280")
    assert "4608x1536" in caught.value.known


@every_wall
def test_cabinets_fill_the_wall_without_rest(wall: WallProfile) -> None:
    assert wall.width_px % wall.module_px[0] == 0
    assert wall.height_px % wall.module_px[1] == 0


@every_wall
def test_panels_stay_inside_the_wall_and_apart(wall: WallProfile) -> None:
    grid = scene_grid(wall, OVERVIEW.slots)
    boxes = {slug: box for slug, box in grid.boxes.items() if slug != "map-focus"}
    for slug, box in boxes.items():
        assert box.x >= 0
        assert box.y >= grid.header.h
        assert box.x + box.w <= wall.width_px
        assert box.y + box.h <= wall.height_px
        for other, there in boxes.items():
            assert slug == other or _apart(box, there), (slug, other)


@every_wall
def test_the_header_spans_the_whole_width(wall: WallProfile) -> None:
    header = scene_grid(wall, OVERVIEW.slots).header
    assert (header.x, header.y, header.w) == (0, 0, wall.width_px)


@every_wall
def test_neighbours_keep_one_gutter(wall: WallProfile) -> None:
    boxes = scene_grid(wall, OVERVIEW.slots).boxes
    gaps = {boxes["ranking"].x - boxes[s].x - boxes[s].w for s in ("organisation", "members")}
    assert len(gaps) == 1
    assert gaps.pop() >= math.floor(32 * wall.u)


def test_the_default_wall_is_the_design_itself() -> None:
    boxes = scene_grid(load_wall("3840x1280"), OVERVIEW.slots).boxes
    assert boxes == {slug: BY_SLUG[slug].place for slug in OVERVIEW.slugs}


def test_what_a_taller_wall_has_more_goes_to_gutters_and_never_to_glyphs() -> None:
    tall = load_wall("4800x1620")
    assert tall.u == 1.25
    boxes = scene_grid(tall, OVERVIEW.slots).boxes
    assert boxes["members"].h == round(264 * 1.25)
    assert boxes["organisation"].y - boxes["key-figures-left"].y - boxes["key-figures-left"].h > 24 * 1.25


def test_the_body_of_a_ruled_panel_is_what_its_head_leaves() -> None:
    grid = scene_grid(load_wall("3840x1280"), OVERVIEW.slots)
    assert grid.body("ranking") == (592, 860)
    assert grid.body("district-map") == (1216, 768)


def _apart(a: Box, b: Box) -> bool:
    return a.x + a.w <= b.x or b.x + b.w <= a.x or a.y + a.h <= b.y or b.y + b.h <= a.y

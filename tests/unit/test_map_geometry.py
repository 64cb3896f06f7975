"""The prepared map of the district on every built-in wall: nothing on anything, nothing outside."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from dashboard.map_geometry import LEGEND, TILE, DistrictGeometry, district_geometry
from dashboard.map_labels import Rectangle
from dashboard.profile import load_profile
from dashboard.theme import Theme
from dashboard.town_names import short_town
from dashboard.wall_profile import load_wall, wall_names
from tests.readmodel_district import TOWNS

NAMES = tuple(row[0] for row in TOWNS)
CITY_STREETS = {"江厦街道", "南门街道", "鼓楼街道", "月湖街道", "西门街道", "白云街道"}


def theme_of(wall: str) -> Theme:
    return Theme(load_wall(wall), load_profile("haishu"))


@pytest.fixture(params=wall_names())
def prepared(request: pytest.FixtureRequest) -> tuple[Theme, DistrictGeometry]:
    theme = theme_of(request.param)
    return theme, district_geometry(theme, NAMES)


def test_every_town_is_named_once(prepared: tuple[Theme, DistrictGeometry]) -> None:
    _, place = prepared
    words = [label.words for label in (*place.town_labels, *place.inset_labels)]
    assert sorted(short_town(word) for word in words) == sorted(short_town(name) for name in NAMES)


def test_no_word_covers_another_or_leaves_the_panel(prepared: tuple[Theme, DistrictGeometry]) -> None:
    theme, place = prepared
    frame = Rectangle(0, 0, *theme.size("district-map"))
    boxes = [
        place.caption_box,
        *(x.box for x in (*place.town_labels, *place.inset_labels, *place.neighbour_labels)),
    ]
    assert all(box.inside(frame) for box in boxes)
    assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2))


def test_words_of_the_map_keep_off_legend_tile_and_inset(prepared: tuple[Theme, DistrictGeometry]) -> None:
    theme, place = prepared
    assert place.inset is not None
    reserved = [Rectangle(*(v * theme.u for v in box)) for box in (LEGEND, TILE)]
    reserved.append(place.inset.frame)
    for label in (*place.town_labels, *place.neighbour_labels):
        assert not any(label.box.overlaps(box) for box in reserved)


def test_all_four_neighbours_are_named(prepared: tuple[Theme, DistrictGeometry]) -> None:
    _, place = prepared
    assert len(place.neighbour_labels) == 4


def test_the_inset_holds_the_small_city_streets_enlarged(prepared: tuple[Theme, DistrictGeometry]) -> None:
    _, place = prepared
    assert place.inset is not None
    assert place.inset.towns == CITY_STREETS
    assert 2 < place.inset.times < 4


def test_a_point_of_a_small_town_lies_in_the_inset_and_one_of_a_large_town_does_not() -> None:
    place = district_geometry(theme_of("3840x1280"), NAMES)
    assert place.inset is not None
    x, y = place.pixels(
        ("月湖街道", "章水镇"), np.array([121.5392, 121.29935]), np.array([29.87086, 29.82036])
    )
    inside = [
        place.inset.frame.x0 < px < place.inset.frame.x1 and place.inset.frame.y0 < py
        for px, py in zip(x, y, strict=True)
    ]
    assert inside == [True, False]


def test_a_point_far_from_its_small_town_is_not_drawn_outside_the_inset() -> None:
    place = district_geometry(theme_of("3840x1280"), NAMES)
    x, y = place.pixels(("月湖街道",), np.array([121.29935]), np.array([29.82036]))
    main_x, main_y = place.main(121.29935, 29.82036)
    assert (x[0], y[0]) == (round(float(main_x), 1), round(float(main_y), 1))


def test_a_schematic_map_says_so() -> None:
    assert "示意图" in district_geometry(theme_of("3840x1280"), NAMES).caption


def test_the_geometry_of_a_wall_is_prepared_once() -> None:
    theme = theme_of("3840x1280")
    assert district_geometry(theme, NAMES) is district_geometry(theme_of("3840x1280"), NAMES)


@pytest.mark.parametrize(
    ("town", "short"),
    [("古林镇", "古林"), ("龙观乡", "龙观"), ("石碶街道", "石碶"), ("镇乡", "镇乡"), ("开发区", "开发区")],
)
def test_a_short_name_drops_the_kind_but_never_everything(town: str, short: str) -> None:
    assert short_town(town) == short

"""Projection into pixels, label points, rings, inset and point → town."""

import numpy as np
import pytest
import shapely

from geo.inset import inset_bounds, inset_towns
from geo.locate import TownLocator
from geo.outlines import district_outline
from geo.partition import schematic_areas
from geo.places import read_seeds
from geo.projection import MapProjection, label_point, rings

BOX = (4.0, 104.0, 940.0, 680.0)


def test_the_outline_fills_the_box_in_one_direction_and_is_centred_in_the_other() -> None:
    outline = district_outline("330203")
    left, top, right, bottom = MapProjection(outline.bounds, BOX).project(outline).bounds
    assert (left, right) == pytest.approx((4.0, 940.0))
    assert top - 104.0 == pytest.approx(680.0 - bottom)


def test_north_is_up_and_a_kilometre_is_as_long_in_both_directions() -> None:
    projection = MapProjection((121.0, 29.5, 121.6, 30.1), BOX)
    x, y = projection(np.array([121.1, 121.2, 121.1]), np.array([29.8, 29.8, 29.9]))
    assert y[2] < y[0]
    assert (x[1] - x[0]) / np.cos(np.radians(29.8)) == pytest.approx(y[0] - y[2])
    assert projection.px_per_km * 11.1195 == pytest.approx(y[0] - y[2])


def test_a_label_stays_inside_a_crescent_where_the_centroid_does_not() -> None:
    crescent = shapely.Point(0, 30).buffer(1).difference(shapely.box(-0.8, 29.2, 2, 30.8))
    assert not crescent.contains(crescent.centroid)
    assert crescent.contains(shapely.Point(label_point(crescent)))


def test_the_label_lies_in_the_largest_part() -> None:
    parts = shapely.union_all([shapely.box(0, 30, 1, 31), shapely.box(5, 30, 9, 34)])
    assert label_point(parts)[0] > 5


def test_rings_are_rounded_separated_and_clockwise() -> None:
    holed = shapely.box(0, 0, 4, 4).difference(shapely.box(1, 1, 2, 2))
    projection = MapProjection((0, 0, 10, 10), (0, 0, 333, 333))
    xs, ys = rings(shapely.union_all([holed, shapely.box(6, 6, 7, 7)]), projection)
    assert xs.count(None) == ys.count(None) == 2
    assert all(value is None or value == round(value, 1) for value in xs + ys)
    outer = list(zip(xs, ys, strict=True))[:5]
    # In pixels y grows downwards: clockwise on the ground is clockwise on the screen, its y-up image negative.
    assert not shapely.LinearRing([(x, -y) for x, y in outer if x is not None and y is not None]).is_ccw


def test_points_that_round_onto_their_predecessor_are_dropped() -> None:
    dense = shapely.Polygon([(0, 0), (1e-6, 0), (2e-6, 0), (1, 0), (1, 1)])
    xs, _ = rings(dense, MapProjection((0, 0, 1, 1), (0, 0, 100, 100)))
    assert len(xs) == 4


def test_the_eight_city_streets_of_haishu_go_into_the_inset() -> None:
    areas = schematic_areas("330203")
    projection = MapProjection(district_outline("330203").bounds, BOX)
    names = inset_towns(areas, projection)
    assert set(names) == {
        f"{n}街道" for n in ["南门", "江厦", "西门", "月湖", "鼓楼", "白云", "段塘", "望春"]
    }
    west, _, east, _ = inset_bounds(areas, names)
    assert 121.45 < west < east < 121.58


def test_no_inset_where_every_label_fits() -> None:
    projection = MapProjection(district_outline("320583").bounds, BOX)
    assert inset_towns(schematic_areas("320583"), projection) == ()


def test_small_towns_far_apart_make_no_inset() -> None:
    squares = {name: shapely.box(x, 0, x + 0.01, 0.01) for name, x in zip("甲乙丙丁", range(4), strict=True)}
    assert inset_towns(squares, MapProjection((0, 0, 4, 4), BOX)) == ()


def test_every_seed_is_located_in_its_town() -> None:
    seeds = read_seeds("330203")
    located = TownLocator(schematic_areas("330203")).locate(
        np.array([seed.lng for seed in seeds]), np.array([seed.lat for seed in seeds])
    )
    assert located.towns == [seed.town for seed in seeds]
    assert not located.near.any()


def test_a_point_just_outside_is_near_and_one_far_outside_is_nowhere() -> None:
    locator = TownLocator({"甲镇": shapely.box(121.0, 29.0, 121.1, 29.1)})
    lng = np.array([121.05, 121.102, 121.105, np.nan])
    located = locator.locate(lng, np.full(4, 29.05))
    assert located.towns == ["甲镇", "甲镇", None, None]
    assert located.near.tolist() == [False, True, False, False]


def test_a_point_on_a_common_border_belongs_to_the_first_town() -> None:
    west, east = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
    point = np.array([1.0]), np.array([0.5])
    assert TownLocator({"甲镇": west, "乙镇": east}).locate(*point).towns == ["甲镇"]
    assert TownLocator({"乙镇": east, "甲镇": west}).locate(*point).towns == ["乙镇"]

"""The schematic town areas cover their district once, and every seed stays at home."""

import pytest
import shapely

from geo.errors import PlaceUnknownError
from geo.outlines import district_outline
from geo.partition import partition, schematic_areas
from geo.places import Seed, read_seeds, read_towns

WITH_AREAS = {"330203": 17, "320412": 20, "320115": 15, "410108": 8, "320583": 12}


@pytest.mark.parametrize(("code", "towns"), WITH_AREAS.items())
def test_the_areas_cover_the_outline_without_gap_or_overlap(code: str, towns: int) -> None:
    outline, areas = district_outline(code), list(schematic_areas(code).values())
    assert len(areas) == towns
    assert all(area.is_valid for area in areas)
    assert shapely.union_all(areas).symmetric_difference(outline).area < 1e-6 * outline.area
    assert sum(area.area for area in areas) == pytest.approx(outline.area, rel=1e-6)


def test_haishu_shows_all_seventeen_towns_and_each_seed_in_its_own() -> None:
    areas = schematic_areas("330203")
    assert set(areas) == {town.name for town in read_towns("330203")}
    assert all(areas[seed.town].covers(shapely.Point(seed.lng, seed.lat)) for seed in read_seeds("330203"))


@pytest.mark.parametrize("code", WITH_AREAS)
def test_every_seed_inside_the_outline_lies_in_its_own_town(code: str) -> None:
    outline, areas = district_outline(code), schematic_areas(code)
    for seed in read_seeds(code):
        point = shapely.Point(seed.lng, seed.lat)
        assert areas[seed.town].covers(point) or not outline.covers(point), seed


def test_neighbours_share_their_borders_point_by_point() -> None:
    assert shapely.coverage_is_valid(list(schematic_areas("330203").values()), gap_width=1e-6)


def test_the_borders_are_calmer_than_raw_cells() -> None:
    vertices = shapely.get_num_coordinates(list(schematic_areas("330203").values())).sum()
    assert vertices < 700


def test_the_same_seeds_give_the_same_areas() -> None:
    seeds, outline = read_seeds("410108"), district_outline("410108")
    first, second = partition(seeds, outline), partition(seeds, outline)
    assert list(first) == list(second)
    assert all(first[town].equals_exact(second[town]) for town in first)


def test_a_cut_off_piece_goes_to_the_neighbour_it_touches() -> None:
    # A U: the left arm's cell would reach over the gap into the top of the right arm.
    outline = shapely.Polygon([(0, 0), (3, 0), (3, 3), (2, 3), (2, 1), (1, 1), (1, 3), (0, 3)])
    seeds = [Seed("0", "甲镇", 0.9, 2.5), Seed("0", "乙镇", 2.6, 0.2)]
    areas = partition(seeds, outline)
    assert areas["甲镇"].geom_type == "Polygon"
    assert areas["乙镇"].covers(shapely.Point(2.5, 2.9))


def test_a_district_without_seeds_is_named() -> None:
    with pytest.raises(PlaceUnknownError, match="999999"):
        schematic_areas("999999")

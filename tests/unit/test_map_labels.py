"""Placing words on a map, and classes with round limits."""

from __future__ import annotations

import itertools

import pytest
import shapely

from dashboard.map_classes import classify
from dashboard.map_labels import Rectangle, Wanted, place

FRAME = Rectangle(0, 0, 400, 300)


def wanted(words: str, x: float, y: float, area: shapely.Polygon | None = None) -> Wanted:
    return Wanted(words, x, y, 60, 20, area)


def test_words_with_room_stay_on_their_anchor() -> None:
    (label,) = place([wanted("甲", 100, 100)], FRAME, [])
    assert (label.x, label.y) == (100, 100)


def test_words_that_want_one_place_do_not_cover_each_other() -> None:
    labels = place([wanted(str(k), 200, 150) for k in range(6)], FRAME, [])
    assert len(labels) == 6
    assert not any(a.box.overlaps(b.box) for a, b in itertools.combinations(labels, 2))


def test_words_at_the_edge_are_moved_into_the_frame() -> None:
    (label,) = place([wanted("甲", 395, 150)], FRAME, [])
    assert label.box.inside(FRAME)


def test_words_keep_off_what_is_taken() -> None:
    taken = Rectangle(150, 120, 260, 180)
    (label,) = place([wanted("甲", 200, 150)], FRAME, [taken])
    assert not label.box.overlaps(taken)


def test_words_move_towards_their_own_area() -> None:
    area = shapely.box(0, 0, 130, 300)
    (label,) = place([wanted("甲", 130, 150, area)], FRAME, [])
    assert label.x < 130


def test_names_of_neighbours_keep_off_the_district() -> None:
    district = shapely.box(100, 100, 300, 200)
    (label,) = place([wanted("邻", 200, 110)], FRAME, [], avoid=district)
    assert not district.intersects(shapely.box(label.box.x0, label.box.y0, label.box.x1, label.box.y1))


def test_words_without_any_free_place_are_left_out() -> None:
    assert place([wanted("甲", 200, 150)], FRAME, [FRAME]) == ()


@pytest.mark.parametrize(
    ("values", "steps"),
    [
        ([81.3, 84, 88, 91, 95.4], {2, 2.5}),
        ([660, 1500, 2600, 3300, 4000], {500, 1000}),
        ([0.12, 0.5], {0.1}),
    ],
)
def test_limits_are_one_round_step_apart_and_among_the_values(values: list[float], steps: set[float]) -> None:
    limits = classify(values).limits
    (step,) = {round(b - a, 6) for a, b in itertools.pairwise(limits)}
    assert step in steps
    assert limits[0] < max(values)
    assert limits[-1] > min(values)


def test_a_skewed_quantity_does_not_crowd_into_one_class() -> None:
    values = [400, 450, 500, 520, 560, 600, 640, 700, 750, 800, 900, 1000, 1200, 1500, 2500, 3000, 4800]
    classes = classify(values)
    sizes = [sum(classes.of(v) == k for v in values) for k in range(5)]
    assert max(sizes) <= 10
    assert sum(size > 0 for size in sizes) == 5


@pytest.mark.parametrize("values", [[5, 5, 5], []])
def test_equal_values_and_no_values_have_rising_limits_too(values: list[float]) -> None:
    limits = classify(values).limits
    assert list(limits) == sorted(set(limits))


def test_every_value_has_a_class_and_a_limit_belongs_to_the_class_above() -> None:
    classes = classify([0, 100])
    assert [classes.of(v) for v in (-5, classes.limits[0], 1000)] == [0, 1, 4]


def test_there_are_five_labels_from_the_highest_down() -> None:
    labels = classify([1000, 6000]).labels()
    assert len(labels) == 5
    assert labels[0].endswith("以上")
    assert labels[-1].endswith("以下")
    assert "," in labels[0]

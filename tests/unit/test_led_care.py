"""The wandering of the picture and the static-bright ledger, on synthetic frames."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.led_ledger import shifts_of
from benchmarks.static_bright import GAMMA, Pixels, ledger_of
from dashboard import wall_profile
from dashboard.led_care import shift_at
from dashboard.wall_profile import load_wall, wall_names

PERIOD_S = 240.0


def frame(*rows: list[int]) -> Pixels:
    """Grey pixels."""
    return np.repeat(np.array(rows, np.uint8)[:, :, None], 3, axis=2)


@given(st.integers(0, 2**40), st.integers(1, 4))
def test_every_step_moves_one_pixel_in_one_direction(step: int, reach: int) -> None:
    (x, y), (u, v) = (shift_at((step + k) * PERIOD_S, reach, PERIOD_S) for k in (0, 1))
    assert abs(x - u) + abs(y - v) == 1
    assert max(map(abs, (x, y))) <= reach


def test_a_round_visits_every_place_and_a_step_lasts_its_whole_period() -> None:
    steps = [shift_at(step * PERIOD_S, 2, PERIOD_S) for step in range(49)]
    assert set(steps) == {(x, y) for x in range(-2, 3) for y in range(-2, 3)}
    assert steps[0] == steps[48]
    assert shift_at(PERIOD_S - 0.001, 2, PERIOD_S) == steps[0] != shift_at(PERIOD_S, 2, PERIOD_S)
    assert all(one != other for one, other in pairwise(steps))


@pytest.mark.parametrize(("reach", "period_s"), [(0, 240.0), (2, 0.0)])
def test_without_reach_or_period_the_picture_stands(reach: int, period_s: float) -> None:
    assert {shift_at(second, reach, period_s) for second in range(0, 10_000, 7)} == {(0, 0)}


@pytest.mark.parametrize("name", wall_names())
def test_every_wall_wanders_less_than_its_margin(name: str) -> None:
    wall = load_wall(name)
    assert 1 <= wall.shift_px <= 8
    assert len(set(shifts_of(wall))) == (2 * wall.shift_px + 1) ** 2


def test_a_wall_that_shall_stand_says_so_in_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (wall_profile.WALLS / "3840x1280.toml").read_text("utf-8")
    (tmp_path / "3840x1280.toml").write_text(f"{text}\nshift_px = 0\nshift_minutes = 10\n", "utf-8")
    monkeypatch.setattr(wall_profile, "WALLS", tmp_path)
    wall = load_wall("3840x1280")
    assert (wall.shift_px, wall.shift_minutes, shifts_of(wall)) == (0, 10, [(0, 0)])


def test_what_is_bright_and_stands_counts_what_moves_or_is_dark_does_not() -> None:
    frames = [(frame([255, 255, 60, 0, 200]), 3.0), (frame([255, 0, 60, 255, 140]), 1.0)]
    ledger = ledger_of(frames)
    assert ledger.share[0].tolist() == pytest.approx([1, 0.75, 0, 0.25, 0.75])
    assert ledger.light[0, :2].tolist() == pytest.approx([1, 0.75], rel=1e-5)
    assert ledger.light[0, 2] == pytest.approx((60 / 255) ** GAMMA, rel=1e-4)
    assert ledger.worst == 1
    assert ledger.worn(0.75) == pytest.approx(3 / 5)


def test_a_value_beside_the_border_of_a_bin_is_one_value() -> None:
    ledger = ledger_of([(frame([159]), 1.0), (frame([160]), 1.0)])
    assert ledger.worst == 1


def test_the_light_is_that_of_the_most_loaded_colour() -> None:
    red = np.array([[[200, 10, 10]]], np.uint8)
    assert ledger_of([(red, 1.0)]).light[0, 0] == pytest.approx((200 / 255) ** GAMMA, rel=1e-4)


def test_a_line_of_one_pixel_is_shared_by_all_places_it_wanders_to() -> None:
    line = np.zeros((5, 9, 3), np.uint8)
    line[:, 4] = 255
    ledger = ledger_of([(line, 1.0)], [(-1, 0), (0, 0), (1, 0)])
    assert ledger.share[2].tolist() == pytest.approx([0, 0, 0, 1 / 3, 1 / 3, 1 / 3, 0, 0, 0])


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 2**32 - 1))
def test_a_shifted_sum_is_the_sum_of_shifted_frames(seed: int) -> None:
    rng = np.random.default_rng(seed)
    shifts = [(int(x), int(y)) for x, y in rng.integers(-2, 3, (4, 2))]
    frames = [(rng.integers(0, 256, (6, 7, 3), np.uint8), float(weight)) for weight in (1, 2)]
    moved = [(shifted(picture, shift), weight) for picture, weight in frames for shift in shifts]
    one, other = ledger_of(frames, shifts), ledger_of(moved)
    np.testing.assert_allclose(one.share, other.share, atol=1e-6)
    np.testing.assert_allclose(one.light, other.light, atol=1e-6)


def shifted(picture: Pixels, shift: tuple[int, int]) -> Pixels:
    """The picture moved right and down pixel by pixel over black."""
    found = np.zeros_like(picture)
    height, width = picture.shape[:2]
    for y in range(height):
        for x in range(width):
            from_y, from_x = y - shift[1], x - shift[0]
            if 0 <= from_y < height and 0 <= from_x < width:
                found[y, x] = picture[from_y, from_x]
    return found


def test_no_frames_make_no_ledger() -> None:
    with pytest.raises(ValueError, match="no frames"):
        ledger_of([])

"""A branch is judged by its own measures and the district's averages: a part of the branches as the whole says."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.profile import load_profile
from data.clock import months_between
from data.indicators.evaluate import averages_now, evaluate
from data.readmodel.cube import Cube

DISTRICTS = ("haishu", "wujin", "jiangning", "huiji", "kunshan")
NOTHING: frozenset[str] = frozenset()


def random_cube() -> Cube:
    """Twelve branches over two years with small counts; some are new, some do not exist."""
    chance = np.random.default_rng(3)
    cube = Cube.empty(list(range(12)), months_between("2024-11", "2026-11"))
    cube.values[:] = chance.integers(0, 9, cube.values.shape)
    cube["eligible"][:] = chance.random(cube["eligible"].shape) < 0.9
    cube["established_day"][:] = 700_000
    return cube


@pytest.mark.parametrize("district", DISTRICTS)
def test_a_part_of_the_branches_gets_the_results_the_whole_gives_them(district: str) -> None:
    cube, catalogue = random_cube(), load_profile(district).catalogue
    whole = evaluate(cube, catalogue)
    for rows in ([], [4], [0, 3, 11]):
        part = evaluate(cube.of(rows), catalogue, NOTHING, whole.averages)
        for name, values in whole.columns.items():
            np.testing.assert_allclose(part.columns[name], values[rows], rtol=1e-12, err_msg=name)


@pytest.mark.parametrize("district", ["haishu", "kunshan"])
def test_who_is_compared_with_an_average_moves_with_it(district: str) -> None:
    cube, catalogue = random_cube(), load_profile(district).catalogue
    before = evaluate(cube, catalogue)
    same, moved = averages_now(cube, catalogue, NOTHING, before.averages)
    assert before.averages
    assert same.keys() == before.averages.keys()
    assert moved.tolist() == []
    cube.values[:, 5] += 3
    now, moved = averages_now(cube, catalogue, NOTHING, before.averages)
    after = evaluate(cube, catalogue)
    changed = np.zeros(len(cube.branches), dtype=bool)
    for name, values in after.columns.items():
        same_cell = (values == before.columns[name]) | (np.isnan(values) & np.isnan(before.columns[name]))
        changed |= ~same_cell.all(axis=1)
    assert len(moved) > 1
    assert set(np.flatnonzero(changed)) <= {5, *moved.tolist()}
    for name, average in after.averages.items():
        np.testing.assert_array_equal(now[name], average)

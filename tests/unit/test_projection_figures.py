"""Measures, indicators, lights and roll-ups of random districts against the naive second computation."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given

from data.readmodel.measures import MEASURES
from data.readmodel.results import RADAR_AXES
from tests.naive.cell import Cells
from tests.naive.committees import committee_months
from tests.naive.life import random_district
from tests.naive.measures import branch_months
from tests.naive.projected import Table, differences, new_source, new_store, projector, read_table
from tests.naive.register import Register
from tests.naive.results import added, area_sums, branch_results
from tests.naive.rows import read_all
from tests.naive.strategies import random_districts, seeds

NAMES = [measure.name for measure in MEASURES]


@random_districts
@given(seeds)
def test_every_figure_of_a_random_district_equals_the_naive_one(seed: int) -> None:
    district = random_district(seed)
    source, store = new_source(district.rows), new_store()
    projector(source, store, lambda: district.now).run()
    register = Register(read_all(source), district.months, district.now)
    counted = branch_months(register)
    found = read_table(store, "branch_months")
    assert differences(found, _with_zeros(counted, NAMES), NAMES) == []

    results = branch_results(counted, district.months)
    stored = read_table(store, "branch_results")
    assert differences(stored, {**results}, list(next(iter(results.values())))) == []

    axes = {key: {axis: stored[key][axis] for axis in RADAR_AXES} for key in results}
    sums = {key: added(counted[key], {**row, **axes[key]}) for key, row in results.items()}
    columns = list(next(iter(sums.values())))
    committees, towns = area_sums(register, sums)
    for name, areas in (("org_months", committees), ("town_months", towns)):
        got = read_table(store, name)
        assert set(areas) <= set(got)
        empty: Cells = {key: {} for key in got}
        assert differences(got, _with_zeros({**empty, **areas}, columns), columns) == []

    itself = committee_months(register)
    assert (
        differences(read_table(store, "committee_months"), {**itself}, list(next(iter(itself.values()))))
        == []
    )


def _with_zeros(
    rows: Cells | Mapping[tuple[int, str], Mapping[str, float | None]], names: list[str]
) -> Table:
    return {key: {name: row.get(name, 0.0) for name in names} for key, row in rows.items()}

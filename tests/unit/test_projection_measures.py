"""The projection's figures of random districts against the naive second computation."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.readmodel.measures import MEASURES
from tests.naive.life import random_district
from tests.naive.measures import branch_months
from tests.naive.projected import Table, differences, new_source, new_store, projector, read_table
from tests.naive.register import Register
from tests.naive.rows import read_all

NAMES = [measure.name for measure in MEASURES]

seeds = st.integers(0, 10_000)
random_districts = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


@random_districts
@given(seeds)
def test_every_measure_of_a_random_district_equals_the_naive_count(seed: int) -> None:
    district = random_district(seed)
    source, store = new_source(district.rows), new_store()
    projector(source, store, lambda: district.now).run()
    counted = branch_months(Register(read_all(source), district.months, district.now))
    want: Table = {key: {name: cell.get(name, 0) for name in NAMES} for key, cell in counted.items()}
    assert differences(read_table(store, "branch_months"), want, NAMES) == []

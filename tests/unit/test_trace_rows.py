"""Counted rows of a trace make the measure, and every row looked at has exactly one fate (random districts)."""

from __future__ import annotations

import pytest

from data.projection.trace.ladder import COUNTED
from data.projection.trace.tracing import TRACERS, MeasureTrace, trace
from tests.naive.life import random_district
from tests.naive.projected import new_source, new_store, projector, read_table

MEASURES = sorted(TRACERS)


@pytest.mark.parametrize("seed", [0, 7, 23358])
def test_what_a_trace_counts_is_the_measure_of_branch_and_district(seed: int) -> None:
    district = random_district(seed)
    source, store = new_source(district.rows), new_store()
    projector(source, store, lambda: district.now).run()
    stored = read_table(store, "branch_months")
    branches = sorted({org for org, _ in stored})
    for month in (district.months[-2], district.months[-5]):
        for measured in (branches[:1], branches[1:3], None):
            found = trace(source, MEASURES, measured, month, district.now)
            of = branches if measured is None else measured
            for one in found:
                want = sum(stored[org, month][one.measure] or 0.0 for org in of)
                assert abs((one.counted or 0.0) - want) < 1e-6, (month, measured, one)
                assert one.looked_at == sum(outcome.rows for outcome in one.outcomes.values())


def test_a_measure_without_a_tracer_names_its_tables_and_claims_nothing() -> None:
    district = random_district(1)
    (found,) = trace(new_source(district.rows), ["term_days"], None, district.months[-2], district.now)
    assert found == MeasureTrace("term_days", ("org_terms", "party_posts", "members"), {})
    assert found.counted is None


def test_keys_of_the_rows_are_given_only_when_asked_for() -> None:
    district = random_district(3)
    source = new_source(district.rows)
    month = district.months[-2]
    (silent,) = trace(source, ["activities"], None, month, district.now)
    (named,) = trace(source, ["activities"], None, month, district.now, keys=True)
    assert silent.outcomes[COUNTED].rows > 0
    assert silent.outcomes[COUNTED].keys == []
    assert len(named.outcomes[COUNTED].keys) == min(5, named.outcomes[COUNTED].rows)

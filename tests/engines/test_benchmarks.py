"""The benchmarks run: small, and nobody looks at how fast."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from benchmarks import generate as generating
from benchmarks import incremental, rebuild
from benchmarks.incremental import Cycles
from data.clock import shanghai_now
from data.demo.generate import generate
from data.demo.haishu import haishu_spec

SPEC = haishu_spec().scaled(towns=2, branches=12, members=170, months=4)


@pytest.fixture(scope="module")
def district(postgresql_server: Any) -> Iterator[str]:
    engine = sa.create_engine(postgresql_server.url(postgresql_server.new_database()))
    generate(engine, SPEC, now=shanghai_now() - timedelta(minutes=1))
    yield engine.url.render_as_string(hide_password=False)
    engine.dispose()


@pytest.mark.postgresql
def test_commits_of_a_living_district_are_published_while_it_is_written_to(district: str) -> None:
    found = incremental.measure(district, "haishu", rows_a_second=30, seconds=6)
    assert found["commits"] > 5
    assert found["cycles"] > 1
    assert 0 < found["latency_p50_s"] <= found["latency_p95_s"]


@pytest.mark.postgresql
def test_every_statement_by_hand_runs_beside_its_family(district: str) -> None:
    found = rebuild.measure(district, "haishu", rounds=1, number=4)
    assert [one["family"] for one in found] == [*rebuild.STATEMENTS, "sum"]
    assert all(one["family_s"] >= 0 and one["by_hand_s"] >= 0 for one in found)


@pytest.mark.postgresql
def test_the_statements_by_hand_count_what_the_families_count(district: str) -> None:
    engine = sa.create_engine(district)
    with engine.connect() as connection:
        assert rebuild.disagreements(connection, "haishu", 4) == []
    engine.dispose()


def test_a_commit_waits_for_the_first_cycle_that_began_after_it() -> None:
    cycles = Cycles(began=[10.0, 12.0], ended=[11.0, 13.5])
    assert cycles.latencies([9.5, 10.5, 12.5]) == [1.5, 3.0]


@pytest.mark.postgresql
def test_a_generation_says_its_rows_and_its_memory(postgresql_empty: sa.Engine) -> None:
    url = postgresql_empty.url.render_as_string(hide_password=False)
    found = generating.measure(url, SPEC)
    assert found["rows"] > 10_000
    assert found["memory_mb"] > 50

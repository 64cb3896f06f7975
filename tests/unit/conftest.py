"""Full-size synthetic districts, made once per run and as short as their published figures allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
import sqlalchemy as sa

from data.demo.districts import district_spec
from data.demo.generate import generate
from tests.published import Count

NOW = datetime(2026, 11, 18, 14, 30)
# One whole quarter lies in four closed months; a school year of 昆山 is spread over three months at least.
MONTHS = {"haishu": 2, "wujin": 4, "jiangning": 2, "huiji": 4, "kunshan": 3}


@pytest.fixture(scope="session")
def count(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Count]:
    """The one number a statement finds in a full-size district, by its slug."""
    engines: dict[str, sa.Engine] = {}

    def found(slug: str, statement: str) -> int:
        if slug not in engines:
            file = tmp_path_factory.mktemp("published") / f"{slug}.db"
            engines[slug] = sa.create_engine(f"sqlite:///{file}")
            generate(engines[slug], replace(district_spec(slug), months=MONTHS[slug]), now=NOW)
        with engines[slug].connect() as connection:
            return int(connection.exec_driver_sql(statement).scalar_one() or 0)

    yield found
    for engine in engines.values():
        engine.dispose()

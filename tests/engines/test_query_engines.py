"""Queries of panels read the same from a read model in SQLite and in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest
import sqlalchemy as sa

from dashboard.panels import PANELS
from data.readmodel.reader import open_reader
from data.scope import Mode, Scope
from tests.engines.conftest import PostgresqlServer
from tests.readmodel_district import fill

SLUGS = [panel.slug.replace("-", "_") for panel in PANELS]


@pytest.fixture(scope="module")
def engines(postgresql_server: PostgresqlServer) -> Iterator[tuple[sa.Engine, sa.Engine]]:
    """The same read model twice."""
    sqlite = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    postgresql = sa.create_engine(postgresql_server.url(postgresql_server.new_database()))
    for engine in (sqlite, postgresql):
        fill(engine, branches=60, months=6)
    yield sqlite, postgresql
    for engine in (sqlite, postgresql):
        engine.dispose()


@pytest.mark.postgresql
@pytest.mark.parametrize("mode", ["wall_reception", "wall_internal"])
@pytest.mark.parametrize("slug", SLUGS)
def test_both_engines_give_the_same_view(slug: str, mode: Mode, engines: tuple[sa.Engine, sa.Engine]) -> None:
    load = import_module(f"data.queries.{slug}").load
    views = []
    for engine in engines:
        with open_reader(engine) as reader:
            views.append(load(reader, Scope(mode)))
    assert views[0] == views[1]

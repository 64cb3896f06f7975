"""The workbench reads the same from a read model in SQLite and in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from data.queries.leadership import warning_course, warnings
from data.queries.leadership.warnings import CHOICES, Asked, Bench, Choice, Window
from data.readmodel.scoped import ScopedReader, open_scoped
from data.viewer import Viewer
from tests.engines.conftest import PostgresqlServer
from tests.readmodel_district import NOW, fill

pytestmark = pytest.mark.postgresql
LEADER, TOWN = (
    Viewer(1, "x", "某账号", "district_leader", 0),
    Viewer(2, "y", "某账号", "committee_admin", 1001),
)
BENCH = Bench((1, 3, 9), (5,))


@pytest.fixture(scope="module")
def engines(postgresql_server: PostgresqlServer) -> Iterator[tuple[sa.Engine, sa.Engine]]:
    """The same read model twice."""
    sqlite = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    postgresql = sa.create_engine(postgresql_server.url(postgresql_server.new_database()))
    for engine in (sqlite, postgresql):
        fill(engine, towns=3, branches=20, months=6)
    yield sqlite, postgresql
    for engine in (sqlite, postgresql):
        engine.dispose()


@pytest.mark.parametrize("viewer", [LEADER, TOWN], ids=lambda viewer: str(viewer.role))
def test_counts_course_and_days_are_the_same(engines: tuple[sa.Engine, sa.Engine], viewer: Viewer) -> None:
    def read(reader: ScopedReader) -> object:
        root, months = reader.root, ("2026-10", "2026-09")
        return (
            warnings.now(reader, root, NOW.date(), BENCH),
            warning_course.funnel(reader, root, "2026-10"),
            warning_course.days(reader, root, months),
        )

    found = []
    for engine in engines:
        with open_scoped(engine, viewer) as reader:
            found.append(read(reader))
    assert found[0] == found[1]


@pytest.mark.parametrize("choice", CHOICES)
def test_every_choice_lists_the_same_rows_in_the_same_order(
    engines: tuple[sa.Engine, sa.Engine], choice: Choice
) -> None:
    found = []
    for engine in engines:
        with open_scoped(engine, LEADER) as reader:
            asked = Asked(choice, NOW.date(), BENCH)
            window = Window(0, 1000, (("raised_at", "desc"), ("acknowledged_at", "asc")))
            first = warnings.load(reader, reader.root, asked, window)
            found.append((first, warnings.load(reader, reader.root, asked, Window(2, 3))))
            if first.rows:
                assert warnings.one(reader, first.rows[0].warning_id) == first.rows[0]
    assert found[0] == found[1]

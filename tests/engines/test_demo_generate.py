"""One synthetic district on every engine: bulk rows read back through SQLAlchemy, and it goes on living."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from data.contract import METADATA, activities, dues_obligations, memberships, organizations
from data.demo.generate import generate
from data.demo.haishu import haishu_spec
from data.demo.simulate import Simulator
from data.engine import open_engine
from data.errors import NotEmpty
from tests.engines.mariadb_server import MariadbServer

NOW = datetime(2026, 11, 18, 14, 30)
SPEC = haishu_spec().scaled(towns=2, branches=12, members=170, months=5)

District = tuple[sa.Engine, dict[str, int]]


class DemoSuite:
    """Behaviour every engine has in common."""

    def test_every_table_holds_what_generate_reported(self, district: District) -> None:
        engine, rows = district
        with engine.connect() as connection:
            for name, count in rows.items():
                assert (
                    connection.scalar(sa.select(sa.func.count()).select_from(METADATA.tables[name])) == count
                )

    def test_core_reads_the_types_of_the_contract(self, district: District) -> None:
        a, o = activities.c, dues_obligations.c
        with district[0].connect() as connection:
            held = connection.execute(sa.select(activities).where(a.status == "held").limit(1)).one()
            owed = connection.execute(sa.select(dues_obligations).where(o.rate.is_not(None)).limit(1)).one()
        assert isinstance(held.started_at, datetime)
        assert isinstance(held.updated_at, datetime)
        assert isinstance(held.is_online, bool)
        assert isinstance(owed.due_on, date)
        assert isinstance(owed.payable_amount, Decimal)

    def test_a_district_is_not_written_over(self, district: District) -> None:
        with pytest.raises(NotEmpty):
            generate(district[0], SPEC, now=NOW)

    def test_a_simulated_afternoon_keeps_one_open_membership_per_member(self, district: District) -> None:
        ticks = itertools.count()
        simulator = Simulator(district[0], clock=lambda: NOW + timedelta(seconds=20 * next(ticks)), seed=7)
        events = [event for _ in range(60) if (event := simulator.step()) is not None]
        m = memberships.c
        twice = (
            sa.select(m.member_id)
            .where(m.kind == "formal", m.ended_on.is_(None), m.deleted_at.is_(None))
            .group_by(m.member_id)
            .having(sa.func.count() > 1)
        )
        with district[0].connect() as connection:
            assert connection.scalars(twice).all() == []
        assert {"payment", "volunteer"} <= {event.kind for event in events}

    def test_the_tree_has_one_root(self, district: District) -> None:
        with district[0].connect() as connection:
            roots = connection.scalars(
                sa.select(organizations.c.name).where(organizations.c.parent_org_id.is_(None))
            ).all()
        assert roots == ["中共海曙区委员会"]


@pytest.fixture(scope="module")
def sqlite_district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    path: Path = tmp_path_factory.mktemp("demo") / "operational.db"
    engine = sa.create_engine(f"sqlite:///{path}")
    yield engine, generate(engine, SPEC, now=NOW)
    engine.dispose()


@pytest.fixture(scope="module")
def postgresql_district(postgresql_server) -> Iterator[District]:  # type: ignore[no-untyped-def]
    engine = sa.create_engine(postgresql_server.url(postgresql_server.new_database()))
    yield engine, generate(engine, SPEC, now=NOW)
    engine.dispose()


@pytest.fixture(scope="module")
def mariadb_district(mariadb_server: MariadbServer) -> Iterator[District]:
    engine = open_engine(mariadb_server.url(mariadb_server.new_database()))
    yield engine, generate(engine, SPEC, now=NOW)
    engine.dispose()


class TestSqlite(DemoSuite):
    @pytest.fixture
    def district(self, sqlite_district: District) -> District:
        return sqlite_district


@pytest.mark.postgresql
class TestPostgresql(DemoSuite):
    @pytest.fixture
    def district(self, postgresql_district: District) -> District:
        return postgresql_district


@pytest.mark.mariadb
class TestMariadb(DemoSuite):
    @pytest.fixture
    def district(self, mariadb_district: District) -> District:
        return mariadb_district

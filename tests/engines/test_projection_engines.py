"""The projection behaves the same on every engine: one suite, one empty subclass per operational database."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from data.clock import month_of, shanghai_now
from data.contract import METADATA, activities
from data.contract.create import drop_triggers
from data.engine import open_existing
from data.readmodel.measures import MEASURES
from data.readmodel.store import prepare
from tests.engines.deletion import deletion
from tests.engines.reading_account import reading_account
from tests.naive.edits import EDITS, Living
from tests.naive.life import random_district
from tests.naive.measures import branch_months
from tests.naive.projected import (
    Table,
    content_differences,
    differences,
    new_store,
    projector,
    read_table,
)
from tests.naive.register import Register
from tests.naive.results import branch_results
from tests.naive.rows import read_all, write

NAMES = [measure.name for measure in MEASURES]
BRANCH, COMMITTEE = 3, 2


class Moment:
    """A clock that stands until it is set."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class Behaviour:
    """What every engine must do; a subclass names the ``operational`` fixture and the ``store``."""

    @pytest.fixture
    def operational(self) -> sa.Engine:
        raise NotImplementedError

    @pytest.fixture
    def store(self) -> sa.Engine:
        raise NotImplementedError

    @pytest.fixture
    def silent(self, operational: sa.Engine) -> sa.Engine:
        """Without triggers: the rows' change times are what the test says."""
        drop_triggers(operational)
        return operational

    @pytest.fixture
    def tree(self, operational: sa.Engine) -> sa.Engine:
        """A district of one branch, with triggers: rows get the server's time."""
        kinds = {
            1: ("district_committee", None),
            COMMITTEE: ("party_committee", 1),
            BRANCH: ("branch", COMMITTEE),
        }
        for number, (kind, parent) in kinds.items():
            row = {"org_id": number, "org_type": kind, "parent_org_id": parent, "name": "组织"}
            with operational.begin() as connection:
                write(connection, {"organizations": [row]})
        return operational

    @pytest.mark.parametrize("seed", [3, 11, 42])
    def test_figures_equal_the_naive_ones(self, silent: sa.Engine, store: sa.Engine, seed: int) -> None:
        district = random_district(seed)
        with silent.begin() as connection:
            write(connection, district.rows)
        projector(silent, store, lambda: district.now).run()
        cells = branch_months(Register(read_all(silent), district.months, district.now))
        want: Table = {key: {name: cell.get(name, 0.0) for name in NAMES} for key, cell in cells.items()}
        assert differences(read_table(store, "branch_months"), want, NAMES) == []
        results = branch_results(cells, district.months)
        columns = list(next(iter(results.values())))
        assert differences(read_table(store, "branch_results"), {**results}, columns) == []

    @pytest.mark.parametrize("seed", [5, 23])
    def test_an_update_equals_a_rebuild(self, silent: sa.Engine, store: sa.Engine, seed: int) -> None:
        district, chance = random_district(seed), random.Random(seed)
        with silent.begin() as connection:
            write(connection, district.rows)
        clock = Moment(district.now)
        watching = projector(silent, store, clock)
        watching.run()
        for edit in chance.sample(EDITS, len(EDITS)):
            edit(Living(silent, chance, clock.now, district.months))
        clock.now += timedelta(minutes=11)
        watching.run()
        fresh = new_store()
        projector(silent, fresh, clock).run()
        assert content_differences(store, fresh) == []

    def test_a_row_written_by_hand_shows_up_and_a_deleted_one_goes(
        self, tree: sa.Engine, store: sa.Engine
    ) -> None:
        watching = projector(tree, store, shanghai_now)
        watching.run()
        assert theme_days(store) == 0
        first, second = hold(tree), hold(tree)
        assert watching.run().version == 2
        assert theme_days(store) == 2
        with tree.begin() as connection:
            connection.exec_driver_sql(deletion(tree, "activities", f"activity_id = {first}"))
        assert watching.run().version == 3
        assert theme_days(store) == 1
        with tree.begin() as connection:
            connection.execute(
                activities.update().where(activities.c.activity_id == second).values(status="cancelled")
            )
        assert watching.run().version == 4
        assert theme_days(store) == 0
        assert watching.run().version is None

    def test_views_do_as_well_as_tables(self, tree: sa.Engine, store: sa.Engine) -> None:
        hold(tree)
        drop_triggers(tree)
        with tree.begin() as connection:
            for name in ("organizations", "activities"):
                connection.exec_driver_sql(f"ALTER TABLE {name} RENAME TO stored_{name}")
                connection.exec_driver_sql(f"CREATE VIEW {name} AS SELECT * FROM stored_{name}")
        projector(tree, store, shanghai_now).run()
        assert theme_days(store) == 1

    def test_a_row_that_commits_late_is_counted_once(self, silent: sa.Engine, store: sa.Engine) -> None:
        """Its change time lies before rows already read: seconds are seen at once, minutes within a minute."""
        now = shanghai_now()
        clock = Moment(now)
        for number, kind, parent in ((1, "district_committee", None), (BRANCH, "branch", 1)):
            row = {"org_id": number, "org_type": kind, "parent_org_id": parent, "updated_at": now}
            with silent.begin() as connection:
                write(connection, {"organizations": [row]})
        watching = projector(silent, store, clock)
        hold(silent, at=now)
        watching.run()
        assert theme_days(store) == 1
        hold(silent, at=now - timedelta(minutes=9))
        clock.now += timedelta(minutes=1)
        watching.run()
        assert theme_days(store) == 2
        hold(silent, at=shanghai_now() - timedelta(seconds=15))
        clock.now += timedelta(seconds=5)
        watching.run()
        assert theme_days(store) == 3
        clock.now += timedelta(minutes=1)
        assert watching.run().version is None


class ServerBehaviour(Behaviour):
    """What there is where several write at once and accounts have rights."""

    @pytest.mark.parametrize("first_to_commit", [0, 1])
    def test_two_transactions_are_counted_once_in_whatever_order_they_commit(
        self, tree: sa.Engine, store: sa.Engine, first_to_commit: int
    ) -> None:
        watching = projector(tree, store, shanghai_now)
        watching.run()
        connections = [tree.connect(), tree.connect()]
        for connection in connections:
            connection.execute(activities.insert().values(**activity(shanghai_now())))
        for done, number in enumerate((first_to_commit, 1 - first_to_commit), start=1):
            connections[number].commit()
            watching.run()
            assert theme_days(store) == done
        assert watching.run().version is None
        for connection in connections:
            connection.close()

    def test_all_statements_of_a_run_see_one_state(self, tree: sa.Engine, store: sa.Engine) -> None:
        held = sa.select(sa.func.count()).select_from(activities)
        with projector(tree, store, shanghai_now)._source_connection() as connection:
            assert connection.scalar(held) == 0
            hold(tree)
            assert connection.scalar(held) == 0
        with tree.connect() as connection:
            assert connection.scalar(held) == 1

    def test_a_run_goes_on_where_the_server_has_cut_the_connections(
        self, tree: sa.Engine, store: sa.Engine
    ) -> None:
        source = open_existing(tree.url.render_as_string(hide_password=False))
        watching = projector(source, store, shanghai_now)
        watching.run()
        hold(tree)
        cut_connections(source)
        assert watching.run().version == 2
        source.dispose()

    def test_an_account_that_may_only_select_is_enough(self, tree: sa.Engine, store: sa.Engine) -> None:
        with reading_account(tree, "projecting", tuple(METADATA.tables)) as reader:
            watching = projector(reader, store, shanghai_now)
            watching.run()
            hold(tree)
            assert watching.run().version == 2
            assert theme_days(store) == 1
            with reader.connect() as connection, pytest.raises(sa.exc.DBAPIError):
                connection.execute(activities.update().values(status="cancelled"))


class TestSqlite(Behaviour):
    """The embedded engine."""

    @pytest.fixture
    def operational(self, sqlite_operational: sa.Engine) -> sa.Engine:
        return sqlite_operational

    @pytest.fixture
    def store(self) -> sa.Engine:
        return new_store()


@pytest.mark.postgresql
class TestPostgresql(ServerBehaviour):
    """PostgreSQL on both sides."""

    @pytest.fixture
    def operational(self, postgresql_operational: sa.Engine) -> sa.Engine:
        return postgresql_operational

    @pytest.fixture
    def store(self, postgresql_empty: sa.Engine) -> sa.Engine:
        prepare(postgresql_empty)
        return postgresql_empty


@pytest.mark.mariadb
class TestMariadb(ServerBehaviour):
    """MariaDB as the source of an embedded read model."""

    @pytest.fixture
    def operational(self, mariadb_operational: sa.Engine) -> sa.Engine:
        return mariadb_operational

    @pytest.fixture
    def store(self) -> sa.Engine:
        return new_store()


def cut_connections(engine: sa.Engine) -> None:
    """What a restart of the server or a night without traffic does to the connections that are kept."""
    other = sa.create_engine(engine.url)
    with other.connect() as connection:
        if engine.dialect.name == "postgresql":
            asked = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            kill = "SELECT pg_terminate_backend({})"
        else:
            asked = "SELECT id FROM information_schema.processlist WHERE db = database() AND id <> connection_id()"
            kill = "KILL {}"
        for key in connection.exec_driver_sql(asked).scalars().all():
            connection.exec_driver_sql(kill.format(key))
    other.dispose()


KEYS: Iterator[int] = iter(range(1000, 100_000))


def activity(now: datetime) -> dict[str, object]:
    """A theme day on the first of the month, recorded by the database's own default."""
    month = month_of(now.date())
    return {
        "activity_id": next(KEYS),
        "org_id": BRANCH,
        "activity_type": "theme_party_day",
        "title": "主题党日",
        "status": "held",
        "started_at": datetime(now.year, now.month, 1),
        "period_month": month,
        "is_online": False,
        "is_deliberation": False,
        "media_count": 0,
    }


def hold(engine: sa.Engine, at: datetime | None = None) -> int:
    """Insert a theme day as a person would with the database's own client; returns its key.

    ``at`` is the change time where no trigger sets it.
    """
    row = activity(shanghai_now())
    if at is not None:
        row |= {"created_at": at, "updated_at": at, "recorded_at": at}
    with engine.begin() as connection:
        connection.execute(METADATA.tables["activities"].insert().values(**row))
    return int(str(row["activity_id"]))


def theme_days(store: sa.Engine) -> float:
    found = read_table(store, "branch_months").get((BRANCH, month_of(shanghai_now().date())))
    return 0.0 if found is None else float(found["theme_days"])

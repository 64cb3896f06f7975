"""A reader stands on one version, whatever is published while a picture is drawn: one suite, both stores."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from data.engine import open_engine
from data.readmodel.reader import open_reader, read_version
from data.readmodel.schema import nodes, versions
from data.readmodel.viewer import open_viewer
from tests.readmodel_district import fill


def publish_next(store: sa.Engine) -> None:
    """What a projector does between two statements of a reader: another version, other rows."""
    with store.begin() as connection:
        row = connection.execute(sa.select(versions)).one()._asdict()
        connection.execute(versions.insert().values({**row, "version": row["version"] + 1}))
        connection.execute(nodes.update().values(short_name="改名"))


class Snapshot:
    """The suite; a subclass brings the ``url`` of an empty store."""

    @pytest.fixture
    def url(self) -> str:
        raise NotImplementedError

    @pytest.fixture
    def store(self, url: str) -> Iterator[sa.Engine]:
        store = open_engine(url)
        fill(store, branches=3, months=2)
        yield store
        store.dispose()

    def test_a_version_published_meanwhile_is_not_seen(self, url: str, store: sa.Engine) -> None:
        viewer, names = open_viewer(url), sa.select(nodes.c.short_name)
        with open_reader(viewer) as reader:
            publish_next(store)
            assert "改名" not in reader.connection.execute(names).scalars().all()
            newest = sa.select(sa.func.max(versions.c.version))
            assert reader.connection.execute(newest).scalar_one() == reader.version.number
        assert read_version(viewer)[0].number == reader.version.number + 1
        viewer.dispose()

    def test_a_failed_panel_does_not_move_the_reader(self, url: str, store: sa.Engine) -> None:
        viewer, names = open_viewer(url), sa.select(nodes.c.short_name)
        with open_reader(viewer) as reader:
            savepoint = reader.connection.begin_nested()
            with pytest.raises(sa.exc.SQLAlchemyError):
                reader.connection.exec_driver_sql("select no_such_column from nodes")
            savepoint.rollback()
            publish_next(store)
            assert "改名" not in reader.connection.execute(names).scalars().all()
        viewer.dispose()


class TestOnSQLite(Snapshot):
    @pytest.fixture
    def url(self, tmp_path: pathlib.Path) -> str:
        return f"sqlite:///{tmp_path / 'readmodel.db'}"


@pytest.mark.postgresql
class TestOnPostgreSQL(Snapshot):
    @pytest.fixture
    def url(self, postgresql_empty: sa.Engine) -> str:
        return postgresql_empty.url.render_as_string(hide_password=False)

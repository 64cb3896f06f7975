"""On PostgreSQL the account of visitors' screens reads the public store and not one table of anything else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import ProgrammingError

from callbacks.application import create_app
from commands.publishing import visitors_documents
from dashboard.profile import load_profile
from data.accounts.schema import METADATA as ACCOUNTS
from data.accounts.store import open_accounts
from data.public import schema as public_schema
from data.public.publisher import Publisher
from data.public.reader import open_public, open_public_reader
from data.public.store import open_public_store
from data.readmodel.schema import METADATA as READ_MODEL
from tests.browser.served_wall import TrialSettings
from tests.engines.conftest import PostgresqlServer
from tests.readmodel_district import NOW, fill

pytestmark = pytest.mark.postgresql

ROLE_FILE = Path(__file__).parents[2] / "deploy" / "postgresql-visitors.sql"
ROLE = "vanguard_visitors"
PROFILE = load_profile("haishu")


@pytest.fixture(scope="module")
def database(postgresql_server: PostgresqlServer) -> Iterator[str]:
    """A database whose projector is no administrator, with read model, accounts, public store and the role."""
    name = postgresql_server.new_database()
    postgresql_server.execute("CREATE ROLE projecting LOGIN")
    postgresql_server.execute(f"ALTER DATABASE {name} OWNER TO projecting")
    url = postgresql_server.url(name, "projecting")
    fill(store := sa.create_engine(url), towns=3, months=14, branches=30)
    open_accounts(url).dispose()
    publish(url)
    for _ in range(2):
        run_file(postgresql_server.url(name))
    yield name
    store.dispose()
    postgresql_server.execute(f"DROP DATABASE {name} WITH (FORCE)")
    for role in (ROLE, "projecting"):
        postgresql_server.execute(f"DROP ROLE {role}")


def publish(url: str) -> None:
    read_model, public = sa.create_engine(url), open_public_store(url)
    assert Publisher(read_model, public, visitors_documents(PROFILE), lambda: NOW).run().failed == 0
    for engine in (read_model, public):
        engine.dispose()


def run_file(url: str) -> None:
    """What psql does with the file of the operator."""
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(ROLE_FILE.read_text(encoding="utf-8").replace("%", "%%"))
    engine.dispose()


@pytest.fixture
def visitors(database: str, postgresql_server: PostgresqlServer) -> Iterator[sa.Engine]:
    engine = open_public(postgresql_server.url(database, ROLE))
    yield engine
    engine.dispose()


def test_the_role_reads_every_document(visitors: sa.Engine) -> None:
    with open_public_reader(visitors) as reader:
        assert reader.version.number == 1
        names = reader.connection.execute(sa.select(public_schema.documents.c.name)).scalars().all()
        assert len(names) > 30


@pytest.mark.parametrize("table", [*READ_MODEL.tables.values(), *ACCOUNTS.tables.values()], ids=str)
def test_the_role_reads_no_other_table(visitors: sa.Engine, table: sa.Table) -> None:
    query = sa.select(sa.func.count()).select_from(sa.table(table.name, schema="public"))
    with pytest.raises(ProgrammingError, match="permission denied"), visitors.connect() as connection:
        connection.execute(query)


def test_the_role_finds_no_table_of_the_product_that_it_could_read(visitors: sa.Engine) -> None:
    readable = sa.text(
        "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f', 'S') AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
        " AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')"
    )
    with visitors.connect() as connection:
        found = {tuple(row) for row in connection.execute(readable)}
    assert found == {(public_schema.SCHEMA, "versions"), (public_schema.SCHEMA, "documents")}


@pytest.mark.parametrize("table", public_schema.METADATA.tables.values(), ids=str)
def test_the_role_changes_nothing_even_if_it_says_it_wants_to_write(
    visitors: sa.Engine, table: sa.Table
) -> None:
    with visitors.connect() as connection:
        connection.exec_driver_sql("SET default_transaction_read_only = off")
        connection.commit()
        with pytest.raises(ProgrammingError, match="permission denied"):
            connection.execute(table.delete())
        connection.rollback()
        with pytest.raises(ProgrammingError, match="permission denied"):
            connection.exec_driver_sql(f"CREATE TABLE {public_schema.SCHEMA}.mine (id int)")


def test_a_wall_for_visitors_is_whole_with_this_role_alone(visitors: sa.Engine) -> None:
    client = create_app(visitors, TrialSettings(), PROFILE, lambda: NOW, public=visitors).server.test_client()
    assert client.get("/readyz").text == "version 1"
    layout = client.get("/_dash-layout").get_data(as_text=True)
    assert '"data-state":"fresh"' in layout
    assert '"data-state":"error"' not in layout
    assert '"data-state":"down"' not in layout


def test_a_store_that_is_made_anew_is_readable_without_further_grants(
    visitors: sa.Engine, database: str, postgresql_server: PostgresqlServer
) -> None:
    url = postgresql_server.url(database, "projecting")
    owner = sa.create_engine(url)
    public_schema.METADATA.drop_all(owner)
    owner.dispose()
    publish(url)
    with open_public_reader(visitors) as reader:
        assert reader.version.number == 1

"""Private databases for the behaviour suites: SQLite files, one PostgreSQL and one MariaDB server for the session."""

from __future__ import annotations

import contextlib
import itertools
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

import pytest
import sqlalchemy as sa

from data.contract.create import create
from data.engine import open_engine
from tests.engines import mariadb_server as mariadb
from tests.engines.mariadb_server import MariadbServer

MISSING = "PostgreSQL is not installed: apt-get install postgresql"


@dataclass
class PostgresqlServer:
    """A running server that only this session knows; databases are made from templates."""

    port: int
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def url(self, database: str, user: str = "postgres") -> str:
        return f"postgresql+psycopg://{user}@127.0.0.1:{self.port}/{database}"

    def new_database(self, template: str = "template1") -> str:
        name = f"test_{next(self.numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def execute(self, statement: str) -> None:
        engine = sa.create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlServer]:
    binaries = find_binaries()
    if binaries is None:
        without(MISSING)
    home = pathlib.Path(tempfile.mkdtemp(prefix="vanguard-postgresql-"))
    port = free_port()
    account = unprivileged(home)
    start(binaries, home, port, account)
    yield PostgresqlServer(port)
    run([binaries / "pg_ctl", "stop", "-D", home / "data", "-m", "immediate"], home, account)
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[MariadbServer]:
    if not mariadb.has_binaries():
        without(mariadb.MISSING)
    home, port = mariadb.new_home(), free_port()
    server = mariadb.start(home, port)
    yield MariadbServer(port)
    server.kill()
    server.wait()
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_contract(postgresql_server: PostgresqlServer) -> str:
    """Name of a template database that holds the empty contract."""
    name = postgresql_server.new_database()
    engine = sa.create_engine(postgresql_server.url(name))
    create(engine)
    engine.dispose()
    return name


@pytest.fixture(scope="session")
def sqlite_contract(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A file that holds the empty contract, to be copied."""
    path = tmp_path_factory.mktemp("contract") / "contract.db"
    engine = sa.create_engine(f"sqlite:///{path}")
    create(engine)
    engine.dispose()
    return path


@pytest.fixture
def sqlite_operational(sqlite_contract: pathlib.Path, tmp_path: pathlib.Path) -> Iterator[sa.Engine]:
    """An operational database with the complete, empty contract on SQLite."""
    path = shutil.copy(sqlite_contract, tmp_path / "operational.db")
    engine = sa.create_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture
def postgresql_operational(
    postgresql_server: PostgresqlServer, postgresql_contract: str
) -> Iterator[sa.Engine]:
    """An operational database with the complete, empty contract on PostgreSQL."""
    name = postgresql_server.new_database(template=postgresql_contract)
    engine = sa.create_engine(postgresql_server.url(name))
    yield engine
    engine.dispose()
    postgresql_server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def mariadb_operational(mariadb_server: MariadbServer) -> Iterator[sa.Engine]:
    """An operational database with the complete, empty contract on MariaDB."""
    engine = mariadb_server.empty_contract()
    yield engine
    engine.dispose()


@pytest.fixture
def mariadb_empty(mariadb_server: MariadbServer) -> Iterator[sa.Engine]:
    """An empty MariaDB database."""
    name = mariadb_server.new_database()
    engine = open_engine(mariadb_server.url(name))
    yield engine
    engine.dispose()
    mariadb_server.execute(f"DROP DATABASE {name}")


@pytest.fixture
def postgresql_empty(postgresql_server: PostgresqlServer) -> Iterator[sa.Engine]:
    """An empty PostgreSQL database."""
    name = postgresql_server.new_database()
    engine = sa.create_engine(postgresql_server.url(name))
    yield engine
    engine.dispose()
    postgresql_server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_empty(tmp_path: pathlib.Path) -> Iterator[sa.Engine]:
    """An empty SQLite database."""
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    yield engine
    engine.dispose()


def without(missing: str) -> NoReturn:
    """A server that is not installed: a skipped test at home, a failed one where tests are the gate."""
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


def find_binaries() -> pathlib.Path | None:
    """Newest of Debian's installations, else the directory of the initdb on PATH."""
    installed = sorted(
        pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3].split(".")[0])
    )
    if installed:
        return installed[-1].parent
    on_path = shutil.which("initdb")
    return pathlib.Path(on_path).resolve().parent if on_path else None


def unprivileged(home: pathlib.Path) -> list[str]:
    """PostgreSQL refuses to run as root: the words that start a command as its own account instead."""
    if os.geteuid() != 0:
        return []
    shutil.chown(home, "postgres")
    return ["runuser", "-u", "postgres", "--"]


def start(binaries: pathlib.Path, home: pathlib.Path, port: int, account: list[str]) -> None:
    data = home / "data"
    encoding = ["-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-U", "postgres", "--no-sync"]
    run([binaries / "initdb", "-D", data, *encoding], home, account)
    options = (
        f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off "
        "-c synchronous_commit=off -c shared_buffers=64MB -c max_connections=60"
    )
    log = home / "server.log"
    run([binaries / "pg_ctl", "start", "-w", "-D", data, "-l", log, "-o", options], home, account)


def run(command: list[object], home: pathlib.Path, account: list[str]) -> None:
    # Output goes to a file: a pipe would stay open for as long as the server runs.
    with (home / "commands.log").open("ab") as log:
        result = subprocess.run(
            [*account, *map(str, command)], cwd=home, stdout=log, stderr=log, check=False, timeout=120
        )
    if result.returncode:
        with contextlib.suppress(OSError):
            pytest.fail(f"{command[0]} failed:\n{(home / 'commands.log').read_text()[-2000:]}")
        pytest.fail(f"{command[0]} failed")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""A private MariaDB server whose defaults are as unfavourable as a customer's may be; started by a fixture."""

from __future__ import annotations

import itertools
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import sqlalchemy as sa

from data.contract import METADATA
from data.contract.create import add_triggers, create
from data.engine import open_engine

MISSING = "MariaDB is not installed: apt-get install mariadb-server"
# Another zone, another character set, names that compare loosely, double quotes for names: sessions set their own.
UNFAVOURABLE = (
    "--default-time-zone=-05:00",
    "--character-set-server=latin1",
    "--collation-server=latin1_swedish_ci",
    "--sql-mode=ANSI,ONLY_FULL_GROUP_BY",
)
_QUICK = (
    "--innodb-flush-method=nosync",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-doublewrite=0",
    "--innodb-buffer-pool-size=64M",
    "--innodb-log-file-size=16M",
    "--skip-sync-frm",
)
# Its tables are some hundred files, made and dropped again and again: memory where there is some.
_MEMORY = pathlib.Path("/dev/shm")
# What a test may have done to the structure of a database.
_SHAPE = """
    SELECT (SELECT group_concat(md5(concat_ws('|', table_name, column_name, column_type, is_nullable))
              ORDER BY table_name, ordinal_position) FROM information_schema.columns WHERE table_schema = database()),
           (SELECT group_concat(md5(concat_ws('|', table_name, index_name, column_name))
              ORDER BY table_name, index_name, seq_in_index) FROM information_schema.statistics
              WHERE table_schema = database())"""


@dataclass
class MariadbServer:
    """A running server that only this session knows."""

    port: int
    numbers: Iterator[int] = field(default_factory=itertools.count)
    # The contract's database, made once: emptied it is as good as new as long as nobody changed its shape.
    _contract: str | None = None
    _shape: str = ""

    def url(self, database: str, user: str = "root") -> str:
        return f"mysql+pymysql://{user}@127.0.0.1:{self.port}/{database}?charset=utf8mb4"

    def new_database(self) -> str:
        name = f"test_{next(self.numbers)}"
        self.execute(f"CREATE DATABASE {name}")
        return name

    def execute(self, *statements: str) -> None:
        engine = open_engine(self.url(""))
        with engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
        engine.dispose()

    def empty_contract(self) -> sa.Engine:
        """The complete, empty contract; the same database each time."""
        if self._contract is not None:
            engine = open_engine(self.url(self._contract))
            if _shape(engine) == self._shape:
                _empty(engine)
                _complete_triggers(engine)
                return engine
            engine.dispose()
            self.execute(f"DROP DATABASE {self._contract}")
        self._contract = self.new_database()
        engine = open_engine(self.url(self._contract))
        create(engine)
        self._shape = _shape(engine)
        return engine


def _shape(engine: sa.Engine) -> str:
    with engine.connect() as connection:
        connection.exec_driver_sql("SET SESSION group_concat_max_len = 10000000")
        return "\n".join(map(str, connection.exec_driver_sql(_SHAPE).one()))


def _complete_triggers(engine: sa.Engine) -> None:
    """A test may have taken the triggers away."""
    with engine.connect() as connection:
        present = set(
            connection.exec_driver_sql(
                "SELECT event_object_table FROM information_schema.triggers WHERE trigger_schema = database()"
            ).scalars()
        )
    if not present.issuperset(METADATA.tables):
        add_triggers(engine)


def _empty(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        for name in sa.inspect(connection).get_table_names():
            if connection.exec_driver_sql(f"SELECT 1 FROM {name} LIMIT 1").first():
                connection.exec_driver_sql(f"TRUNCATE {name}")


def has_binaries() -> bool:
    return all(map(_found, ("mariadb-install-db", "mariadbd")))


def _found(binary: str) -> str | None:
    # Debian keeps the server where the PATH of a plain account does not lead.
    return shutil.which(binary, path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def new_home() -> pathlib.Path:
    """An empty folder for a server."""
    return pathlib.Path(
        tempfile.mkdtemp(prefix="vanguard-mariadb-", dir=_MEMORY if _MEMORY.is_dir() else None)
    )


def start(home: pathlib.Path, port: int) -> subprocess.Popen[bytes]:
    """Install and start a server in this empty folder; returns when it answers."""
    account = []
    if os.geteuid() == 0:
        shutil.chown(home, "mysql")
        account = ["--user=mysql"]
    place, log = [f"--datadir={home / 'data'}", *account], home / "server.log"
    install = ["mariadb-install-db", "--no-defaults", *place, "--auth-root-authentication-method=normal"]
    with log.open("ab") as out:
        subprocess.run([*install, "--skip-test-db"], stdout=out, stderr=out, check=True, timeout=120)
        listen = [f"--port={port}", "--bind-address=127.0.0.1", f"--socket={home / 'socket'}"]
        options = [*place, *listen, "--skip-name-resolve", *_QUICK, *UNFAVOURABLE]
        server = subprocess.Popen(
            [str(_found("mariadbd")), "--no-defaults", *options], stdout=out, stderr=out
        )
    _await(server, port, log)
    return server


def _await(server: subprocess.Popen[bytes], port: int, log: pathlib.Path) -> None:
    engine, until = open_engine(f"mysql+pymysql://root@127.0.0.1:{port}/"), time.monotonic() + 60
    while True:
        try:
            engine.connect().close()
            engine.dispose()
            return
        except sa.exc.OperationalError as error:
            if server.poll() is not None or time.monotonic() > until:
                server.kill()
                raise RuntimeError(f"mariadbd did not start:\n{log.read_text()[-2000:]}") from error
            # The server tells nobody when it is ready.
            time.sleep(0.05)

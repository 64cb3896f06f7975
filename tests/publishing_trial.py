"""A publisher whose documents and clock a test changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from callbacks.picture import version_of
from data.public.document import Document
from data.public.publisher import Publisher
from data.public.reader import open_public, open_public_reader, read_public_version
from data.public.store import open_public_store
from data.readmodel.reader import Reader
from data.readmodel.schema import versions
from tests.readmodel_district import NOW, fill


@dataclass(frozen=True)
class Other:
    title: str


@dataclass
class Trial:
    """A publisher whose documents a test changes."""

    read_model: sa.Engine
    url: str
    documents: dict[str, Document[Any]] = field(default_factory=dict)

    now: datetime = NOW

    def __post_init__(self) -> None:
        self.publisher = self.new_publisher()

    def new_publisher(self) -> Publisher:
        store = open_public_store(self.url)
        return Publisher(self.read_model, store, lambda _: self.documents.values(), lambda: self.now)

    def set(self, name: str, value: Any) -> None:
        self.documents[name] = Document(name, lambda _: value, type(value))

    def new_version(self) -> None:
        with self.read_model.begin() as connection:
            newest = connection.execute(sa.select(versions).order_by(versions.c.version.desc())).first()
            assert newest is not None
            row = dict(newest._mapping) | {"version": newest.version + 1}
            connection.execute(versions.insert().values(**row))

    def fail(self, name: str) -> None:
        def failing(_: Reader) -> Any:
            raise ZeroDivisionError

        self.documents[name] = Document(name, failing, Other)

    def read(self, name: str) -> Other:
        with open_public_reader(open_public(self.url)) as reader:
            return reader.document(name, Other)

    def key(self) -> str:
        """What screens compare to know whether to draw anew."""
        return version_of(read_public_version(open_public(self.url))[0])

    def is_behind(self, name: str) -> bool:
        with open_public_reader(open_public(self.url)) as reader:
            return reader.is_behind(name)


@contextmanager
def publishing(folder: Path) -> Iterator[Trial]:
    """A publisher of two documents over a small district."""
    engine = sa.create_engine(f"sqlite:///{folder}/readmodel.db", poolclass=sa.NullPool)
    fill(engine, towns=3, months=14, branches=30)
    found = Trial(engine, f"sqlite:///{folder}/public.db")
    found.set("one", Other("一"))
    found.set("two", Other("二"))
    yield found
    engine.dispose()

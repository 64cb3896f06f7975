"""Where the pictures of a wall get their views from: the read model, or for visitors the public store and nothing
else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import sqlalchemy as sa

from dashboard.panels import Panel
from dashboard.reception import MODE, WALK, document_name, view_type
from data.errors import DocumentBehind, DocumentWithdrawn
from data.public.reader import PublicReader, open_public_reader, read_public_version
from data.queries import focus_walk
from data.readmodel.reader import Feed, Reader, Version, open_reader, read_version
from data.scope import Scope


class Views(Protocol):
    """Views of one version, read in one transaction."""

    @property
    def version(self) -> Version:
        """The version they are of."""

    @property
    def feed(self) -> Feed:
        """Whether the operational source answers."""

    def walk(self) -> tuple[int, ...]:
        """Towns the focus walks through."""

    def view(self, panel: Panel, scope: Scope) -> Any:
        """The view of a panel; an error leaves the other views readable."""


class ViewSource(Protocol):
    """A store that views are read from."""

    def open(self) -> AbstractContextManager[Views]:
        """The newest views. Raises ReadModelUnreachable and ReadModelEmpty."""

    def newest(self) -> tuple[Version, Feed]:
        """The newest version, for the version poll. Raises ReadModelUnreachable and ReadModelEmpty."""


@dataclass(frozen=True)
class QueriedViews:
    """Views as the queries read them from the read model."""

    reader: Reader

    @property
    def version(self) -> Version:
        """The version of the read model."""
        return self.reader.version

    @property
    def feed(self) -> Feed:
        """The feed as the projector wrote it."""
        return self.reader.feed

    def walk(self) -> tuple[int, ...]:
        """Towns of the read model."""
        return focus_walk.load(self.reader)

    def view(self, panel: Panel, scope: Scope) -> Any:
        """What the panel's query reads."""
        # A savepoint: PostgreSQL refuses every statement after a failed one, and the others must go on.
        savepoint = self.reader.connection.begin_nested()
        try:
            return panel.load(self.reader, scope)
        finally:
            savepoint.rollback()


@dataclass(frozen=True)
class ReadModel:
    """The read model: everything an internal wall may show."""

    engine: sa.Engine

    @contextmanager
    def open(self) -> Iterator[Views]:
        """Queries over one transaction."""
        with open_reader(self.engine) as reader:
            yield QueriedViews(reader)

    def newest(self) -> tuple[Version, Feed]:
        """Two indexed reads."""
        return read_version(self.engine)


@dataclass(frozen=True)
class PublishedViews:
    """Views as they were published for visitors."""

    reader: PublicReader

    @property
    def version(self) -> Version:
        """The version the documents were made from."""
        return self.reader.version

    @property
    def feed(self) -> Feed:
        """The feed as the publisher last saw it."""
        return self.reader.feed

    def walk(self) -> tuple[int, ...]:
        """Towns of the published walk; none where it was withdrawn."""
        try:
            walk: tuple[int, ...] = self.reader.document(WALK.name, WALK.type)
        except DocumentWithdrawn:
            return ()
        return walk

    def view(self, panel: Panel, scope: Scope) -> Any:
        """The panel's document. Raises DocumentMissing, DocumentBehind, DocumentWithdrawn and DocumentUnreadable;
        ValueError for a scope that is not a visitor's."""
        if scope.mode != MODE:
            raise ValueError(f"the public store has no views of mode {scope.mode}")
        name = document_name(panel, scope.focus_town)
        if self.reader.is_behind(name):
            raise DocumentBehind(name)
        return self.reader.document(name, view_type(panel))


@dataclass(frozen=True)
class PublicStore:
    """The public store: all that a wall for visitors is handed."""

    engine: sa.Engine

    @contextmanager
    def open(self) -> Iterator[Views]:
        """Documents over one transaction."""
        with open_public_reader(self.engine) as reader:
            yield PublishedViews(reader)

    def newest(self) -> tuple[Version, Feed]:
        """One read."""
        return read_public_version(self.engine)

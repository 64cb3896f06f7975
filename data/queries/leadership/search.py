"""Finding organisations by what people type: part of a name, a code, the first letters of the pinyin."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import lru_cache

import sqlalchemy as sa
from pypinyin import Style, lazy_pinyin

from data.readmodel.scoped import Place, ScopedReader, open_scoped
from data.viewer import Viewer

MOST = 20


@dataclass(frozen=True)
class Found:
    """An organisation with the name of what stands above it."""

    place: Place
    above: str


@dataclass(frozen=True)
class _Entry:
    place: Place
    above: str
    initials: str


class Finder:
    """Searches the subtree of a viewer; the letters of a version are spelled once."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._entries: dict[tuple[str, int, str, int], list[_Entry]] = {}
        self._spelling = threading.Lock()

    def find(self, viewer: Viewer, text: str) -> list[Found]:
        """At most 20 organisations, best first: whole code or name, then beginnings, then parts; then tree order."""
        with open_scoped(self._engine, viewer) as reader:
            entries = self._known(reader)
        asked = text.upper()
        ranked = [(rank, entry) for entry in entries if (rank := _rank(entry, asked)) is not None]
        ranked.sort(key=lambda pair: (pair[0], pair[1].place.depth, pair[1].place.position))
        return [Found(entry.place, entry.above) for _, entry in ranked[:MOST]]

    def _known(self, reader: ScopedReader) -> list[_Entry]:
        with self._spelling:
            # A read model made anew counts its versions from one again.
            key = (reader.version.boot_id, *reader.key)
            if key not in self._entries:
                # Versions come by the minute, trees by the week: what is older than a few is not asked for again.
                while len(self._entries) > 8:
                    self._entries.pop(next(iter(self._entries)))
                self._entries[key] = _spelled(reader)
            return self._entries[key]


def _spelled(reader: ScopedReader) -> list[_Entry]:
    n = reader.nodes.c
    columns = [n[name] for name in Place.__dataclass_fields__]
    places = [
        Place(*row)
        for row in reader.rows(sa.select(*columns).where(n.dissolved_on.is_(None)).order_by(n.position))
    ]
    names = {place.org_id: place.short_name for place in places}
    return [
        _Entry(place, names.get(place.parent_org_id or 0, ""), _initials(place.short_name))
        for place in places
    ]


@lru_cache(maxsize=20_000)
def _initials(name: str) -> str:
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).upper()


def _rank(entry: _Entry, asked: str) -> int | None:
    place = entry.place
    names = (place.short_name.upper(), place.name.upper(), place.org_code.upper(), entry.initials)
    if asked in names:
        return 0
    if any(name.startswith(asked) for name in names):
        return 1
    return 2 if any(asked in name for name in names) else None

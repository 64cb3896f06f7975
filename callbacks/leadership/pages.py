"""Parts of a page for one viewer: resolved, refused, built once per version and scope, kept in the cache."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import orjson
import sqlalchemy as sa

from callbacks.picture import Cache, version_of
from dashboard.leadership.address import HOME, Address, AddressInvalid
from dashboard.leadership.look import Look
from dashboard.leadership.margins import roomy
from dashboard.leadership.parts import Figure, Part
from dashboard.leadership.registry import BY_SLUG, Asked, Block, Page, opened_on
from dashboard.profile import DistrictProfile
from data.clock import Clock
from data.errors import OutOfScope
from data.queries.leadership import months
from data.readmodel.reader import Version
from data.readmodel.scoped import Place, ScopedReader, open_scoped
from data.viewer import Viewer

LOG = logging.getLogger(__name__)
# What nobody asks for again goes away by itself: an address can be made up, and a shared cache has no end.
KEPT_S = 3600


@dataclass(frozen=True)
class Answer:
    """A page as one viewer sees it: parts of one version, and what its frame needs."""

    page: Page
    address: Address
    place: Place
    path: tuple[Place, ...]
    month: str
    months: tuple[str, ...]
    version: Version
    parts: tuple[Part, ...]

    @property
    def title(self) -> str:
        """Page and organisation."""
        return f"{self.page.title} · {self.place.short_name}"


@dataclass
class Pages:
    """Answers addresses; the same question of the same scope at the same version is built once."""

    engine: sa.Engine
    profile: DistrictProfile
    cache: Cache
    clock: Clock
    build: str
    services: dict[str, Any] = field(default_factory=dict)

    def answer(self, address: Address, viewer: Viewer, reason: str = "") -> Answer:
        """The page of an address; ``reason`` holds for this one look. Raises AddressInvalid, OutOfScope and
        ReadModelError."""
        with open_scoped(self.engine, viewer) as reader:
            page, asked, known = self._asked(reader, address, viewer, reason)
            return Answer(
                page=page,
                address=asked.address,
                place=asked.place,
                path=tuple(reader.path(asked.place)),
                month=asked.month,
                months=tuple(known),
                version=reader.version,
                parts=tuple(self._parts(page, reader, asked)),
            )

    def block(
        self, address: Address, viewer: Viewer, wanted: Block
    ) -> tuple[Sequence[Mapping[str, object]], int]:
        """Rows of the long table of a page, and how many it has. Raises as `answer` does, and SourceError."""
        with open_scoped(self.engine, viewer) as reader:
            page, asked, _ = self._asked(reader, address, viewer, "")
            read = page.block
            if read is None:
                raise AddressInvalid("page", page.slug, "这一页没有长表")
            return read(reader, asked, wanted)

    def _asked(
        self, reader: ScopedReader, address: Address, viewer: Viewer, reason: str
    ) -> tuple[Page, Asked, Sequence[str]]:
        page = self._page(address, viewer, reader)
        place = self._place(reader, address, page)
        known, closed = months.load(reader), months.closed(reader)
        month = address.month or closed
        if month not in known:
            raise AddressInvalid("month", month, f"有数据的月份是 {known[-1]} 至 {known[0]}")
        asked = Asked(
            address=replace(address, page=page.slug),
            place=place,
            month=month,
            closed=closed,
            profile=self.profile,
            look=Look(),
            now=self.clock(),
            viewer=viewer,
            reason=reason,
            **self.services,
        )
        return page, asked, known

    def _page(self, address: Address, viewer: Viewer, reader: ScopedReader) -> Page:
        slug = address.page if address.page != HOME else opened_on(reader.root, viewer)
        page = BY_SLUG.get(slug)
        if page is None:
            raise AddressInvalid("page", address.page, "没有这一页")
        if not page.allows(viewer):
            raise OutOfScope(page.slug, "not a page of this role")
        return page

    def _place(self, reader: ScopedReader, address: Address, page: Page) -> Place:
        place = reader.place(address.org)
        if place.is_group:
            place = reader.place(place.parent_org_id)
        if page.of == "area" and place.is_branch:
            return reader.place(place.parent_org_id)
        if page.of == "branch" and not place.is_branch:
            raise AddressInvalid("org", str(address.org or ""), "这一页看一个支部，请先选择支部")
        return place

    def _parts(self, page: Page, reader: ScopedReader, asked: Asked) -> Sequence[Part]:
        if not page.cached:
            return _built(page, reader, asked)
        scope = (version_of(reader.version), *reader.key)
        key = "|".join(
            str(part) for part in ("leadership", self.build, *scope, asked.now.date(), asked.address.url)
        )
        kept: Sequence[Part] | None = self.cache.get(key)
        if kept is None:
            kept = _built(page, reader, asked)
            self.cache.set(key, kept, timeout=KEPT_S)
        return kept


def _built(page: Page, reader: ScopedReader, asked: Asked) -> Sequence[Part]:
    parts = page.build(reader, asked)
    for part in parts:
        if isinstance(part, Figure) and part.figure is not None:
            roomy(part.figure)
    return parts


def digest(part: Part) -> str:
    """What a part says, as a short text: equal digests need no repaint."""
    drawn = part.figure if isinstance(part, Figure) else None
    plain = replace(part, figure=None) if isinstance(part, Figure) else part
    # Neither pickled nor in the order of a drawing's keys: both change when a part has been in a cache.
    text = repr(plain).encode()
    if drawn is not None:
        text += orjson.dumps(orjson.loads(drawn.to_json()), option=orjson.OPT_SORT_KEYS)
    return hashlib.sha1(text).hexdigest()[:10]

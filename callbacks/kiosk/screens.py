"""The kiosk as one version has it: read from the public store and laid out once, then kept."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass

import sqlalchemy as sa

from callbacks.picture import version_of
from dashboard.area_file import AreaFile
from dashboard.kiosk.content import Content, load_content
from dashboard.kiosk.documents import Documents, read_documents
from dashboard.kiosk.figures.town_map import MapPlaces, TownMap, draw
from dashboard.kiosk.places_index import index_json
from dashboard.profile import DistrictProfile
from data.public.reader import open_public_reader
from layouts.kiosk.context import Kiosk
from layouts.kiosk.markup import markup
from layouts.kiosk.shell import screen

Degrees = tuple[float, float]


@dataclass(frozen=True)
class Drawn:
    """One version laid out; ``digest`` tells two layouts apart, ``places`` is the list the page searches."""

    key: str
    html: str
    digest: str
    places: str
    places_digest: str
    is_whole: bool


class Screens:
    """Lays out the newest version; each once, however many kiosks ask."""

    def __init__(
        self,
        engine: sa.Engine,
        profile: DistrictProfile,
        areas: AreaFile | None = None,
        place: Degrees | None = None,
    ) -> None:
        self._engine = engine
        self._profile = profile
        self._areas = areas
        self._place = place
        self._content: Content = load_content(profile.slug, profile.words.activity_day)
        self._last: Drawn | None = None
        self._drawing = threading.Lock()

    @property
    def place(self) -> Degrees | None:
        """Where the kiosk stands (lng, lat), if that is known."""
        return self._place

    def newest(self) -> Drawn:
        """The newest version. Raises ReadModelUnreachable and ReadModelEmpty."""
        with open_public_reader(self._engine) as reader:
            key = version_of(reader.version)
            with self._drawing:
                # What is not whole is made whole without a new version.
                if self._last is None or self._last.key != key or not self._last.is_whole:
                    self._last = self._drawn(key, read_documents(reader, reader.version.as_of))
                return self._last

    def _drawn(self, key: str, documents: Documents) -> Drawn:
        html = markup(screen(Kiosk(documents, self._content, self._profile, self._map(documents))))
        places = index_json(documents.places) if documents.places else "[]"
        return Drawn(key, html, _digest(html), places, _digest(places), documents.is_whole)

    def _map(self, documents: Documents) -> TownMap | None:
        if documents.party_map is None or not documents.party_map.towns:
            return None
        seats = tuple((seat.name, seat.lng, seat.lat) for seat in self._profile.seats)
        names = tuple(town.name for town in documents.party_map.towns)
        short_names = tuple(self._profile.short_names.items())
        places = MapPlaces(self._profile.code, self._areas, names, seats, short_names)
        spots = [
            place
            for place in (documents.places.places if documents.places else ())
            if place.source == "venue"
        ]
        return draw(places, documents.party_map, spots, self._place)


def _digest(text: str) -> str:
    return hashlib.sha1(text.encode()).hexdigest()[:12]

"""All that the pages of the kiosk are made of: the public documents of one version, read together."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from data.errors import ReadModelError
from data.queries.kiosk import DOCUMENTS
from data.queries.kiosk.activities import Activities
from data.queries.kiosk.joining import Joining
from data.queries.kiosk.numbers import Numbers
from data.queries.kiosk.party_map import PartyMap
from data.queries.kiosk.places import Places
from data.queries.kiosk.resources import Resources
from data.queries.kiosk.service import Service
from data.queries.kiosk.structure import Structure

LOG = logging.getLogger(__name__)
View = TypeVar("View")


class PublicDocuments(Protocol):
    """What is needed of a reader of the public store."""

    def document(self, name: str, kind: type[View]) -> View:
        """The last document of this name. Raises a ReadModelError where there is none that can be read."""

    def is_behind(self, name: str) -> bool:
        """Whether it is of an older version. Raises a ReadModelError where there is none."""


@dataclass(frozen=True)
class Documents:
    """One value per document; None where it is missing: its page says so, the others stand.

    ``is_whole``: none is missing or of an older version; else they may change without a new version.
    """

    numbers: Numbers | None = None
    party_map: PartyMap | None = None
    places: Places | None = None
    structure: Structure | None = None
    activities: Activities | None = None
    service: Service | None = None
    resources: Resources | None = None
    joining: Joining | None = None
    as_of: datetime | None = None
    is_whole: bool = True


def read_documents(reader: PublicDocuments, as_of: datetime | None) -> Documents:
    """Every document of the kiosk; one that cannot be read is logged."""
    found, is_whole = {}, True
    for line in DOCUMENTS:
        try:
            found[line.name.removeprefix("kiosk/").replace("-", "_")] = reader.document(line.name, line.type)
            is_whole = is_whole and not reader.is_behind(line.name)
        except ReadModelError as error:
            is_whole = False
            LOG.warning("kiosk: no document %s: %s", line.name, error)
    return Documents(**found, as_of=as_of, is_whole=is_whole)

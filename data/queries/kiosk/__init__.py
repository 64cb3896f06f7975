"""Documents of the kiosk: one module each with ``load(reader) -> frozen dataclass``, registered here.

They run beside the projector with the full reader, and their result is what is stored for visitors: what is not
public or too small to be told is left out by ``load`` (``cells``). Dataclasses of plain values, dates, Literals,
tuples and None survive the store exactly.
"""

from __future__ import annotations

from typing import Any

from data.public.document import Document
from data.queries.kiosk import activities, joining, numbers, party_map, places, resources, service, structure

DOCUMENTS: tuple[Document[Any], ...] = (
    Document("kiosk/numbers", numbers.load, numbers.Numbers),
    Document("kiosk/party-map", party_map.load, party_map.PartyMap),
    Document("kiosk/places", places.load, places.Places),
    Document("kiosk/structure", structure.load, structure.Structure),
    Document("kiosk/activities", activities.load, activities.Activities),
    Document("kiosk/service", service.load, service.Service),
    Document("kiosk/resources", resources.load, resources.Resources),
    Document("kiosk/joining", joining.load, joining.Joining),
)

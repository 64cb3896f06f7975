"""The list of public places as the kiosk's own page searches it: short rows, with the first letters of the pinyin."""

from __future__ import annotations

import json

from pypinyin import Style, lazy_pinyin

from dashboard.kiosk.words import ORGANISATIONS, VENUES
from data.queries.kiosk.places import Place, Places

# How the list is narrowed: centres, other positions, organisations.
GROUPS = {"centre": "党群服务中心", "position": "特色阵地", "organisation": "党组织"}
_PARTY = "中国共产党"


def initials(name: str) -> str:
    """First letters of the syllables, Latin letters and digits as they are: 古林镇 is GLZ; 中共 of a full name is left
    out, nobody searches for it."""
    plain = name.removeprefix(_PARTY).removeprefix("中共")
    letters = lazy_pinyin(plain, style=Style.FIRST_LETTER)
    return "".join(letter for letter in letters if letter.isalnum()).upper()


def group_of(place: Place) -> str:
    """One of GROUPS."""
    if place.source == "organisation":
        return "organisation"
    return "centre" if place.kind == "service_center" else "position"


def index_json(places: Places) -> str:
    """Rows [name, initials, group, word of the kind, town, town id, lng, lat, address, telephone]."""
    rows = [
        [
            place.name,
            initials(place.name),
            group_of(place),
            (ORGANISATIONS if place.source == "organisation" else VENUES).get(place.kind, ""),
            place.town,
            place.town_id,
            place.lng,
            place.lat,
            place.address,
            place.phone,
        ]
        for place in places.places
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))

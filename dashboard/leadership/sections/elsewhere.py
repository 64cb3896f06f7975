"""What an organisation has no distribution of: said in one line that leads to the one above which has."""

from __future__ import annotations

from dashboard.leadership.parts import Line, Text
from dashboard.leadership.registry import Asked
from data.queries.leadership.town_tallies import town_of
from data.readmodel.scoped import ScopedReader


def elsewhere(reader: ScopedReader, asked: Asked, what: str) -> Text | None:
    """A line for a place without distributions of its own (``what`` names them); None where it has them."""
    if town_of(reader, asked.place) is not None:
        return None
    above = [place for place in reader.path(asked.place)[:-1] if town_of(reader, place) is not None]
    text = f"{what}只按{asked.profile.words.whole}和{asked.profile.words.towns}统计，本组织不单列"
    if not above:
        return Text("elsewhere", "", lines=(Line(text),))
    upper = above[-1]
    link = asked.address.but(org=upper.org_id)
    return Text("elsewhere", "", lines=(Line(f"{text}，查看{upper.short_name}", link=link),))

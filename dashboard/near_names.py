"""What somebody may have meant who wrote a name nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from data.indicators.sets import INDICATORS

MOST = 5


def near(text: str, names: Iterable[str]) -> list[str]:
    """Names that hold the text, in their order, else those written most alike; at most five, perhaps none."""
    known = list(dict.fromkeys(names))
    holding = [name for name in known if text and text in name]
    return holding[:MOST] or get_close_matches(text, known, n=MOST)


def near_indicators(text: str) -> list[str]:
    """Ids whose id or Chinese name is near."""
    ids = {name: entry.id for entry in INDICATORS for name in (entry.name, entry.id)}
    return list(dict.fromkeys(ids[name] for name in near(text, ids)))


def perhaps(names: Iterable[str]) -> str:
    """The end of a refusal that names what may have been meant; empty without any."""
    said = ", ".join(names)
    return f"; perhaps {said}" if said else ""

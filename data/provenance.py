"""Where a number comes from: an indicator's measures, tallies and facts, their families and operational tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from data.indicators.entry import Indicator
from data.indicators.member.catalogue import MEMBER_FORMULAS
from data.indicators.member.facts import FACTS
from data.indicators.regulations import REGULATIONS
from data.projection.catalogue import FAMILY
from data.projection.tallying import EVERY
from data.readmodel.measures import MEASURES
from data.readmodel.results import AREA_COLUMNS

# Tables of the read model that hold counts of their own.
COUNTED_TABLES = {"towns": ("divisions",), "org_counts": ("organizations",)}
# Families that only add up others.
ADDED_UP = {"derived": ("attendance", "study")}


@dataclass(frozen=True)
class Origin:
    """One thing a number is made of: ``kind`` is measure, tally, fact, count or result (of other indicators).

    ``family`` is the one a measure is counted by; ``tables`` are operational tables, none where not yet connected.
    """

    name: str
    zh: str
    unit: str
    kind: str
    family: str
    tables: tuple[str, ...]


def origins(entry: Indicator) -> list[Origin]:
    """What the entry reads, in its own order. Raises KeyError for a name nothing counts."""
    if entry.id in MEMBER_FORMULAS:
        return [_KNOWN_FACTS[name] for name in MEMBER_FORMULAS[entry.id].reads]
    known = _KNOWN_FACTS if entry.level == "member" else _KNOWN
    return [known[name] for name in entry.reads]


def tables(entry: Indicator) -> list[str]:
    """Operational tables behind the entry, each once."""
    return list(dict.fromkeys(table for origin in origins(entry) for table in origin.tables))


def regulations(entry: Indicator) -> Mapping[str, str]:
    """The regulations the entry refers to, by number."""
    found = re.findall(r"\bR\d\d\b", " ".join((entry.source, entry.formula, entry.yellow, entry.red)))
    return {number: REGULATIONS[number] for number in dict.fromkeys(found) if number in REGULATIONS}


def _tables_of(family: str) -> tuple[str, ...]:
    families = [FAMILY[name] for name in ADDED_UP.get(family, (family,)) if name in FAMILY]
    return tuple(dict.fromkeys(table for found in families for table in found.tables))


_KNOWN: Mapping[str, Origin] = {
    **{name: Origin(name, "", "", "result", "", ()) for name in AREA_COLUMNS},
    **{name: Origin(name, "", "", "count", "", read) for name, read in COUNTED_TABLES.items()},
    **{name: Origin(name, "", "", "tally", "", thing.tables) for name, thing in EVERY.items()},
    **{m.name: Origin(m.name, m.zh, m.unit, "measure", m.family, _tables_of(m.family)) for m in MEASURES},
}
_KNOWN_FACTS: Mapping[str, Origin] = {
    fact.name: Origin(fact.name, fact.zh, fact.unit, "fact", "", (fact.table,)) for fact in FACTS
}

"""Names of towns where room is short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

TOWN_KINDS = ("街道", "镇", "乡")


def short_town(town: str, own: Mapping[str, str] = MappingProxyType({})) -> str:
    """A town by the district's own short name, else without its kind: 古林 for 古林镇; never less than two
    characters."""
    if town in own:
        return own[town]
    for kind in TOWN_KINDS:
        if town.endswith(kind) and len(town) - len(kind) >= 2:
            return town.removesuffix(kind)
    return town


def common_kind(towns: Iterable[str], mixture: str) -> str:
    """The kind all these towns share, 街道 for a city centre; the district's word for a mixture."""
    names = list(towns)
    return next((kind for kind in TOWN_KINDS if all(name.endswith(kind) for name in names)), mixture)

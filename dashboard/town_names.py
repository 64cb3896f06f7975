"""Names of towns where room is short."""

from __future__ import annotations

TOWN_KINDS = ("街道", "镇", "乡")


def short_town(town: str) -> str:
    """A town without its kind, 古林 for 古林镇; never less than two characters."""
    for kind in TOWN_KINDS:
        if town.endswith(kind) and len(town) - len(kind) >= 2:
            return town.removesuffix(kind)
    return town

"""Names of organisations as a wall has room for them."""

from __future__ import annotations

LONGEST = 10


def wall_name(short_name: str, at_most: int = LONGEST) -> str:
    """At most ten characters: 党支部 becomes 支部 when that helps, what is still too long ends in …"""
    name = short_name if len(short_name) <= at_most else short_name.replace("党支部", "支部")
    return name if len(name) <= at_most else name[: at_most - 1] + "…"

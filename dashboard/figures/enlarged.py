"""How much larger than designed a panel may draw itself where its scene gives it more room."""

from __future__ import annotations

from dashboard.theme import Theme

AT_MOST = 1.8


def enlargement(theme: Theme, slug: str, designed: tuple[int, int]) -> float:
    """Factor 1 to 1.8 by which sizes of a body designed as ``designed`` (width, height) grow."""
    width, height = theme.size(slug)
    room = min(width / (designed[0] * theme.u), height / (designed[1] * theme.u))
    return round(min(AT_MOST, max(1.0, room)), 3)

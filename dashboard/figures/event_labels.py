"""Placing the words of events above a time axis on two levels, so that neither words nor stems cross."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

LEVELS = (0, 1)
# Share of the word left of its stem: centred, then begun at the stem, then ended there.
ANCHORS = (0.5, 0.0, 1.0)


@dataclass(frozen=True)
class PlacedEvent:
    """An event: its stem at x, its words from ``left`` to ``right`` on a level (0 is the upper one)."""

    x: float
    words: str
    level: int
    left: float
    right: float


def place_events(
    events: Sequence[tuple[float, str, float]], *, right_edge: float, gap: float
) -> tuple[PlacedEvent, ...]:
    """Events (x, words, width) from left to right; one that fits nowhere is left out, older ones go first."""
    placed: list[PlacedEvent] = []
    for x, words, width in sorted(events, reverse=True):
        turn = len(placed) % 2
        for anchor, level in product(ANCHORS, (turn, 1 - turn)):
            left = min(max(x - width * anchor, 0), right_edge - width)
            candidate = PlacedEvent(x, words, level, left, left + width)
            if left >= 0 and not any(_conflict(candidate, other, gap) for other in placed):
                placed.append(candidate)
                break
    return tuple(sorted(placed, key=lambda event: event.x))


def _conflict(a: PlacedEvent, b: PlacedEvent, gap: float) -> bool:
    """Words over words on one level, or the stem of the upper one through the words of the lower one."""
    if a.level == b.level:
        return a.left < b.right + gap and b.left < a.right + gap
    upper, lower = (a, b) if a.level < b.level else (b, a)
    return lower.left - gap / 2 < upper.x < lower.right + gap / 2

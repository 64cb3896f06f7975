"""Which town the wall dwells on: a function of the server's time alone, so every wall shows the same."""

from __future__ import annotations

DWELL_S = 10


def focus_at(epoch_s: float, walk: tuple[int, ...]) -> int | None:
    """The town in focus at a moment; None without towns. assets/clientside.js computes the same (tested)."""
    return walk[int(epoch_s // DWELL_S) % len(walk)] if walk else None

"""Where the picture of an LED wall stands: whole pixels around its place, no lamp carries one edge for months."""

from __future__ import annotations


def shift_at(epoch_s: float, reach_px: int, period_s: float) -> tuple[int, int]:
    """Shift (right, down) in LED pixels at a moment, each at most ``reach_px``: a snake over the square and the same
    way back, so that every step moves one pixel in one direction. assets/led-care.js computes the same (tested)."""
    side = 2 * reach_px + 1
    last = side * side - 1
    if last == 0 or period_s <= 0:
        return 0, 0
    at = int(epoch_s // period_s) % (2 * last)
    row, column = divmod(min(at, 2 * last - at), side)
    return (side - 1 - column if row % 2 else column) - reach_px, row - reach_px

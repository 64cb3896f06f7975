"""What of a page is seen without scrolling: figures and tables below the fold are made after the first paint."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.leadership.parts import Figure, Numbers, Part, Switch, Table, Text
from layouts.leadership.cells import HEAD, ROW, TALLEST

# Height of the cards that a screen of 1080 px shows, and the columns of their grid; larger screens fill a blink later.
FOLD, COLUMNS, GAP = 940, 12, 16
# What a card adds to its body: padding, title.
_FRAME = 66
_LINE, _KEY_FIGURES, _SWITCH, _UNKNOWN = 39, 112, 46, 160


def below(parts: Sequence[Part]) -> frozenset[str]:
    """Slugs of the figures and tables whose card begins below the fold; all other parts cost nothing to make."""
    found = set()
    top = row_height = 0
    left = COLUMNS
    for part in parts:
        if part.span > left:
            top, row_height, left = top + row_height + GAP, 0, COLUMNS
        if top >= FOLD and isinstance(part, (Figure, Table)):
            found.add(part.slug)
        left -= part.span
        # A tall card stands beside several rows, each of which has a height of its own.
        if part.rows_beside == 1:
            row_height = max(row_height, height(part))
    return frozenset(found)


def height(part: Part) -> int:
    """About how tall the card of a part becomes, in CSS pixels."""
    if isinstance(part, Switch):
        return _SWITCH
    if isinstance(part, Numbers):
        return _KEY_FIGURES + _FRAME * bool(part.title)
    return _FRAME + body_height(part)


def body_height(part: Part) -> int:
    """About how tall what a card shows becomes, in CSS pixels."""
    if isinstance(part, Figure) and part.figure is not None:
        return int(part.figure.layout.height or 280)
    if isinstance(part, Table) and (part.rows or part.source):
        return part.height or HEAD + ROW * (TALLEST if part.source else min(len(part.rows), TALLEST))
    if isinstance(part, Text) and part.lines:
        return _LINE * len(part.lines)
    return _UNKNOWN

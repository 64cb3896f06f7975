"""How quarters are written: 2026年三季度, or 三季度 where the year is plain."""

from __future__ import annotations

_ORDINALS = "一二三四"


def quarter_label(quarter: str, *, year: bool = True) -> str:
    """A quarter "2026Q3" with or without its year."""
    ordinal = f"{_ORDINALS[int(quarter[5:]) - 1]}季度"
    return f"{quarter[:4]}年{ordinal}" if year else ordinal

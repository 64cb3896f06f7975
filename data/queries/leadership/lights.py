"""Lights of an organisation: how many branches are red and yellow, by which indicators, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.indicators.entry import Indicator
from data.indicators.sets import BY_ID
from data.queries.leadership.sums import months_of, ratio
from data.readmodel.scoped import Place, ScopedReader

COUNTS = ("red_branches", "yellow_branches", "green_branches", "grey_branches", "score_sum", "score_count")


@dataclass(frozen=True)
class Lit:
    """One indicator over the branches of an area in one month: red, yellow and judged branches, its mean score (0-100)
    and its value (pooled ratio where the indicator has one, else the mean of the branches); None without data."""

    indicator: str
    red: float
    yellow: float
    judged: float
    score: float | None
    value: float | None


def of_area(reader: ScopedReader, place: Place, indicators: Sequence[str], month: str) -> list[Lit]:
    """In the order asked; an indicator no branch has a light of is left out."""
    known = [BY_ID[name] for name in indicators]
    columns = {column for entry in known for column in _columns(entry, reader)}
    row = months_of(reader, place, sorted(columns), month, month).get(month)
    if row is None:
        return []
    lit = []
    for entry in known:
        of = entry.id
        if row[f"{of}_red"] is None and row[f"{of}_yellow"] is None:
            continue
        pooled = _pooled(entry, reader)
        value = ratio(row, *pooled) if pooled else ratio(row, f"{of}_value_sum", f"{of}_value_count")
        lit.append(
            Lit(
                of,
                row[f"{of}_red"] or 0,
                row[f"{of}_yellow"] or 0,
                row[f"{of}_value_count"] or 0,
                ratio(row, f"{of}_score_sum", f"{of}_score_count"),
                value,
            )
        )
    return lit


def _columns(entry: Indicator, reader: ScopedReader) -> list[str]:
    parts = ("red", "yellow", "score_sum", "score_count", "value_sum", "value_count")
    return [*(f"{entry.id}_{part}" for part in parts), *_pooled(entry, reader)]


def _pooled(entry: Indicator, reader: ScopedReader) -> tuple[str, ...]:
    pooled = tuple(entry.pooled or ())
    return pooled if all(name in reader.org_months.c for name in pooled) else ()

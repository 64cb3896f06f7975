"""The source rows behind a number, by fate: as lines for the terminal, as data for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.trace_words import number
from data.projection.trace.tracing import MeasureTrace
from data.queries.trace import MeasureSeen, Traced


def row_lines(trace: MeasureTrace, published: float | None) -> list[str]:
    """Rows by fate, one line each; a last line when the source has moved on since the figure was published."""
    tables = "、".join(trace.tables)
    if not trace.outcomes:
        return [f"{tables or '—'}：本项没有逐行分解，口径见公式"]
    lines = [f"{tables}：查看 {trace.looked_at:,} 行"]
    for reason, outcome in trace.outcomes.items():
        keys = f"  主键 {', '.join(str(key) for key in outcome.keys)}" if outcome.keys else ""
        lines.append(f"  {reason} {outcome.rows:,} 行{keys}")
    counted = trace.counted
    if published is not None and counted is not None and abs(counted - published) > 1e-6:
        lines.append(
            f"  业务库现为 {number(counted)}，已发布为 {number(published)}：发布后不再变动，或投影尚未赶上"
        )
    return lines


def as_json(
    lines: Sequence[tuple[str, str]],
    found: Traced,
    traces: Sequence[MeasureTrace],
    own: Sequence[MeasureTrace] = (),
) -> dict[str, Any]:
    """The same for programs: texts by label, measures and rows as numbers; ``own`` are those of a committee's own
    rows."""
    of_committee = {} if found.own is None else _counts(found.own.measures, own)
    return {
        "facts": dict(lines),
        "value": found.value,
        "score": found.score,
        "light": None if found.light is None else found.light.name.lower(),
        **_counts(found.measures, traces),
        **({"own": of_committee} if of_committee else {}),
    }


def _counts(measures: Sequence[MeasureSeen], traces: Sequence[MeasureTrace]) -> dict[str, Any]:
    return {
        "measures": {
            seen.measure.name: {"month": seen.month, "three_months": seen.three_months, "year": seen.year}
            for seen in measures
        },
        "rows": {
            trace.measure: {
                reason: {"rows": outcome.rows, "amount": outcome.amount, "keys": outcome.keys}
                for reason, outcome in trace.outcomes.items()
            }
            for trace in traces
        },
    }

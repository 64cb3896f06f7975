"""Invented distributions under `tests/readmodel_district.py`: days of organisation life, grades of an appraisal."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from data.clock import month_of

Row = dict[str, Any]
TYPES = {
    "member_assembly": 31, "committee_meeting": 83, "theme_party_day": 97, "heart_talk": 12, "visit_base": 40,
    "ceremony": 23,
}  # fmt: skip


def tallies_of(now: datetime) -> list[Row]:
    """Ninety days back with a quiet one every week, fourteen days ahead, the grades of last year."""
    today = now.date()
    cells: dict[tuple[str, str], float] = {}
    for back in range(90):
        day = today - timedelta(days=back)
        pace = 0 if day.weekday() == 6 else 1 + back % 5
        for kind, n in TYPES.items():
            cells["activity_days", f"held|{day}|{kind}"] = n * pace
    for ahead in range(1, 15):
        cells["activity_days", f"planned|{today + timedelta(days=ahead)}|committee_meeting"] = (
            400 - 28 * ahead
        )
    year = int(month_of(today)[:4]) - 1
    for grade, n in (("excellent", 2012), ("qualified", 5880), ("basic", 96), ("unqualified", 14)):
        cells["appraisal_grades", f"{year}|{grade}"] = n
    return [
        {"tally": tally, "period_month": "", "town_id": 0, "key": key, "value": float(value)}
        for (tally, key), value in cells.items()
        if value
    ]

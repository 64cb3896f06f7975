"""The first numbers of the district: on the welcome page, the tiles and the attract loop."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.kiosk.documents import Documents
from dashboard.words import Words


@dataclass(frozen=True)
class Fact:
    """A number with its name; None is no data."""

    measure: str
    label: str
    value: float | None
    unit: str


def headline(documents: Documents, words: Words) -> tuple[Fact, ...]:
    """Members, organisations, positions, activities and hours."""
    numbers, activities, service = documents.numbers, documents.activities, documents.service
    counts = [numbers.committees, numbers.general_branches, numbers.branches] if numbers else []
    known = [n for n in counts if n is not None]
    centres = [p for p in documents.places.places if p.kind == "service_center"] if documents.places else None
    month = activities.months[-1].total if activities and activities.months else None
    return (
        Fact("members", f"{words.whole}党员", numbers.members if numbers else None, "名"),
        Fact("organisations", "基层党组织", sum(known) if known else None, "个"),
        Fact("centres", "党群服务中心", len(centres) if centres is not None else None, "个"),
        Fact("activities-month", "本月组织生活", month, "场"),
        Fact("volunteer-hours", "今年志愿服务", service.year_hours if service else None, "小时"),
    )

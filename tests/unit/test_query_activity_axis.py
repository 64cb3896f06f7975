"""The axis of days: ninety back, fourteen ahead, types in five groups, the day most branches chose."""

from __future__ import annotations

from datetime import date
from typing import Any

from data.queries.activity_axis import GROUPS, ActivityAxis, load
from data.scope import Scope
from tests.readmodel_rows import reader_of


def tallied(key: str, value: float, town_id: int = 0) -> dict[str, Any]:
    row = {"tally": "activity_days", "period_month": "", "town_id": town_id}
    return {**row, "key": key, "value": value}


def view(*rows: dict[str, Any]) -> ActivityAxis:
    with reader_of(tallies=list(rows)) as reader:
        return load(reader, Scope("wall_reception"))


def test_the_days_end_with_today_and_the_plan_begins_tomorrow() -> None:
    found = view(tallied("held|2026-11-21|party_lecture", 2), tallied("planned|2026-11-21|party_lecture", 9))
    assert (found.held[0].day, found.held[-1].day) == (date(2026, 8, 24), date(2026, 11, 21))
    assert (found.planned[0].day, found.planned[-1].day) == (date(2026, 11, 22), date(2026, 12, 5))
    assert (len(found.held), len(found.planned)) == (90, 14)
    assert found.held[-1].total == 2
    assert sum(day.total for day in found.planned) == 0


def test_types_fall_into_their_groups_and_an_unknown_one_into_the_last() -> None:
    names = ("member_assembly", "party_lecture", "theme_party_day", "heart_talk", "visit_base", "ceremony")
    found = view(*(tallied(f"held|2026-11-20|{name}", n) for n, name in enumerate(names, 1)))
    assert dict(zip(GROUPS, found.held[-2].counts, strict=True)) == {
        "meetings": 3, "theme_day": 3, "review": 4, "study": 5, "other": 6,
    }  # fmt: skip
    assert found.total("study") == 5


def test_the_unified_day_is_the_day_of_a_month_with_most_theme_days() -> None:
    found = view(
        tallied("held|2026-10-08|theme_party_day", 60),
        tallied("held|2026-10-22|theme_party_day", 60),
        tallied("held|2026-11-05|theme_party_day", 42),
        tallied("held|2026-11-20|theme_party_day", 57),
        tallied("held|2026-09-10|party_lecture", 900),
    )
    assert [(day.day, day.theme_days) for day in found.unified] == [
        (date(2026, 10, 8), 60),
        (date(2026, 11, 20), 57),
    ]


def test_days_outside_the_window_and_rows_of_towns_are_not_shown() -> None:
    found = view(tallied("held|2026-08-23|party_lecture", 5), tallied("held|2026-11-20|party_lecture", 7, 12))
    assert sum(day.total for day in found.held) == 0


def test_a_quiet_plan_is_not_a_missing_feed() -> None:
    assert view(tallied("held|2026-11-20|party_lecture", 1)).planned[0].total == 0
    nothing = view()
    assert (nothing.held, nothing.planned, nothing.unified) == ((), (), ())

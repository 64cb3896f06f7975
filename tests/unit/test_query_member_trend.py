"""The membership over two years: totals, net changes, occupations."""

from __future__ import annotations

from typing import Any

from data.queries.figures_of_month import Amount
from data.queries.member_trend import MemberTrend, load
from data.scope import Scope
from tests.readmodel_rows import ROOT, reader_of


def view(
    members: dict[str, float | None], occupations: dict[str, float] | None = None, **columns: Any
) -> MemberTrend:
    rows = [
        {"org_id": ROOT, "period_month": month, "members": n, "admitted": 3, **columns}
        for month, n in members.items()
    ]
    found = [
        {
            "tally": "member_structure",
            "period_month": "",
            "town_id": 0,
            "key": f"occupation|{key}",
            "value": n,
        }
        for key, n in (occupations or {}).items()
    ]
    with reader_of(org_months=rows, tallies=found) as reader:
        return load(reader, Scope("wall_reception", 10))


def test_the_net_of_a_month_is_against_the_month_before() -> None:
    found = view({"2025-11": 100, "2026-09": 120, "2026-10": 118, "2026-11": 125})
    assert [(m.month, m.members, m.net) for m in found.months[-3:]] == [
        ("2026-09", 120, None), ("2026-10", 118, -2), ("2026-11", 125, 7),
    ]  # fmt: skip
    assert (found.total, found.year_change) == (Amount("value", 125.0), 25)
    assert (found.months[0].month, len(found.months)) == ("2024-11", 25)


def test_admissions_are_those_of_the_calendar_year() -> None:
    assert view({"2025-12": 100, "2026-01": 100, "2026-11": 100}).admitted == Amount("value", 6.0)
    assert view({"2026-11": 100}, admitted=None).admitted == Amount("nodata")


def test_a_month_nobody_counted_is_a_gap_and_not_zero() -> None:
    found = view({"2026-09": 120, "2026-10": None, "2026-11": 125})
    assert [m.members for m in found.months[-3:]] == [120, None, 125]
    assert found.months[-1].net is None


def test_occupations_stand_by_size_without_those_of_nobody() -> None:
    found = view({"2026-11": 100}, {"farmer": 20, "retired": 60, "student": 0})
    assert [(part.key, part.amount.value) for part in found.occupations] == [("retired", 60), ("farmer", 20)]


def test_few_of_an_occupation_are_withheld_with_the_smallest_other() -> None:
    found = view({"2026-11": 100}, {"farmer": 20, "retired": 60, "student": 3})
    assert {part.key: part.withheld for part in found.occupations} == {
        "retired": False, "farmer": True, "student": True,
    }  # fmt: skip


def test_without_the_structure_there_is_no_occupation() -> None:
    assert view({"2026-11": 100}).occupations == ()

"""The five basics: means from sums, gaps that stay gaps, and whose radar which mode may see."""

from __future__ import annotations

from typing import Any

import pytest

from data.queries.diagnosis import load
from data.readmodel.results import RADAR_AXES
from data.scope import Scope
from tests.readmodel_rows import ROOT, reader_of, town

TEAM = RADAR_AXES[0]


def axis(total: float | None, count: float | None, eligible: int = 4) -> dict[str, Any]:
    return {"eligible": eligible, f"{TEAM}_sum": total, f"{TEAM}_count": count}


def district(month: str, total: float | None, count: float | None) -> dict[str, Any]:
    return {"org_id": ROOT, "period_month": month, **axis(total, count)}


def of_town(month: str, total: float | None, count: float | None) -> dict[str, Any]:
    return {"town_id": 5, "period_month": month, **axis(total, count)}


ROWS: dict[str, Any] = {
    "towns": [town(5, "古林镇")],
    "org_months": [
        district("2025-10", 240, 4),
        district("2026-09", 320, 4),
        district("2026-10", 360, 4),
        district("2026-11", 4, 4),
    ],
    "town_months": [of_town("2026-09", 280, 4), of_town("2026-10", 300, 4), of_town("2026-11", 4, 4)],
}


def test_visitors_see_the_district_against_last_month_and_last_year_whatever_the_focus() -> None:
    with reader_of(**ROWS) as reader:
        view = load(reader, Scope("wall_reception", focus_town=5))
    assert (view.town, view.month) == (None, "2026-10")
    assert (view.axes[0].now, view.axes[0].before, view.axes[0].reference) == (90, 80, 60)


def test_staff_see_the_focus_town_against_last_month_and_the_district() -> None:
    with reader_of(**ROWS) as reader:
        view = load(reader, Scope("wall_internal", focus_town=5))
    assert view.town == "古林镇"
    assert (view.axes[0].now, view.axes[0].before, view.axes[0].reference) == (75, 70, 90)
    assert view.axes[0].change == 5


def test_an_unknown_focus_falls_back_to_the_district() -> None:
    with reader_of(**ROWS) as reader:
        assert load(reader, Scope("wall_internal", focus_town=99)).town is None


@pytest.mark.parametrize(
    ("total", "count", "expected"),
    [(160, 2, 80), (80, 1, None), (0, 0, None), (None, None, None), (0, 4, 0)],
    ids=["half is enough", "less than half is a gap", "none", "no data", "zero is a score"],
)
def test_an_axis_needs_half_of_the_eligible_branches(
    total: float | None, count: float | None, expected: float | None
) -> None:
    with reader_of(org_months=[district("2026-10", total, count)]) as reader:
        view = load(reader, Scope("wall_reception"))
    assert view.axes[0].now == expected
    assert view.axes[0].change is None


def test_all_five_axes_are_there_even_without_a_row() -> None:
    with reader_of() as reader:
        view = load(reader, Scope("wall_reception"))
    assert [found.axis for found in view.axes] == list(RADAR_AXES)
    assert all(found.now is None for found in view.axes)

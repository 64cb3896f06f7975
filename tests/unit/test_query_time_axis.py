"""The time axis: meetings of the district and the share of branches with a theme party day."""

from __future__ import annotations

from datetime import date
from typing import Any

from data.queries.time_axis import load
from data.scope import Scope
from tests.readmodel_rows import ROOT, reader_of

SCOPE = Scope("wall_reception")


def district(month: str, **measures: float | None) -> dict[str, Any]:
    return {"org_id": ROOT, "period_month": month, **measures}


def branch(org_id: int, month: str, eligible: int, theme_days: float | None) -> dict[str, Any]:
    return {"org_id": org_id, "period_month": month, "eligible": eligible, "theme_days": theme_days}


def test_the_axis_runs_over_24_closed_months_and_the_open_one() -> None:
    with reader_of() as reader:
        view = load(reader, SCOPE)
    assert len(view.months) == 25
    assert (view.months[0].month, view.months[-1].month) == ("2024-11", "2026-11")
    assert view.until == date(2026, 11, 21)


def test_the_four_kinds_of_meetings_add_up_and_theme_days_are_not_among_them() -> None:
    row = district(
        "2026-10", assemblies=3, committee_meetings=5, group_meetings=7, lectures=11, theme_days=100
    )
    with reader_of(org_months=[row]) as reader:
        assert load(reader, SCOPE).months[-2].meetings == 26


def test_a_month_without_data_is_not_a_month_without_meetings() -> None:
    rows = [district("2026-09"), district("2026-10", assemblies=0)]
    with reader_of(org_months=rows) as reader:
        found = {month.month: month.meetings for month in load(reader, SCOPE).months}
    assert found["2026-08"] is None
    assert found["2026-09"] is None
    assert found["2026-10"] == 0


def test_a_branch_with_two_theme_days_counts_once() -> None:
    rows = [branch(11, "2026-10", 1, 2), branch(12, "2026-10", 1, 0), branch(13, "2026-10", 1, None)]
    with reader_of(branch_months=rows) as reader:
        month = load(reader, SCOPE).months[-2]
    assert (month.eligible, month.with_theme_day) == (3, 1)
    assert month.theme_day_share == 1 / 3


def test_a_branch_that_is_not_eligible_is_in_neither_number() -> None:
    rows = [branch(11, "2026-10", 1, 1), branch(12, "2026-10", 0, 1), branch(13, "2026-10", 0, 0)]
    with reader_of(branch_months=rows) as reader:
        assert load(reader, SCOPE).months[-2].theme_day_share == 1.0


def test_a_month_without_an_eligible_branch_has_no_share() -> None:
    with reader_of() as reader:
        assert load(reader, SCOPE).months[0].theme_day_share is None


def test_a_month_in_which_no_theme_day_was_counted_is_not_a_month_without_theme_days() -> None:
    rows = [branch(11, "2026-09", 1, 0), branch(11, "2026-10", 1, None), branch(12, "2026-10", 1, None)]
    with reader_of(branch_months=rows) as reader:
        failed, unknown = load(reader, SCOPE).months[-3:-1]
    assert (failed.with_theme_day, failed.theme_day_share) == (0, 0.0)
    assert (unknown.with_theme_day, unknown.theme_day_share) == (None, None)

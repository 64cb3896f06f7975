"""Monthly operation: pooled rates of closed months, gaps where nothing is known."""

from __future__ import annotations

from typing import Any

from data.queries.figures_of_month import Amount
from data.queries.monthly_operation import MonthlyOperation, load
from data.scope import Scope
from tests.readmodel_rows import ROOT, reader_of


def month(period: str, **columns: float | None) -> dict[str, Any]:
    return {"org_id": ROOT, "period_month": period, **columns}


def view(*rows: dict[str, Any]) -> MonthlyOperation:
    with reader_of(org_months=list(rows)) as reader:
        return load(reader, Scope("wall_reception"))


def test_the_open_month_is_left_out() -> None:
    found = view(month("2026-11", moved_in=99), month("2026-10", moved_in=4))
    assert (found.months[0], found.months[-1], len(found.months)) == ("2024-11", "2026-10", 24)
    assert found.series["moved_in"].last == Amount("value", 4.0)


def test_rates_are_sums_over_sums() -> None:
    found = view(month("2026-10", present=80, required=100, study_hours=50, members=20, volunteer_hours=0))
    assert found.series["hs_b_attendance_rate"].last.value == 0.8
    assert found.series["study_hours_per_member"].last.value == 2.5
    assert found.series["volunteer_hours_per_member"].last == Amount("value", 0.0)


def test_nothing_owed_leaves_a_gap_that_is_neither_zero_nor_no_data() -> None:
    found = view(
        month("2026-10", dues_full=0, dues_owed=0),
        month("2026-09", dues_full=0, dues_owed=5),
        month("2026-08"),
    )
    dues = found.series["hs_b_dues_collection"]
    assert dues.last == Amount("na")
    assert dues.values[-3:] == (None, 0.0, None)


def test_without_rows_every_series_is_no_data() -> None:
    assert {series.last for series in view().series.values()} == {Amount("nodata")}

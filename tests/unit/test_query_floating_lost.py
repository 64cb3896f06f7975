"""Floating and lost members: rates for all, counts for staff, whole quarters only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from data.clock import add_months
from data.queries.figures_of_month import Amount
from data.queries.floating_lost import FloatingLost, last_quarter, load
from data.scope import Scope
from tests.readmodel_rows import ROOT, reader_of

STAFF, VISITORS = Scope("wall_internal"), Scope("wall_reception")
QUARTER = {
    "floating_due": 200, "floating_reported": 190, "in_community_in_quarter": 30, "in_service_members": 120,
}  # fmt: skip


def view(scope: Scope, lost: Mapping[str, float], first: str = "2024-11", **columns: Any) -> FloatingLost:
    rows = [
        {"org_id": ROOT, "period_month": "2026-09", **QUARTER, **columns},
        {"org_id": ROOT, "period_month": "2024-12", "floating_due": 9, "floating_reported": 0},
        {"org_id": ROOT, "period_month": "2026-06", "floating_due": 100, "floating_reported": 80},
        {"org_id": ROOT, "period_month": "2026-03", "floating_due": 0, "floating_reported": 0},
    ]
    found = [
        {"tally": "lost_contact", "period_month": "", "town_id": 0, "key": key, "value": value}
        for key, value in lost.items()
    ]
    calendar = [
        {"period_month": add_months(first, i), "status": "published", "published_at": None, "version_no": 1}
        for i in range(3)
    ]
    with reader_of(org_months=rows, tallies=found, months=calendar) as reader:
        return load(reader, scope)


LOST = {"total": 50, "found": 40, "integrated": 30, "status|searching": 10}


def test_staff_read_rates_with_what_they_are_made_of() -> None:
    found = view(STAFF, LOST)
    assert [one.rate.value for one in (found.kite, found.homecoming, found.vanguard)] == [0.95, 0.8, 0.25]
    assert found.kite.done is not None
    assert found.kite.due is not None
    assert (found.kite.done.value, found.kite.due.value) == (190, 200)
    assert found.lost.integrated == Amount("value", 30.0)
    assert found.quarter == "2026-09"


def test_visitors_read_the_same_rates_and_no_count() -> None:
    found = view(VISITORS, LOST)
    assert (found.lost.found_share.value, found.lost.integrated_share.value) == (0.8, 0.6)
    assert {found.lost.total, found.lost.found, found.kite.done, found.vanguard.due} == {None}


def test_a_quarter_that_began_before_the_first_month_is_left_out() -> None:
    months = [month for month, _ in view(STAFF, LOST).quarters]
    assert (months[0], months[-1]) == ("2025-03", "2026-09")
    assert "2024-12" in [month for month, _ in view(STAFF, LOST, first="2024-10").quarters]


def test_a_quarter_without_anyone_due_is_na_and_an_unconnected_one_no_data() -> None:
    quarters = dict(view(STAFF, LOST).quarters)
    assert (quarters["2026-03"], quarters["2025-12"]) == (Amount("na"), Amount("nodata"))
    assert quarters["2026-06"].value == 0.8


def test_no_case_is_na_and_a_missing_feed_no_data() -> None:
    assert view(VISITORS, {"total": 0}).lost.found_share == Amount("na")
    assert view(STAFF, {}).lost.found_share == Amount("nodata")
    assert view(STAFF, LOST, in_service_members=None).vanguard.rate == Amount("nodata")


def test_a_count_of_lost_members_below_five_is_withheld_with_a_second_one() -> None:
    lost = view(STAFF, {"total": 20, "found": 9, "integrated": 4}).lost
    counts = (lost.total, lost.found, lost.integrated)
    assert [amount.value for amount in counts if amount is not None] == [20, None, None]


@pytest.mark.parametrize(
    ("month", "quarter"),
    [("2026-09", "2026-06"), ("2026-10", "2026-09"), ("2026-12", "2026-09"), ("2026-01", "2025-12")],
)
def test_the_running_quarter_is_never_the_last_one(month: str, quarter: str) -> None:
    assert last_quarter(month) == quarter

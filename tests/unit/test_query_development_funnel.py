"""The funnel of admission: stages now and this year, limits for staff alone, no shares of few."""

from __future__ import annotations

from typing import Any

from data.queries.development_funnel import DevelopmentFunnel, load
from data.queries.figures_of_month import Amount
from data.scope import Scope
from tests.readmodel_rows import reader_of

STAFF, VISITORS = Scope("wall_internal", 12), Scope("wall_reception")


def tally(name: str, month: str = "", town: int = 0, **values: float) -> list[dict[str, Any]]:
    return [
        {"tally": name, "period_month": month, "town_id": town, "key": key.replace("__", "|"), "value": value}
        for key, value in values.items()
    ]


FUNNEL = tally(
    "development_funnel",
    stage__1=30, stage__2=60, stage__3=12, stage__4=9, stage__5=20,
    reached__1=40, reached__2=25, reached__3=14, reached__4=11, reached__5=8,
)  # fmt: skip
BOARD = [
    {"tally": "step_board", "period_month": "", "town_id": 0, "key": key, "value": value}
    for key, value in {
        "25|2|waiting": 30, "25|2|soon": 2, "25|6|waiting": 60, "25|6|overdue": 3, "25|9|overdue_30": 1,
        "25|9|soon": 4,
    }.items()
]  # fmt: skip


def view(scope: Scope, *rows: list[dict[str, Any]]) -> DevelopmentFunnel:
    with reader_of(tallies=[row for block in rows for row in block]) as reader:
        return load(reader, scope)


def test_stages_are_those_of_the_whole_district_whatever_town_is_in_focus() -> None:
    found = view(STAFF, FUNNEL, tally("development_funnel", town=12, stage__1=7))
    assert [stage.waiting.value for stage in found.stages] == [30, 60, 12, 9, 20]
    assert [stage.reached.value for stage in found.stages] == [40, 25, 14, 11, 8]


def test_overdue_counts_both_kinds_and_the_long_ones_are_among_them() -> None:
    limits = view(STAFF, FUNNEL, BOARD).limits
    assert limits is not None
    assert [limits.soon.value, limits.overdue.value, limits.overdue_long.value] == [6, 4, 1]


def test_the_admitted_of_the_year_carry_shares_of_them() -> None:
    of_year = tally("development_admitted", "2026-02", all=6, age_35=3, women=2)
    of_year += tally("development_admitted", "2026-11", all=4, age_35=4, college=5)
    found = view(STAFF, FUNNEL, of_year, tally("development_admitted", "2025-12", all=50)).admitted
    assert found is not None
    assert found.total == Amount("value", 10.0)
    assert {key: amount.value for key, amount in found.shares.items()} == {
        "age_35": 0.7, "college": 0.5, "frontline": 0.0, "women": 0.2,
    }  # fmt: skip


def test_fewer_than_five_admitted_are_neither_counted_nor_shared_out() -> None:
    found = view(STAFF, FUNNEL, tally("development_admitted", "2026-02", all=4, women=1)).admitted
    assert found is not None
    assert (found.withheld, found.total.value, dict(found.shares)) == (True, None, {})


def test_visitors_get_the_funnel_alone() -> None:
    found = view(VISITORS, FUNNEL, BOARD, tally("development_admitted", "2026-02", all=60))
    assert len(found.stages) == 5
    assert (found.limits, found.admitted) == (None, None)


def test_a_stage_of_four_is_withheld_and_none_there_is_zero() -> None:
    stages = view(VISITORS, tally("development_funnel", stage__1=4, stage__2=60, reached__1=9)).stages
    assert (stages[0].waiting.value, stages[0].waiting_withheld) == (None, True)
    assert (stages[2].waiting, stages[2].waiting_withheld) == (Amount("value", 0.0), False)


def test_without_the_feed_there_is_no_stage_and_no_zero() -> None:
    found = view(STAFF)
    assert found.stages == ()
    assert found.limits is not None
    assert found.limits.overdue == Amount("nodata")
    assert found.admitted is not None
    assert found.admitted.total == Amount("nodata")

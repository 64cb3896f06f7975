"""Transfers: flows of the year from place to place, none below five; how they are handled for staff."""

from __future__ import annotations

from data.queries import transfer_flow
from data.queries.figures_of_month import Amount
from data.queries.transfer_flow import (
    OTHER_REGIONS,
    OTHER_TOWNS,
    SAME_CITY,
    SAME_PROVINCE,
    Flow,
    TransferFlow,
    load,
)
from data.scope import Scope
from tests.readmodel_rows import reader_of, town

STAFF, VISITORS = Scope("wall_internal"), Scope("wall_reception")


def view(
    flows: dict[str, float], scope: Scope = VISITORS, month: str = "2026-03", **others: dict[str, float]
) -> TransferFlow:
    rows = [
        {"tally": name, "period_month": when, "town_id": 0, "key": key, "value": value}
        for name, when, found in (
            ("transfer_flow", month, flows),
            *((name, "" if name == "transfers_open" else month, found) for name, found in others.items()),
        )
        for key, value in found.items()
    ]
    with reader_of(tallies=rows, towns=[town(10, "古林镇"), town(11, "白云街道")]) as reader:
        return load(reader, scope)


def moves(found: TransferFlow) -> dict[tuple[str, str, str], int]:
    return {(flow.direction, flow.origin, flow.target): flow.members for flow in found.flows or ()}


def test_flows_of_the_year_are_ordered_by_size_and_those_of_last_year_left_out() -> None:
    found = view({"within|10|11": 6, "in|310000|10": 9})
    assert found.flows == (Flow("in", "31", "10", 9), Flow("within", "10", "11", 6))
    assert view({"within|10|11": 6}, month="2025-12").flows == ()


def test_a_region_is_a_province_the_own_city_and_the_own_province_stand_apart() -> None:
    found = view(
        {"in|330200|10": 5, "in|330100|10": 6, "in|320500|10": 3, "in|320100|10": 4, "out|10|unknown": 8}
    )
    assert moves(found) == {
        ("in", SAME_CITY, "10"): 5, ("in", SAME_PROVINCE, "10"): 6, ("in", "32", "10"): 7,
        ("out", "10", OTHER_REGIONS): 8,
    }  # fmt: skip


def test_flows_below_five_lose_their_target_then_their_origin_and_never_appear_alone() -> None:
    found = view(
        {"within|10|11": 4, "within|10|direct": 3, "within|11|10": 4, "within|direct|11": 2, "out|10|31": 4}
    )
    assert moves(found) == {("within", "10", OTHER_TOWNS): 7, ("within", OTHER_TOWNS, OTHER_TOWNS): 6}
    assert all(flow.members >= 5 for flow in found.flows or ())


def test_only_the_largest_places_of_a_side_are_named() -> None:
    many = {f"within|{place}|10": 20.0 + place for place in range(20, 40)}
    origins = [flow.origin for flow in view(many).flows or ()]
    named = [origin for origin in origins if origin != OTHER_TOWNS]
    assert named == [str(39 - i) for i in range(transfer_flow.TOWNS_NAMED)]
    assert sum(flow.members for flow in view(many).flows or ()) == sum(many.values())


def test_staff_read_done_waiting_by_kind_overdue_and_the_median() -> None:
    handling = view(
        {"within|10|11": 6},
        STAFF,
        transfers_done={"within": 6, "in": 2},
        transfer_days={"0004": 1, "0009": 2},
        transfers_open={"branch_accept": 7, "branch_accept|overdue": 2, "district_review": 1},
    ).handling
    assert handling is not None
    assert (handling.done.value, handling.done_in_month.value, handling.days.value) == (8, 0, 9)
    assert handling.waiting == {"branch_accept": 7, "district_review": 1}
    assert handling.overdue == Amount("value", 2.0)


def test_visitors_read_no_handling_and_a_missing_feed_is_no_data() -> None:
    assert view({"within|10|11": 6}, transfers_open={"branch_accept": 7}).handling is None
    missing = view({}, STAFF)
    assert missing.flows is None
    assert missing.handling is not None
    assert (missing.handling.waiting, missing.handling.overdue) == (None, Amount("nodata"))
